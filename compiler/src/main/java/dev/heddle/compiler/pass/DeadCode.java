package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what nobody uses: pure ops, loads, divisions, results of branches, parameters and
 * results of loops, branches that became empty, blocks that do nothing, arrays and tables without
 * accesses. An unused load or division does not fault any more. A loop that may go round stays,
 * even if it does nothing: it may be the kernel's way not to end.
 */
final class DeadCode implements Pass {
  @Override
  public String name() {
    return "dead-code";
  }

  @Override
  public Function run(Function function) {
    Essentials essentials = new Essentials();
    Set<Value> live = new Marker(essentials).mark(function.body());
    return withUsedObjects(new Sweeper(live, essentials).rewrite(function));
  }

  private static Function withUsedObjects(Function function) {
    Set<Root> used = new HashSet<>();
    Regions.forEachOp(function.body(), op -> used.addAll(Regions.roots(op)));
    return function.with(
        function.objects().stream().filter(used::contains).toList(), function.body());
  }

  /** Whether ops must be executed even if nobody uses their results; looks into each once. */
  private static final class Essentials {
    private final Map<Op, Boolean> owners = new IdentityHashMap<>();

    boolean contain(Op op) {
      return switch (op) {
        case Op.If _, Op.Loop _ -> {
          Boolean known = owners.get(op);
          if (known == null) {
            known = op instanceof Op.Loop loop ? isEssential(loop) : isEssential((Op.If) op);
            owners.put(op, known);
          }
          yield known;
        }
        default -> !Effects.isRemovable(op);
      };
    }

    private boolean isEssential(Op.If branch) {
      return isEssential(branch.thenRegion()) || isEssential(branch.elseRegion());
    }

    private boolean isEssential(Region arm) {
      return !(arm.terminator() instanceof Terminator.Yield)
          || arm.ops().stream().anyMatch(this::contain);
    }

    private static boolean isEssential(Op.Loop loop) {
      return Regions.anyTerminator(loop.body(), end -> leaves(end, loop.label()))
          || Regions.anyOp(
              loop.body(),
              op -> !(op instanceof Op.If || op instanceof Op.Loop) && !Effects.isRemovable(op));
    }
  }

  private static boolean isUsed(Op op, Set<Value> live) {
    for (Value result : op.results()) {
      if (live.contains(result)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code end} does anything but leave the block {@code label}. */
  private static boolean leaves(Terminator end, int label) {
    return switch (end) {
      case Terminator.Yield yield -> false;
      case Terminator.Break(int target, var values) -> target != label;
      case Terminator.Continue next -> true;
      case Terminator.Return end2 -> true;
    };
  }

  /** Finds the values that essential ops depend on; loops are repeated until they have settled. */
  private static final class Marker {
    private final Essentials essentials;
    private final Set<Value> live = new HashSet<>();
    private final Map<Integer, Op.Loop> loops = new HashMap<>();
    private final Deque<Op.If> branches = new ArrayDeque<>();

    Marker(Essentials essentials) {
      this.essentials = essentials;
    }

    Set<Value> mark(Region body) {
      region(body);
      return live;
    }

    private void region(Region region) {
      terminator(region.terminator());
      for (Op op : region.ops().reversed()) {
        if (essentials.contain(op) || isUsed(op, live)) {
          op(op);
        }
      }
    }

    private void op(Op op) {
      switch (op) {
        case Op.If branch -> {
          live.add(branch.condition());
          branches.push(branch);
          region(branch.thenRegion());
          region(branch.elseRegion());
          branches.pop();
        }
        case Op.Loop loop -> {
          loops.put(loop.label(), loop);
          List<Value> parameters = loop.body().parameters();
          int before;
          do {
            before = countLive(parameters);
            region(loop.body());
          } while (countLive(parameters) != before);
          handOn(loop.initial(), parameters);
        }
        default -> live.addAll(op.operands());
      }
    }

    private int countLive(List<Value> values) {
      int count = 0;
      for (Value value : values) {
        count += live.contains(value) ? 1 : 0;
      }
      return count;
    }

    private void terminator(Terminator end) {
      switch (end) {
        case Terminator.Yield(var values) -> handOn(values, branches.getFirst().results());
        case Terminator.Break(int label, var values) -> handOn(values, loop(label).results());
        case Terminator.Continue(int label, var values) ->
            handOn(values, loop(label).body().parameters());
        case Terminator.Return(var values) -> live.addAll(values);
      }
    }

    private Op.Loop loop(int label) {
      return Objects.requireNonNull(loops.get(label));
    }

    private void handOn(List<Value> values, List<Value> receivers) {
      for (int i = 0; i < values.size(); i++) {
        if (live.contains(receivers.get(i))) {
          live.add(values.get(i));
        }
      }
    }
  }

  private static final class Sweeper extends Rewriter {
    private final Essentials essentials;
    private final Set<Value> live;
    private final Map<Integer, Op.Loop> loops = new HashMap<>();
    private final Deque<Op.If> branches = new ArrayDeque<>();

    Sweeper(Set<Value> live, Essentials essentials) {
      super(new IrBuilder()); // it makes no values
      this.live = live;
      this.essentials = essentials;
    }

    @Override
    protected @Nullable Terminator visit(Op op) {
      if (!isUsed(op, live) && !essentials.contain(op)) {
        return null;
      }
      switch (op) {
        case Op.If branch -> builder.add(sweep(branch));
        case Op.Loop loop -> builder.add(sweep(loop));
        default -> builder.add(op);
      }
      return null;
    }

    private Op.If sweep(Op.If branch) {
      branches.push(branch);
      Region thenRegion = region(branch.thenRegion());
      Region elseRegion = region(branch.elseRegion());
      branches.pop();
      return new Op.If(
          onlyLive(branch.results(), branch.results()),
          branch.condition(),
          thenRegion,
          elseRegion,
          branch.span());
    }

    private Op.Loop sweep(Op.Loop loop) {
      loops.put(loop.label(), loop);
      List<Value> parameters = loop.body().parameters();
      builder.open(onlyLive(parameters, parameters));
      Region body = builder.close(contents(loop.body()));
      return new Op.Loop(
          onlyLive(loop.results(), loop.results()),
          loop.label(),
          onlyLive(loop.initial(), parameters),
          body,
          loop.span());
    }

    @Override
    protected Terminator terminator(Terminator old) {
      return switch (old) {
        case Terminator.Yield(var values) ->
            new Terminator.Yield(onlyLive(values, branches.getFirst().results()));
        case Terminator.Break(int label, var values) ->
            new Terminator.Break(label, onlyLive(values, loop(label).results()));
        case Terminator.Continue(int label, var values) ->
            new Terminator.Continue(label, onlyLive(values, loop(label).body().parameters()));
        case Terminator.Return end -> end;
      };
    }

    private Op.Loop loop(int label) {
      return Objects.requireNonNull(loops.get(label));
    }

    /** The values whose receiver is used. */
    private List<Value> onlyLive(List<Value> values, List<Value> receivers) {
      List<Value> kept = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        if (live.contains(receivers.get(i))) {
          kept.add(values.get(i));
        }
      }
      return kept;
    }
  }
}
