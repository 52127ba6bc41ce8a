package dev.heddle.spark.bench;

import java.util.Arrays;

/**
 * What jobs would take on more executors than there are, computed from measured costs and a stated
 * network. Nothing of it is measured.
 *
 * @param job seconds of a job without its tasks
 * @param task seconds that each task adds
 * @param path seconds of one core for a path of the pricing
 * @param cell seconds of one core for a cell and step of the stencil
 * @param exchange seconds from one group of steps to the next, with two tasks and small blocks
 * @param blockByte seconds that each byte of a block of the stencil's array adds to that
 */
record Simulation(
    double job, double task, double path, double cell, double exchange, double blockByte) {
  static final double NETWORK_BYTES = 1.25e9;
  static final double LATENCY = 100e-6;

  /** As the module cuts long work: parts of half a second, so many on an executor at most. */
  private static final double PART_SECONDS = 0.5;

  private static final int MOST_PARTS = 16;

  /** As the module groups steps: what parts compute twice is at most this part of their work. */
  private static final double MOST_EXTRA = 0.05;

  private static final int MOST_STEPS = 64;

  /** The costs, of those figures. */
  static Simulation of(Figures figures) {
    double[] line = line(figures);
    long small = (long) Measure.WIDTH * Measure.HEIGHTS[0];
    long large = (long) Measure.WIDTH * Measure.HEIGHTS[Measure.HEIGHTS.length - 1];
    double exchange = figures.median("stencil." + small + ".exchange");
    double more = figures.median("stencil." + large + ".exchange") - exchange;
    double bytesMore = (double) Float.BYTES * (large - small) / Measure.CORES;
    return new Simulation(
        line[0],
        line[1],
        figures.median("job.single") * Measure.CORES / figures.median("job.paths"),
        figures.median("stencil." + large + ".step") * Measure.CORES / large,
        exchange,
        Math.max(0, more / bytesMore));
  }

  /** Least squares of the time of a job over its number of tasks: intercept and slope. */
  private static double[] line(Figures figures) {
    int[] tasks = Measure.TASKS;
    double meanX = Arrays.stream(tasks).average().orElseThrow();
    double meanY =
        Arrays.stream(tasks).mapToDouble(n -> seconds(figures, n)).average().orElseThrow();
    double slope =
        Arrays.stream(tasks).mapToDouble(n -> (n - meanX) * (seconds(figures, n) - meanY)).sum()
            / Arrays.stream(tasks).mapToDouble(n -> (n - meanX) * (n - meanX)).sum();
    return new double[] {Math.max(0, meanY - slope * meanX), Math.max(0, slope)};
  }

  private static double seconds(Figures figures, int tasks) {
    return figures.median("tasks." + tasks + ".heddle");
  }

  /** The pricing of that many paths: the driver starts tasks one after the other. */
  double map(double paths, int executors) {
    double work = paths * path / executors;
    double parts = Math.clamp(Math.floor(work / PART_SECONDS), 1, MOST_PARTS);
    return job + Math.max(executors * task + work, executors * parts * task);
  }

  /** Steps of heat_2d on a square grid, cut into bands of rows. */
  double stencil(int side, int steps, int executors) {
    double rows = (double) side / executors;
    int together =
        executors == 1 ? MOST_STEPS : (int) Math.clamp(1 + MOST_EXTRA * rows, 1, MOST_STEPS);
    int groups = Math.ceilDiv(steps, together);
    double band = rows * side;
    double work = steps * cell * (band + (executors == 1 ? 0 : (together - 1.0) * side));
    double halos =
        executors == 1 ? 0 : 2 * (LATENCY + (double) together * side * Float.BYTES / NETWORK_BYTES);
    // each exchange is two stages; two tasks of each are in its measured cost
    double each = exchange + 2 * Math.max(0, executors - 2) * task + band * Float.BYTES * blockByte;
    return job + executors * task + work + (groups - 1) * (each + halos);
  }
}
