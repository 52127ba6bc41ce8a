package dev.heddle.spark.fake;

import dev.heddle.backend.cpu.CpuProvider;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A device that is the CPU, but for the first launch of any executor after it was armed: lost. */
public final class LossyProvider implements BackendProvider {
  private final CpuProvider cpu = new CpuProvider();

  /** While this file is there, the next launch loses its device, and removes it. */
  public static Path armed() {
    return Path.of(System.getProperty("java.io.tmpdir"), "heddle-lossy-device");
  }

  @Override
  public String name() {
    return "lossy";
  }

  @Override
  public String target() {
    return "lossy";
  }

  @Override
  public String listing(Function kernel, CompileOptions options) {
    return cpu.listing(kernel, options);
  }

  @Override
  public Probe probe(ProbeOptions options) {
    return new Probe(List.of(new Lossy(cpu.probe(options).devices().getFirst())), List.of());
  }

  private record Lossy(Device cpu) implements Device {
    @Override
    public DeviceInfo info() {
      DeviceInfo info = cpu.info();
      return new DeviceInfo(
          "lossy:0",
          "lossy",
          "a device that may be lost",
          DeviceInfo.Kind.ACCELERATOR,
          "lossy",
          info.driver(),
          info.computeUnits(),
          info.memoryBytes(),
          info.maxAllocationBytes(),
          info.localMemoryBytes(),
          info.maxWorkGroupSize(),
          info.sharesHostMemory(),
          info.supportsDouble(),
          info.reproducible(),
          info.properties());
    }

    @Override
    public Executable compile(Function kernel, CompileOptions options) {
      return cpu.compile(kernel, options);
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      return cpu.allocate(bytes);
    }

    @Override
    public DeviceBuffer wrap(MemorySegment host) {
      return cpu.wrap(host);
    }

    @Override
    public Event copyIn(MemorySegment from, DeviceBuffer to, long offset, List<Event> after) {
      return cpu.copyIn(from, to, offset, after);
    }

    @Override
    public Event copyOut(DeviceBuffer from, long offset, MemorySegment to, List<Event> after) {
      return cpu.copyOut(from, offset, to, after);
    }

    @Override
    public Event launch(Executable executable, Launch launch, List<Event> after) {
      try {
        if (Files.deleteIfExists(armed())) {
          throw new DeviceException(DeviceException.Kind.LOST, "lossy:0 fell off the bus");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return cpu.launch(executable, launch, after);
    }

    @Override
    public void close() {
      cpu.close();
    }
  }
}
