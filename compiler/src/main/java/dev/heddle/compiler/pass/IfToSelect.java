package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.CostClass;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes both arms of a small branch and selects, so that SIMD code needs neither masks nor
 * jumps: both arms pure, cheap, and of at most {@value #LIMIT} ops together.
 */
final class IfToSelect implements Pass {
  private static final int LIMIT = 12;

  @Override
  public String name() {
    return "if-to-select";
  }

  @Override
  public Function run(Function function) {
    return new Selector(function).rewrite(function);
  }

  private static boolean isSmall(Op.If branch) {
    return isCheap(branch.thenRegion())
        && isCheap(branch.elseRegion())
        && Regions.size(branch.thenRegion()) + Regions.size(branch.elseRegion()) <= LIMIT;
  }

  private static boolean isCheap(Region arm) {
    return arm.terminator() instanceof Terminator.Yield
        && arm.ops().stream().allMatch(op -> Effects.isPure(op) && isCheap(op));
  }

  private static boolean isCheap(Op op) {
    return switch (op) {
      case Op.Unary unary -> unary.op().cost() != CostClass.FLOAT_DIVIDE;
      case Op.Binary binary -> binary.op().cost() != CostClass.FLOAT_DIVIDE;
      case Op.Builtin builtin -> false;
      default -> true;
    };
  }

  private static final class Selector extends Rewriter {
    Selector(Function function) {
      super(function);
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      Op copied = copy(op);
      if (copied instanceof Op.If branch && isSmall(branch)) {
        select(branch);
      } else {
        builder.add(copied);
      }
      return null;
    }

    private void select(Op.If branch) {
      List<Op> arms = new ArrayList<>(branch.thenRegion().ops());
      arms.addAll(branch.elseRegion().ops());
      arms.forEach(builder::add);
      for (int i = 0; i < branch.results().size(); i++) {
        Value ifTrue = branch.thenRegion().terminator().values().get(i);
        Value ifFalse = branch.elseRegion().terminator().values().get(i);
        builder.add(
            new Op.Select(
                branch.results().get(i), branch.condition(), ifTrue, ifFalse, branch.span()));
      }
    }
  }
}
