package dev.heddle.compiler.analysis;

import java.util.List;
import java.util.Optional;

/**
 * Whether a launch may be cut into chunks along one dimension that run on different devices, each
 * with its own copy of the buffers.
 *
 * @param dimension 0 to 2
 * @param granularity chunks begin and end at multiples of this many work-items along the dimension
 *     (the end of the range is always a fit end)
 * @param reasons why it is refused or open, or what was found, in sentences for people
 * @param uses how chunks use the buffers, one for each pointer parameter in global or constant
 *     memory, in the order of the signature; they mean something only where it is splittable
 */
public record SplitCertificate(
    int dimension, Verdict verdict, long granularity, List<String> reasons, List<BufferUse> uses) {
  /** What was proven. */
  public enum Verdict {
    /** Proven safe. */
    SPLITTABLE,
    /** Not proven safe: one device. */
    REFUSED,
    /** Some argument or size is unknown, and it depends on that. */
    DECIDED_AT_LAUNCH
  }

  public SplitCertificate {
    reasons = List.copyOf(reasons);
    uses = List.copyOf(uses);
  }

  public boolean splittable() {
    return verdict == Verdict.SPLITTABLE;
  }

  /** How chunks use the buffer passed for that parameter; empty if it is not a buffer. */
  public Optional<BufferUse> use(int parameter) {
    return uses.stream().filter(use -> use.parameter() == parameter).findFirst();
  }
}
