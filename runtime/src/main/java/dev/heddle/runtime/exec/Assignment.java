package dev.heddle.runtime.exec;

import dev.heddle.runtime.plan.Plan;
import dev.heddle.runtime.plan.ViewCost;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan, and the views it is about.
 *
 * @param parts one for each candidate of the plan, in its order
 * @param fixed whether each view gets its share and nothing else
 * @param epoch of the session when it was made; views may have been lost since
 * @param notes what the user should know, one sentence each
 */
record Assignment(Plan plan, List<Part> parts, boolean fixed, int epoch, List<String> notes) {
  /**
   * A candidate.
   *
   * @param alone its cost while no other works on the launch, and {@code together}: while others do
   * @param factor what was learned, as it is part of {@code alone}
   * @param itemNanos predicted for a work-item, without what was learned
   * @param most units that the view can take at once
   */
  record Part(
      DeviceView view,
      Compiled code,
      ViewCost alone,
      ViewCost together,
      double factor,
      double itemNanos,
      long most) {
    /** With other experience. */
    Part with(double newFactor, ViewCost newAlone) {
      return new Part(view, code, newAlone, together, newFactor, itemNanos, most);
    }
  }

  /** The position of the only part that has work; negative if several have. */
  int single() {
    for (int i = 0; i < parts.size(); i++) {
      if (plan.units().get(i) > 0) {
        return together() ? -1 : i;
      }
    }
    return -1;
  }

  /** The same plan, one part of which, the only one that has work, costs something else. */
  Assignment with(int index, Part part) {
    List<Part> newParts = new ArrayList<>(parts);
    newParts.set(index, part);
    double nanos = part.alone().nanos(plan.units().get(index));
    double bestNanos = plan.best() == index ? nanos : plan.bestNanos();
    return new Assignment(plan.costing(nanos, bestNanos), newParts, fixed, epoch, notes);
  }

  /** Whether several devices work on the launch at once. */
  boolean together() {
    return plan.parts() > 1;
  }

  /** What a candidate costs under the plan. */
  ViewCost cost(Part part) {
    return together() ? part.together() : part.alone();
  }

  Assignment {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }
}
