package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.math.MathFunctions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Replaces builtins by their sequences.
 *
 * @param kept which builtins stay, since devices have them themselves
 */
record ExpandMath(Predicate<Op.Builtin> kept) implements Pass {
  @Override
  public String name() {
    return "expand-math";
  }

  @Override
  public Function run(Function function) {
    return new Expander(function, kept).rewrite(function);
  }

  private static final class Expander extends Rewriter {
    private final Predicate<Op.Builtin> kept;
    private MathFunctions functions = new MathFunctions(builder);

    Expander(Function function, Predicate<Op.Builtin> kept) {
      super(function);
      this.kept = kept;
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
      if (!(op instanceof Op.Builtin builtin) || kept.test(builtin)) {
        return super.visit(op);
      }
      builder.at(op.span());
      replace(builtin.result(), functions.write(builtin.op(), use(builtin.operands())));
      return null;
    }
  }
}
