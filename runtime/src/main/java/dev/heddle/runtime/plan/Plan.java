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
 * @param notes what the user should know, one sentence each
 */
public record Plan(
    List<Long> units,
    double nanos,
    int best,
    double bestNanos,
    double heldBack,
    List<String> notes) {
  public Plan {
    units = List.copyOf(units);
    notes = List.copyOf(notes);
  }

  /** The same with one more note. */
  Plan with(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Plan(units, nanos, best, bestNanos, heldBack, all);
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
