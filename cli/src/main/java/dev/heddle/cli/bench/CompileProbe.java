package dev.heddle.cli.bench;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;

/** The time that a device takes to make code of a small kernel. */
final class CompileProbe implements Probe {
  private final Subject subject;
  private final Session session;
  private final Device device;
  private final boolean cached;
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
    device.compile(kernel, CompileOptions.DEFAULT).close();
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
    device.compile(kernel, CompileOptions.DEFAULT).close();
    return Math.max(1, System.nanoTime() - start);
  }

  @Override
  public void close() {}
}
