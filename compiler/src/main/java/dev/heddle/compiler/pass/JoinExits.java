package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns exits from inside branches into branches with results, where no code has to be doubled for
 * it: {@code if (c) return; rest} becomes {@code if (c) {} else rest}. It does so with the breaks
 * of blocks, which what was a helper with several returns is left as; with {@code continue}, which
 * becomes the one at the end of the loop; and with the returns of the kernel. What is masked by a
 * branch is easier to see for analyses, and cheaper for SIMD lanes, than what is masked by an exit.
 *
 * <p>Code with a barrier is not moved into a branch: work-items that have returned do not count at
 * a barrier, and devices treat an early return before a barrier in a way of their own.
 */
final class JoinExits implements Pass {
  @Override
  public String name() {
    return "join-exits";
  }

  @Override
  public Function run(Function function) {
    Joiner joiner = new Joiner(function);
    Function result = joiner.rewrite(function);
    return joiner.joined ? result : function;
  }

  /**
   * An exit that is to become the end of the code that it leaves.
   *
   * @param takenBy tells the terminators that take it
   * @param receivers for each value handed over, one of its type
   */
  private record Exit(Predicate<Terminator> takenBy, List<Value> receivers) {
    boolean takenIn(Op op) {
      return Regions.anyTerminator(op, takenBy);
    }

    /** Whether every taking of the exit can be joined without doubling code. */
    boolean canJoin(Region region) {
      return canJoin(region.ops(), region.terminator());
    }

    private boolean canJoin(List<Op> ops, Terminator end) {
      for (int i = 0; i < ops.size(); i++) {
        if (takenIn(ops.get(i))) {
          List<Op> rest = ops.subList(i + 1, ops.size());
          return ops.get(i) instanceof Op.If branch && canJoin(branch, rest, end);
        }
      }
      return true;
    }

    private boolean canJoin(Op.If branch, List<Op> rest, Terminator end) {
      if (goesOn(branch.thenRegion()) && goesOn(branch.elseRegion())
          || rest.stream().anyMatch(Exit::synchronises)) {
        return false;
      }
      return canJoinArm(branch.thenRegion(), rest, end)
          && canJoinArm(branch.elseRegion(), rest, end);
    }

    private boolean canJoinArm(Region arm, List<Op> rest, Terminator end) {
      if (!goesOn(arm)) {
        return canJoin(arm);
      }
      List<Op> followed = new ArrayList<>(arm.ops());
      followed.addAll(rest);
      return canJoin(followed, end);
    }

    private static boolean goesOn(Region arm) {
      return arm.terminator() instanceof Terminator.Yield;
    }

    private static boolean synchronises(Op op) {
      return op instanceof Op.Barrier || Regions.of(op).stream().anyMatch(Effects::hasBarrier);
    }
  }

  /** What follows a branch whose results are {@code results}. */
  private record Rest(List<Value> results, List<Op> ops, Terminator end, @Nullable Rest next) {}

  private static final class Joiner extends Rewriter {
    private boolean joined;

    Joiner(Function function) {
      super(function);
    }

    @Override
    protected Function rewrite(Function function) {
      Region body = function.body();
      Exit exit = new Exit(end -> end instanceof Terminator.Return, List.of());
      if (!Regions.returnsInside(body) || !exit.canJoin(body)) {
        return super.rewrite(function);
      }
      builder.open(body.parameters());
      join(exit, body.ops(), body.terminator(), null);
      return function.withBody(builder.close(new Terminator.Return(List.of())));
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      if (!(op instanceof Op.Loop loop)) {
        return super.visit(op);
      }
      if (Regions.continues(loop.body(), loop.label())) {
        builder.add(joinContinues(loop));
        return null;
      }
      return joinBreaks(loop);
    }

    private @Nullable Terminator joinBreaks(Op.Loop block) {
      Exit exit =
          new Exit(
              end -> end instanceof Terminator.Break(int to, var v) && to == block.label(),
              block.results());
      if (!exit.canJoin(block.body())) {
        return super.visit(block);
      }
      replaceAll(block.body().parameters(), use(block.initial()));
      Terminator end = join(exit, block.body().ops(), block.body().terminator(), null);
      if (end instanceof Terminator.Yield(var values)) {
        replaceAll(block.results(), values);
        return null;
      }
      return end;
    }

    private Op joinContinues(Op.Loop loop) {
      Region body = loop.body();
      int label = loop.label();
      Exit exit =
          new Exit(
              end -> end instanceof Terminator.Continue(int to, var v) && to == label,
              body.parameters());
      boolean single = body.ops().stream().noneMatch(exit::takenIn);
      if (single || !exit.canJoin(body)) {
        return copy(loop);
      }
      List<Value> initial = use(loop.initial());
      builder.open(body.parameters());
      Terminator end = join(exit, body.ops(), body.terminator(), null);
      Terminator joined =
          end instanceof Terminator.Yield(var values)
              ? new Terminator.Continue(label, values)
              : end;
      return new Op.Loop(loop.results(), label, initial, builder.close(joined), loop.span());
    }

    /**
     * Adds the ops to the open region, and where they yield what comes after.
     *
     * @return a yield of the values handed over where the exit was taken; else another exit
     */
    private Terminator join(Exit exit, List<Op> ops, Terminator end, @Nullable Rest rest) {
      joined = true;
      for (int i = 0; i < ops.size(); i++) {
        Op op = ops.get(i);
        if (op instanceof Op.If branch && exit.takenIn(op)) {
          Rest behind = new Rest(op.results(), ops.subList(i + 1, ops.size()), end, rest);
          return joinBranch(exit, branch, behind);
        }
        Terminator early = visit(op);
        if (early != null) {
          return early;
        }
      }
      if (exit.takenBy().test(end)) {
        return new Terminator.Yield(use(end.values()));
      }
      if (end instanceof Terminator.Yield(var values) && rest != null) {
        replaceAll(rest.results(), use(values));
        return join(exit, rest.ops(), rest.end(), rest.next());
      }
      return terminator(end);
    }

    private Terminator joinBranch(Exit exit, Op.If branch, Rest behind) {
      Value condition = use(branch.condition());
      Region thenRegion = joinArm(exit, branch.thenRegion(), behind);
      Region elseRegion = joinArm(exit, branch.elseRegion(), behind);
      List<Value> results =
          exit.receivers().stream().map(value -> builder.fresh(value.type())).toList();
      builder.add(new Op.If(results, condition, thenRegion, elseRegion, branch.span()));
      return new Terminator.Yield(results);
    }

    private Region joinArm(Exit exit, Region arm, Rest behind) {
      builder.open(List.of());
      return builder.close(join(exit, arm.ops(), arm.terminator(), behind));
    }
  }
}
