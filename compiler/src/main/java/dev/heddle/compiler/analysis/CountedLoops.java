package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recognises the loops that end whatever their arguments: those that never start again, and those
 * that count by one up or down to a bound that does not change, on every way round.
 */
public final class CountedLoops {
  private final Op.Loop loop;
  private final Map<Value, Op> definitions = new HashMap<>();
  private final Set<Value> inside = new HashSet<>();
  private final List<Terminator.Continue> continues = new ArrayList<>();

  private CountedLoops(Op.Loop loop, Map<Value, Op> constants) {
    this.loop = loop;
    definitions.putAll(constants);
    collect(loop.body());
  }

  /** The labels of such loops. */
  public static Set<Integer> labels(Function kernel) {
    Set<Integer> labels = new HashSet<>();
    find(kernel.body(), new HashMap<>(), labels);
    return labels;
  }

  private static void find(Region region, Map<Value, Op> constants, Set<Integer> labels) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Constant constant -> constants.put(constant.result(), constant);
        case Op.If branch -> {
          find(branch.thenRegion(), constants, labels);
          find(branch.elseRegion(), constants, labels);
        }
        case Op.Loop loop -> {
          CountedLoops counted = new CountedLoops(loop, constants);
          if (counted.continues.isEmpty() || counted.counts()) {
            labels.add(loop.label());
          }
          find(loop.body(), constants, labels);
        }
        default -> {}
      }
    }
  }

  private void collect(Region region) {
    inside.addAll(region.parameters());
    for (Op op : region.ops()) {
      for (Value result : op.results()) {
        definitions.put(result, op);
        if (!(op instanceof Op.Constant)) {
          inside.add(result);
        }
      }
      if (op instanceof Op.If branch) {
        collect(branch.thenRegion());
        collect(branch.elseRegion());
      } else if (op instanceof Op.Loop inner) {
        collect(inner.body());
      }
    }
    if (region.terminator() instanceof Terminator.Continue next && next.label() == loop.label()) {
      continues.add(next);
    }
  }

  private boolean counts() {
    for (Op op : loop.body().ops()) {
      if (op instanceof Op.If branch
          && definitions.get(branch.condition()) instanceof Op.Compare test) {
        boolean leavesOnTrue = !mayGoOn(branch.thenRegion());
        boolean leavesOnFalse = !mayGoOn(branch.elseRegion());
        if ((leavesOnTrue || leavesOnFalse) && bounds(test, leavesOnFalse)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the loop may go on from {@code region} or from its end. */
  private boolean mayGoOn(Region region) {
    boolean end =
        switch (region.terminator()) {
          case Terminator.Yield yield -> true;
          case Terminator.Continue next -> next.label() == loop.label();
          // whatever loop it leaves, this one is left with it
          case Terminator.Break leave -> false;
          case Terminator.Return done -> false;
        };
    return end || containsContinue(region);
  }

  private boolean containsContinue(Region region) {
    return region.ops().stream()
        .anyMatch(
            op ->
                switch (op) {
                  case Op.If branch -> goesOn(branch.thenRegion()) || goesOn(branch.elseRegion());
                  case Op.Loop inner -> goesOn(inner.body());
                  default -> false;
                });
  }

  private boolean goesOn(Region region) {
    return continues.contains(region.terminator()) || containsContinue(region);
  }

  /** Whether {@code test}, true as long as the loop goes on if {@code onTrue}, bounds a counter. */
  private boolean bounds(Op.Compare test, boolean onTrue) {
    List<Value> parameters = loop.body().parameters();
    boolean onLeft = parameters.contains(test.left()) && !inside.contains(test.right());
    boolean onRight = parameters.contains(test.right()) && !inside.contains(test.left());
    if (onLeft == onRight) {
      return false;
    }
    int step = step(parameters.indexOf(onLeft ? test.left() : test.right()));
    return step != 0
        && switch (test.op()) {
          case NE -> onTrue;
          case EQ -> !onTrue;
          case SLT, ULT -> onTrue && step == (onLeft ? 1 : -1);
          case SGT, UGT -> onTrue && step == (onLeft ? -1 : 1);
          case SGE, UGE -> !onTrue && step == (onLeft ? 1 : -1);
          case SLE, ULE -> !onTrue && step == (onLeft ? -1 : 1);
          case FEQ, FNE, FLT, FLE, FGT, FGE -> false;
        };
  }

  /** By how much the parameter grows on every way round: 1, -1, or 0 if by anything else. */
  private int step(int parameter) {
    int common = 0;
    for (Terminator.Continue next : continues) {
      int step = step(loop.body().parameters().get(parameter), next.values().get(parameter));
      if (step == 0 || common != 0 && step != common) {
        return 0;
      }
      common = step;
    }
    return common;
  }

  private int step(Value parameter, Value next) {
    if (!(definitions.get(next) instanceof Op.Binary binary) || !binary.left().equals(parameter)) {
      return 0;
    }
    int amount = signedConstant(binary.right());
    return switch (binary.op()) {
      case ADD -> amount;
      case SUB -> -amount;
      default -> 0;
    };
  }

  /** 1 or -1 if the value is that constant; else 0. */
  private int signedConstant(Value value) {
    if (!(definitions.get(value) instanceof Op.Constant constant)) {
      return 0;
    }
    int unused = 64 - value.type().bits();
    long number = constant.bits() << unused >> unused;
    return number == 1 || number == -1 ? (int) number : 0;
  }
}
