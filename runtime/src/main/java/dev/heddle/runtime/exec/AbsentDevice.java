package dev.heddle.runtime.exec;

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

/** A device that is known from a record alone: it can be planned for, and nothing else. */
public record AbsentDevice(DeviceInfo info) implements Device {
  @Override
  public Executable compile(Function kernel, CompileOptions options) {
    throw absent();
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    throw absent();
  }

  @Override
  public DeviceBuffer wrap(MemorySegment host) {
    throw absent();
  }

  @Override
  public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
    throw absent();
  }

  @Override
  public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
    throw absent();
  }

  @Override
  public Event launch(Executable executable, Launch launch, List<Event> after) {
    throw absent();
  }

  private DeviceException absent() {
    return new DeviceException(
        DeviceException.Kind.COMPILE, info.id() + " is a record, not a device of this machine");
  }

  @Override
  public void close() {}
}
