package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves what every trip of a loop computes alike to before the loop: pure ops whose operands come
 * from outside, from inside branches too. Loads stay, since the loop may end before it reaches them
 * and they may fault; so do divisions. Inner loops go first, so that ops may rise through several.
 */
final class LoopInvariants implements Pass {
  @Override
  public String name() {
    return "loop-invariants";
  }

  @Override
  public Function run(Function function) {
    Hoister hoister = new Hoister(function);
    Function result = hoister.rewrite(function);
    return hoister.hoisted ? result : function;
  }

  private static final class Hoister extends Rewriter {
    private boolean hoisted;

    Hoister(Function function) {
      super(function);
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      Op copied = copy(op);
      if (copied instanceof Op.Loop loop && Regions.continues(loop.body(), loop.label())) {
        hoistFrom(loop);
      } else {
        builder.add(copied);
      }
      return null;
    }

    private void hoistFrom(Op.Loop loop) {
      Set<Value> inside = new HashSet<>();
      Region body = withoutInvariants(loop.body(), inside);
      builder.add(new Op.Loop(loop.results(), loop.label(), loop.initial(), body, loop.span()));
    }

    /** Adds invariant ops to the open region; what is left of {@code region}. */
    private Region withoutInvariants(Region region, Set<Value> inside) {
      inside.addAll(region.parameters());
      List<Op> kept = new ArrayList<>();
      for (Op op : region.ops()) {
        if (Effects.isPure(op) && Collections.disjoint(op.operands(), inside)) {
          builder.add(op);
          hoisted = true;
          continue;
        }
        inside.addAll(op.results());
        kept.add(
            switch (op) {
              case Op.If branch -> withoutInvariants(branch, inside);
              case Op.Loop loop -> withoutInvariants(loop, inside);
              default -> op;
            });
      }
      return new Region(region.parameters(), kept, region.terminator());
    }

    private Op.If withoutInvariants(Op.If branch, Set<Value> inside) {
      return new Op.If(
          branch.results(),
          branch.condition(),
          withoutInvariants(branch.thenRegion(), inside),
          withoutInvariants(branch.elseRegion(), inside),
          branch.span());
    }

    private Op.Loop withoutInvariants(Op.Loop loop, Set<Value> inside) {
      return new Op.Loop(
          loop.results(),
          loop.label(),
          loop.initial(),
          withoutInvariants(loop.body(), inside),
          loop.span());
    }
  }
}
