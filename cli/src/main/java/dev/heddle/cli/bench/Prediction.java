package dev.heddle.cli.bench;

/**
 * What the planner expected of a kernel and what it took, transfers included, compiling left out.
 *
 * @param target the device, or those that could share the work
 * @param firstPredicted for the first launch of this process, in ns; and {@code firstMeasured}
 * @param predicted for a launch after several, in ns; and {@code measured}
 * @param ranOn which devices did the work, with shares
 */
public record Prediction(
    String kernel,
    String target,
    long firstPredicted,
    long firstMeasured,
    long predicted,
    long measured,
    String ranOn) {
  /** How far the later prediction was off, as a part of what was measured. */
  public double error() {
    return Math.abs((double) predicted - measured) / measured;
  }

  /** How far the first prediction was off. */
  public double firstError() {
    return Math.abs((double) firstPredicted - firstMeasured) / firstMeasured;
  }
}
