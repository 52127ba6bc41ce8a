package dev.heddle.bench.predict;

import java.util.List;
import java.util.Optional;

/**
 * One launch: what was predicted for it, and what it took.
 *
 * @param kernel name of the kernel file
 * @param device that it ran on, alone
 * @param launch its number at its size, from 1
 * @param size {@code own} for the file's own size, {@code other} for another one
 * @param tier which code ran
 */
record Prediction(
    String kernel,
    String device,
    int launch,
    String size,
    String tier,
    long predictedNanos,
    long measuredNanos) {
  static final String OWN = "own";
  static final String OTHER = "other";
  static final List<String> COLUMNS =
      List.of("kernel", "device", "launch", "size", "tier", "predicted_ns", "measured_ns");

  /** How far off it was, as a part of the measured time. */
  double error() {
    return Math.abs((double) predictedNanos - measuredNanos) / measuredNanos;
  }

  /** Whether another launch is of the same kernel, on the same device, of the same size. */
  boolean sameSeries(Prediction other) {
    return kernel.equals(other.kernel) && device.equals(other.device) && size.equals(other.size);
  }

  /** A line of the table. */
  String line() {
    return String.join(
        "\t",
        kernel,
        device,
        String.valueOf(launch),
        size,
        tier,
        String.valueOf(predictedNanos),
        String.valueOf(measuredNanos));
  }

  /** Reads a line of the table; none if it is the line of the columns' names. */
  static Optional<Prediction> read(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS.size() || cells[0].equals(COLUMNS.getFirst())) {
      return Optional.empty();
    }
    return Optional.of(
        new Prediction(
            cells[0],
            cells[1],
            Integer.parseInt(cells[2]),
            cells[3],
            cells[4],
            Long.parseLong(cells[5]),
            Long.parseLong(cells[6])));
  }
}
