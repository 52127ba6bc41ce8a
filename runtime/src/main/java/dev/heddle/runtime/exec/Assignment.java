package dev.heddle.runtime.exec;

import dev.heddle.runtime.plan.Plan;
import dev.heddle.runtime.plan.ViewCost;
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
   * @param itemNanos predicted for a work-item, without what was learned
   * @param most units that the view can take at once
   */
  record Part(DeviceView view, Compiled code, ViewCost cost, double itemNanos, long most) {}

  Assignment {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }
}
