package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Op;
import java.util.List;

/**
 * A value that grows by {@code step} from each work-item of a row to the next, in the arithmetic of
 * its own type (modulo 2^bits).
 *
 * @param step difference between neighbours; 0 for a uniform value
 * @param widenings conversions on the way whose narrow operand must not wrap around within the row,
 *     for this to hold: sign-extended ones past the largest signed value, zero-extended ones past
 *     the largest unsigned one. Empty if it always holds. Looking at the operand in the first lane
 *     of a row and its own step is enough to decide
 */
public record LaneStride(long step, List<Op.Convert> widenings) {
  public LaneStride {
    widenings = List.copyOf(widenings);
  }
}
