package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * Which loops of a function have to look at the cancel word in each trip: all but innermost loops
 * whose trips are counted by an I32 or less. Where there are any loops, the loop over the
 * work-items looks too; so the time between two looks is at most that of 2^32 short trips, in
 * practice far less.
 */
public final class LoopFacts {
  private final Definitions definitions;
  private final Set<Integer> quiet = new HashSet<>();
  private boolean any;
  private boolean repeats;

  public LoopFacts(Function function) {
    definitions = new Definitions(function);
    visit(function.body());
  }

  /** Whether this loop polls before each trip but the first. */
  public boolean polls(Op.Loop loop) {
    return !quiet.contains(loop.label());
  }

  /** Whether the loop over work-items polls: the function contains loops. */
  public boolean itemsPoll() {
    return any;
  }

  /** Whether some code may run again and again for one work-item. */
  public boolean repeats() {
    return repeats;
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      if (op instanceof Op.Loop loop) {
        boolean again = again(loop.body(), loop.label());
        any = true;
        repeats |= again;
        if (!again || (!containsLoop(loop.body()) && isCounted(loop))) {
          quiet.add(loop.label());
        }
      }
      Definitions.regions(op).forEach(this::visit);
    }
  }

  /** Whether some path continues the loop. */
  private static boolean again(Region region, int label) {
    return (region.terminator() instanceof Terminator.Continue next && next.label() == label)
        || region.ops().stream()
            .flatMap(op -> Definitions.regions(op).stream())
            .anyMatch(inner -> again(inner, label));
  }

  private static boolean containsLoop(Region region) {
    return region.ops().stream()
        .anyMatch(
            op ->
                op instanceof Op.Loop
                    || Definitions.regions(op).stream().anyMatch(LoopFacts::containsLoop));
  }

  /**
   * Whether some parameter steps by one in every trip, and every trip first leaves if the parameter
   * meets a condition that some number meets: it goes through all numbers, so it meets that one.
   */
  private boolean isCounted(Op.Loop loop) {
    for (int i = 0; i < loop.body().parameters().size(); i++) {
      Value counter = loop.body().parameters().get(i);
      if (counter.type().isInteger()
          && counter.type() != Type.I64
          && steps(loop.body(), loop.label(), i, counter)
          && isTested(loop, counter)) {
        return true;
      }
    }
    return false;
  }

  /** Whether each continue hands over the counter plus or minus one. */
  private boolean steps(Region region, int label, int index, Value counter) {
    if (region.terminator() instanceof Terminator.Continue next
        && next.label() == label
        && !isStep(next.values().get(index), counter)) {
      return false;
    }
    return region.ops().stream()
        .flatMap(op -> Definitions.regions(op).stream())
        .allMatch(inner -> steps(inner, label, index, counter));
  }

  private boolean isStep(Value value, Value counter) {
    if (!(definitions.of(value).orElse(null) instanceof Op.Binary binary)) {
      return false;
    }
    boolean left =
        binary.left().equals(counter)
            && definitions.constant(binary.right()).filter(LoopFacts::isOne).isPresent();
    boolean right =
        binary.right().equals(counter)
            && definitions.constant(binary.left()).filter(LoopFacts::isOne).isPresent();
    return switch (binary.op()) {
      case ADD -> left || right;
      case SUB -> left;
      default -> false;
    };
  }

  private static boolean isOne(long bits) {
    return bits == 1 || bits == 0xFF || bits == 0xFFFF || bits == 0xFFFF_FFFFL;
  }

  /** Whether the body tests the counter against an outer value, and leaves, in every trip. */
  private boolean isTested(Op.Loop loop, Value counter) {
    Set<Value> inner = new HashSet<>(loop.body().parameters());
    for (Op op : loop.body().ops()) {
      if (op instanceof Op.If branch
          && isTested(branch, branch.condition(), counter, inner, loop.label())) {
        return true;
      }
      if (Definitions.regions(op).stream().anyMatch(region -> again(region, loop.label()))) {
        return false;
      }
      if (!(op instanceof Op.Constant)) {
        inner.addAll(op.results());
      }
    }
    return false;
  }

  /** Whether a branch leaves at some counter, because of a condition, or of one half of it. */
  private boolean isTested(
      Op.If branch, Value condition, Value counter, Set<Value> inner, int label) {
    return switch (definitions.of(condition).orElse(null)) {
      case Op.Compare compare ->
          isBound(compare, counter, inner) && leavesSurely(branch, compare.op(), label);
      case Op.Binary both when both.op() == BinaryOp.AND && leaves(branch.elseRegion(), label) ->
          isFalseOnce(both.left(), counter, inner) || isFalseOnce(both.right(), counter, inner);
      case null, default -> false;
    };
  }

  /** Whether a condition is a comparison that some counter does not meet whatever the bound is. */
  private boolean isFalseOnce(Value condition, Value counter, Set<Value> inner) {
    return definitions.of(condition).orElse(null) instanceof Op.Compare compare
        && isBound(compare, counter, inner)
        && isFalseOnce(compare.op());
  }

  private static boolean isBound(Op.Compare compare, Value counter, Set<Value> inner) {
    return (compare.left().equals(counter) && !inner.contains(compare.right()))
        || (compare.right().equals(counter) && !inner.contains(compare.left()));
  }

  /** Whether an arm leaves under a condition that some counter meets whatever the bound is. */
  private static boolean leavesSurely(Op.If branch, CompareOp op, int label) {
    return (leaves(branch.thenRegion(), label) && isTrueOnce(op))
        || (leaves(branch.elseRegion(), label) && isFalseOnce(op));
  }

  private static boolean isTrueOnce(CompareOp op) {
    return switch (op) {
      case EQ, NE, SLE, SGE, ULE, UGE -> true;
      case SLT, SGT, ULT, UGT, FEQ, FNE, FLT, FLE, FGT, FGE -> false;
    };
  }

  private static boolean isFalseOnce(CompareOp op) {
    return switch (op) {
      case EQ, NE, SLT, SGT, ULT, UGT -> true;
      case SLE, SGE, ULE, UGE, FEQ, FNE, FLT, FLE, FGT, FGE -> false;
    };
  }

  private static boolean leaves(Region region, int label) {
    return switch (region.terminator()) {
      case Terminator.Break leave -> true;
      case Terminator.Return end -> true;
      case Terminator.Continue next -> next.label() != label;
      case Terminator.Yield yield -> false;
    };
  }
}
