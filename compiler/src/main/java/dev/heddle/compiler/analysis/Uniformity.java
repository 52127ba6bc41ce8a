package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Value;
import java.util.Optional;

/**
 * Which values are the same for all work-items of a row or of a work-group, and where their ways
 * part.
 *
 * <p>A row is a set of consecutive work-items along dimension 0 within one work-group. Its
 * work-items (lanes) go through the kernel together, op by op: lanes that a condition sends
 * different ways meet again after the {@code If}, those that continue a loop meet at the start of
 * the next trip, and those that leave a loop meet after it. A value is <em>uniform</em> if, each
 * time its op is executed, all lanes that are active then get the same value; so a value of a
 * divergent region may be uniform, and says nothing of the lanes that are elsewhere. Everything
 * else is <em>varying</em>. What a loop that lanes leave at different trips hands over is varying,
 * unless it was computed before that loop. A load at a uniform offset of memory that lanes share is
 * uniform, since they execute it at once; that of a private array is so only while all lanes stored
 * the same there.
 *
 * <p>For a work-group the same holds of all its work-items. Between barriers they do not go
 * together, so what was loaded from memory that the kernel writes counts as varying there.
 */
public final class Uniformity {
  private final UniformitySolver solver;
  private final Strides strides;

  private Uniformity(Function kernel, UniformitySolver.Scope scope) {
    solver = new UniformitySolver(kernel, scope);
    strides = new Strides(kernel, solver);
  }

  /** Uniformity over consecutive work-items along dimension 0. */
  public static Uniformity ofRow(Function kernel) {
    return new Uniformity(kernel, UniformitySolver.Scope.ROW);
  }

  /** Uniformity over all work-items of a work-group. */
  public static Uniformity ofGroup(Function kernel) {
    return new Uniformity(kernel, UniformitySolver.Scope.GROUP);
  }

  /** Whether all active work-items get the same value. */
  public boolean uniform(Value value) {
    return solver.uniform(value);
  }

  /** Whether active work-items may go different ways. */
  public boolean divergent(Op.If branch) {
    return solver.divergent(branch);
  }

  /**
   * Whether active work-items may leave the loop at different trips, by whatever way, or take
   * different ways to its next trip.
   */
  public boolean divergent(Op.Loop loop) {
    return solver.divergent(loop.label());
  }

  /**
   * How an integer value grows along the row, if by a constant step. For a work-group: only uniform
   * values have one.
   */
  public Optional<LaneStride> stride(Value value) {
    return strides.of(value);
  }
}
