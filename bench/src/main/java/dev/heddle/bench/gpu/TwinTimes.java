package dev.heddle.bench.gpu;

import dev.heddle.bench.Samples;
import dev.heddle.cli.run.Workload;
import java.util.ArrayList;
import java.util.List;

/** A launch's twin, and what was measured of it so far. */
final class TwinTimes implements AutoCloseable {
  private final CudaTwins.Twin twin;
  private final Workload.Launch launch;
  private final List<Double> kernel = new ArrayList<>();
  private final List<Double> ratio = new ArrayList<>();
  private final List<Double> copies = new ArrayList<>();
  private double difference;

  TwinTimes(CudaTwins.Twin twin, Workload.Launch launch) {
    this.twin = twin;
    this.launch = launch;
  }

  /** Compares results, after one run of the launch, with those of one run of the twin. */
  void compare() {
    twin.run();
    difference = Difference.of(launch, twin);
  }

  /**
   * @param ours the launch's time in this round, in ns
   */
  void round(double ours) {
    double theirs = twin.run();
    kernel.add(theirs);
    ratio.add(theirs / ours);
  }

  void roundWithCopies() {
    copies.add(twin.runWithCopies());
  }

  GpuRow.Twin row() {
    return new GpuRow.Twin(Samples.of(kernel), Samples.of(ratio), Samples.of(copies), difference);
  }

  @Override
  public void close() {
    twin.close();
  }
}
