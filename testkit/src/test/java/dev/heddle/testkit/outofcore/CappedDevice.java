package dev.heddle.testkit.outofcore;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The CPU device as one with little memory of its own, to and from which all has to be copied. */
final class CappedDevice implements Device {
  private final Device device;
  private final DeviceInfo info;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  CappedDevice(Device device, String id, long bytes) {
    this.device = device;
    DeviceInfo real = device.info();
    this.info =
        new DeviceInfo(
            id,
            "capped",
            real.name(),
            real.kind(),
            id,
            real.driver(),
            real.computeUnits(),
            bytes,
            bytes,
            real.localMemoryBytes(),
            real.maxWorkGroupSize(),
            false,
            real.supportsDouble(),
            real.reproducible(),
            real.properties());
  }

  /** The most bytes that were there at once. */
  long mostUsed() {
    return most.get();
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    return device.compile(kernel, options);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    long now = used.addAndGet(bytes);
    if (now > info.memoryBytes()) {
      used.addAndGet(-bytes);
      throw new DeviceException(
          DeviceException.Kind.OUT_OF_MEMORY, info.id() + " has no room for " + bytes + " bytes");
    }
    most.accumulateAndGet(now, Math::max);
    return new Counted(device.allocate(bytes));
  }

  /** A buffer that counts. */
  private final class Counted implements DeviceBuffer {
    private final DeviceBuffer buffer;

    Counted(DeviceBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public long bytes() {
      return buffer.bytes();
    }

    @Override
    public void close() {
      used.addAndGet(-bytes());
      buffer.close();
    }
  }

  private static DeviceBuffer real(DeviceBuffer buffer) {
    return ((Counted) buffer).buffer;
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    throw new UnsupportedOperationException(info.id() + " does not share the host's memory");
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    return device.copyIn(from, real(to), offset, after);
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    return device.copyOut(real(from), offset, to, after);
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    List<Launch.Argument> arguments =
        launch.arguments().stream().map(CappedDevice::argument).toList();
    Launch real = new Launch(launch.range(), launch.groupBegin(), launch.groupEnd(), arguments);
    return device.launch(executable, real, after);
  }

  private static Launch.Argument argument(Launch.Argument argument) {
    return switch (argument) {
      case Launch.Buffer buffer ->
          new Launch.Buffer(real(buffer.memory()), buffer.rootBytes(), buffer.windowStart());
      case Launch.Scalar scalar -> scalar;
      case Launch.Null nothing -> nothing;
      case Launch.Local local -> local;
    };
  }

  @Override
  public void close() {
    device.close();
  }
}
