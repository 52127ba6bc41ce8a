package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.analysis.Uniformity;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.function.Predicate;

/**
 * Which values need room only once per work-group when they cross from segment to segment: those
 * that are the same for the group, if its work-items also are in the same trip of every loop with
 * cuts. Otherwise none, since one work-item could overwrite what another has yet to read.
 */
final class UniformCells {
  private final Uniformity uniformity;
  private final Weights weights;

  private UniformCells(Uniformity uniformity, Weights weights) {
    this.uniformity = uniformity;
    this.weights = weights;
  }

  static Predicate<Value> of(Function kernel, Weights weights) {
    Uniformity uniformity = Uniformity.ofGroup(kernel);
    UniformCells cells = new UniformCells(uniformity, weights);
    return cells.parts(kernel.body(), false) ? value -> false : uniformity::uniform;
  }

  /** Whether work-items may part in a loop with cuts and yet go on with it. */
  private boolean parts(Region region, boolean inLoop) {
    return region.ops().stream().anyMatch(op -> weights.cuts(op) && parts(op, inLoop));
  }

  private boolean parts(Op op, boolean inLoop) {
    return switch (op) {
      case Op.If branch ->
          (inLoop && uniformity.divergent(branch))
              || parts(branch.thenRegion(), inLoop)
              || parts(branch.elseRegion(), inLoop);
      case Op.Loop loop -> uniformity.divergent(loop) || parts(loop.body(), true);
      default -> false;
    };
  }
}
