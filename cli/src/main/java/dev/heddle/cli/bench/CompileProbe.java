package dev.heddle.cli.bench;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.util.List;

/**
 * The time that a device takes to make code of a small kernel and to run one work-item of it: some
 * drivers compile when a kernel is launched.
 */
final class CompileProbe implements Probe {
  private static final long[] ONE = {1, 1, 1};

  private final Subject subject;
  private final Session session;
  private final Device device;
  private final boolean cached;
  private final DeviceBuffer buffer;
  private final Launch launch;
  private Function kernel;
  private long number;

  /**
   * @param cached whether the device has compiled the very kernel before
   */
  CompileProbe(Session session, Device device, boolean cached) {
    this.subject =
        new Subject(
            Subject.Section.COMPILE,
            device.info().id(),
            cached ? "a kernel it knows" : "a new kernel",
            0,
            Unit.NANOSECONDS);
    this.session = session;
    this.device = device;
    this.cached = cached;
    this.number = System.nanoTime() >>> 8;
    this.kernel = fresh();
    this.buffer = device.allocate(Long.BYTES);
    Launch.Argument argument = new Launch.Buffer(buffer, buffer.bytes(), 0);
    Launch.Range range = new Launch.Range(1, ONE, new long[3], ONE);
    this.launch = new Launch(range, new long[3], ONE, List.of(argument, argument));
    first();
  }

  private void first() {
    try (Executable executable = device.compile(kernel, CompileOptions.DEFAULT)) {
      device.launch(executable, launch, List.of()).await();
    }
  }

  private Function fresh() {
    number++;
    return Sources.fresh(session, number).kernel("fresh").function();
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    if (!cached) {
      kernel = fresh();
    }
    long start = System.nanoTime();
    first();
    return Math.max(1, System.nanoTime() - start);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
