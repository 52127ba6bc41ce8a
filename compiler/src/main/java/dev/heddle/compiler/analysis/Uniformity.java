package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Value;
import java.util.Optional;

/**
 * Which values are the same for all work-items of a row or of a work-group, and where their ways
 * part.
 *
 * <p>A row is a set of consecutive work-items along dimension 0 within one work-group. Its work-items
 * (lanes) go through the kernel together, op by op: lanes that a condition sends different ways meet
 * again after the {@code If}, those that continue a loop meet at the start of the next trip, and
 * those that leave a loop meet after it. A value is <em>uniform</em> if, each time its op is
 * executed, all lanes that are active then get the same value; so a value of a divergent region may
 * be uniform, and says nothing of the lanes that are elsewhere. Everything else is <em>varying</em>.
 * What a loop that lanes leave at different trips hands over is varying, unless it was computed
 * before that loop.
 *
 * <p>For a work-group the same holds of all its work-items. Between barriers they do not go together,
 * so what was loaded from memory that the kernel writes counts as varying there.
 */
public final class Uniformity {
  private Uniformity() {}

  /** Uniformity over consecutive work-items along dimension 0. */
  public static Uniformity ofRow(Function kernel) {
    throw new UnsupportedOperationException();
  }

  /** Uniformity over all work-items of a work-group. */
  public static Uniformity ofGroup(Function kernel) {
    throw new UnsupportedOperationException();
  }

  /** Whether all active work-items get the same value. */
  public boolean uniform(Value value) {
    throw new UnsupportedOperationException();
  }

  /** Whether active work-items may go different ways. */
  public boolean divergent(Op.If branch) {
    throw new UnsupportedOperationException();
  }

  /** Whether active work-items may leave the loop at different trips, by whatever way. */
  public boolean divergent(Op.Loop loop) {
    throw new UnsupportedOperationException();
  }

  /** How an integer value grows along the row, if by a constant step. */
  public Optional<LaneStride> stride(Value value) {
    throw new UnsupportedOperationException();
  }
}
