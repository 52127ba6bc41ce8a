package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.math.MathFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Replaces builtins by their sequences.
 *
 * @param all whether those too of which the devices have their own
 */
record ExpandMath(boolean all) implements Pass {
  @Override
  public String name() {
    return "expand-math";
  }

  @Override
  public Function run(Function function) {
    return new Expander(function, all).rewrite(function);
  }

  private static final class Expander extends Rewriter {
    private final boolean all;
    private MathFunctions functions = new MathFunctions(builder);

    Expander(Function function, boolean all) {
      super(function);
      this.all = all;
    }

    /** What was computed in a region is not there outside of it. */
    @Override
    protected Region region(Region old) {
      MathFunctions outer = functions;
      functions = outer.inside();
      Region result = super.region(old);
      functions = outer;
      return result;
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      if (!(op instanceof Op.Builtin builtin && (all || builtin.op().alwaysExpanded()))) {
        return super.visit(op);
      }
      builder.at(op.span());
      replace(builtin.result(), functions.write(builtin.op(), use(builtin.operands())));
      return null;
    }
  }
}
