package dev.heddle.runtime.run;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.WorkEstimate;
import java.util.List;
import java.util.Optional;

/**
 * How a launch may be cut into parts, and what each part reads and writes: its split certificate
 * along the dimension that cuts buffers in the fewest pieces.
 *
 * @param splittable whether there may be several parts
 * @param extent work-items along the dimension of the split; along x where there is none
 * @param granule parts begin and end at multiples of this many work-items, or at the extent
 * @param uses for each parameter how parts use its buffer; empty for what is no buffer
 * @param work what a work-item has to do
 * @param blank the report of a run of which nothing is known yet but the proofs
 */
public record Cut(
    boolean splittable,
    long extent,
    long granule,
    List<Optional<BufferUse>> uses,
    WorkEstimate work,
    Execution blank) {
  public Cut {
    uses = List.copyOf(uses);
  }

  /** What was proven, or what forbids a split. */
  public SplitReport report() {
    return blank.split();
  }
}
