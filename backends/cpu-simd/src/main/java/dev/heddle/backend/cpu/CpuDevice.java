package dev.heddle.backend.cpu;

import dev.heddle.backend.cpu.run.Compiler;
import dev.heddle.backend.cpu.run.CpuExecutable;
import dev.heddle.backend.cpu.run.HostBuffer;
import dev.heddle.backend.cpu.run.Launcher;
import dev.heddle.backend.cpu.run.Tier;
import dev.heddle.backend.cpu.run.TierMode;
import dev.heddle.backend.cpu.vector.VectorEmitter;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processor that the JVM runs on. Its memory is the host's. */
public final class CpuDevice implements Device {
  private static final long LOCAL_MEMORY = 1 << 20;
  private static final int ATOMIC_ALIGNMENT = 8;

  private final DeviceInfo info;
  private final Compiler compiler;
  private final Launcher launcher;

  /**
   * @param threads how many threads may work at once
   */
  public CpuDevice(int threads, TierMode mode) {
    info = describe(Processor.read(), threads);
    compiler = compiler(mode);
    launcher = new Launcher(threads);
  }

  static Compiler compiler(TierMode mode) {
    return new Compiler(new VectorEmitter(), VectorEmitter::unavailable, mode);
  }

  private static DeviceInfo describe(Processor processor, int threads) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("threads", Integer.toString(threads));
    if (processor.simdBits() > 0) {
      properties.put("simd", processor.simdBits() + " bits");
      properties.put(DeviceInfo.WARM_TIER, Tier.VECTOR.text());
    }
    return new DeviceInfo(
        "cpu:0",
        CpuProvider.NAME,
        processor.name(),
        DeviceInfo.Kind.CPU,
        "cpu:0",
        "JVM " + Runtime.version(),
        threads,
        processor.memoryBytes(),
        processor.memoryBytes(),
        LOCAL_MEMORY,
        Launcher.MAX_GROUP,
        true,
        true,
        "",
        properties);
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    return compiler.compile(kernel, options);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    if (bytes > info.maxAllocationBytes()) {
      throw outOfMemory(bytes, "it has " + info.memoryBytes());
    }
    try {
      return HostBuffer.allocate(bytes);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(bytes, String.valueOf(e.getMessage()));
    }
  }

  private static DeviceException outOfMemory(long bytes, String why) {
    return new DeviceException(
        DeviceException.Kind.OUT_OF_MEMORY, "cpu:0: no memory for " + bytes + " bytes: " + why);
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    if (host.isNative() && host.address() % ATOMIC_ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "memory to wrap has to be aligned to " + ATOMIC_ALIGNMENT + " bytes");
    }
    return HostBuffer.over(host);
  }

  @Override
  public boolean takesArrays() {
    return true;
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    HostBuffer buffer = (HostBuffer) to;
    return launcher.copy(from, buffer.memory().asSlice(offset, from.byteSize()), buffer, after);
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    HostBuffer buffer = (HostBuffer) from;
    return launcher.copy(buffer.memory().asSlice(offset, to.byteSize()), to, buffer, after);
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    return launcher.launch((CpuExecutable) executable, launch, after);
  }

  @Override
  public void close() {
    launcher.close();
    compiler.close();
  }
}
