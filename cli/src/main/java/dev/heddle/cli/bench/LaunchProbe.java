package dev.heddle.cli.bench;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.util.List;

/** A launch of one work-item by the device itself, without the runtime. */
final class LaunchProbe implements Probe {
  private static final long[] ONE = {1, 1, 1};

  private final Subject subject;
  private final Device device;
  private final Executable executable;
  private final DeviceBuffer buffer;
  private final Launch launch;

  /**
   * @param nothing a kernel that writes one float for each work-item
   */
  LaunchProbe(Device device, Function nothing) {
    this.subject =
        new Subject(
            Subject.Section.LAUNCH,
            device.info().id(),
            "by the device itself",
            0,
            Unit.NANOSECONDS);
    this.device = device;
    this.executable = device.compile(nothing, CompileOptions.DEFAULT);
    this.buffer = device.allocate(Long.BYTES);
    Launch.Range range = new Launch.Range(1, ONE, new long[3], ONE);
    this.launch =
        new Launch(range, new long[3], ONE, List.of(new Launch.Buffer(buffer, buffer.bytes(), 0)));
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    long start = System.nanoTime();
    device.launch(executable, launch, List.of()).await();
    return Math.max(1, System.nanoTime() - start);
  }

  @Override
  public void close() {
    buffer.close();
    executable.close();
  }
}
