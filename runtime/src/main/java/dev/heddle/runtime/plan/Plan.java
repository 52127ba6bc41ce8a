package dev.heddle.runtime.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Who gets how much.
 *
 * @param units for each candidate, in their order; they add up to the whole work
 * @param nanos the predicted time of the whole
 * @param best the candidate that would be fastest alone
 * @param bestNanos its predicted time for the whole work
 * @param heldBack the part of the work, 0 to 0.7, to be given out only when it is seen how fast the
 *     devices really are
 * @param exploredNanos where a view is tried that is not expected to help now: the time predicted
 *     without; else 0
 * @param prepare the candidate whose code is to be compiled in the background, to be tried later;
 *     -1: none
 * @param notes what the user should know, one sentence each
 */
public record Plan(
    List<Long> units,
    double nanos,
    int best,
    double bestNanos,
    double heldBack,
    double exploredNanos,
    int prepare,
    List<String> notes) {
  public Plan {
    units = List.copyOf(units);
    notes = List.copyOf(notes);
  }

  /** A plan that tries nothing. */
  public Plan(
      List<Long> units,
      double nanos,
      int best,
      double bestNanos,
      double heldBack,
      List<String> notes) {
    this(units, nanos, best, bestNanos, heldBack, 0, -1, notes);
  }

  /** The same, with the code of a candidate compiled in the background. */
  Plan preparing(int candidate) {
    return new Plan(units, nanos, best, bestNanos, heldBack, exploredNanos, candidate, notes);
  }

  /** The same, where that part is given out only when it is seen how fast the devices are. */
  Plan holdingBack(double part) {
    return new Plan(units, nanos, best, bestNanos, part, exploredNanos, prepare, notes);
  }

  /** Whether it will be another one soon. */
  public boolean passing() {
    return exploredNanos > 0 || prepare >= 0;
  }

  /** The same, expected to take so long. */
  public Plan costing(double newNanos, double newBestNanos) {
    return new Plan(units, newNanos, best, newBestNanos, heldBack, exploredNanos, prepare, notes);
  }

  /** The same with one more note. */
  Plan with(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Plan(units, nanos, best, bestNanos, heldBack, exploredNanos, prepare, all);
  }

  /** Number of candidates that get work. */
  public int parts() {
    int parts = 0;
    for (long share : units) {
      parts += share > 0 ? 1 : 0;
    }
    return parts;
  }
}
