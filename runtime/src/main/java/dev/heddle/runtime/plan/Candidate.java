package dev.heddle.runtime.plan;

/**
 * A view that may take part.
 *
 * @param id of the device
 * @param group views with equal groups are one chip and never run together; the caller gives views
 *     that the user named one by one groups of their own
 * @param alone what it costs there while no other device works on the launch
 * @param together what it costs there while others do
 * @param least what it costs there now, alone and undisturbed by other programs: views of one chip
 *     compete by this, since they were measured at different times
 * @param potential what it is expected to cost there, alone and undisturbed, once its code is there
 *     and warm
 * @param unseenRuns how often the launch ran since it last ran there alone
 * @param compileNanos how much of the other two costs is compiling
 */
public record Candidate(
    String id,
    String group,
    ViewCost alone,
    ViewCost together,
    ViewCost least,
    ViewCost potential,
    long unseenRuns,
    double compileNanos) {
  /** A view whose code is there and warm. */
  public Candidate(String id, String group, ViewCost alone, ViewCost together) {
    this(id, group, alone, together, alone, alone, 0, 0);
  }

  /** A view that others do not slow down. */
  public Candidate(String id, String group, ViewCost cost) {
    this(id, group, cost, cost);
  }
}
