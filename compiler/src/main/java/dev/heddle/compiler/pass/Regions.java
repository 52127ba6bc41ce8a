package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Questions about whole regions, nested ones included. */
final class Regions {
  private Regions() {}

  /** The regions that {@code op} owns. */
  static List<Region> of(Op op) {
    return switch (op) {
      case Op.If branch -> List.of(branch.thenRegion(), branch.elseRegion());
      case Op.Loop loop -> List.of(loop.body());
      default -> List.of();
    };
  }

  /** Calls {@code action} for every op, an owner before what it owns. */
  static void forEachOp(Region region, Consumer<Op> action) {
    for (Op op : region.ops()) {
      action.accept(op);
      for (Region inner : of(op)) {
        forEachOp(inner, action);
      }
    }
  }

  static void forEachTerminator(Region region, Consumer<Terminator> action) {
    for (Op op : region.ops()) {
      for (Region inner : of(op)) {
        forEachTerminator(inner, action);
      }
    }
    action.accept(region.terminator());
  }

  static boolean anyOp(Region region, Predicate<Op> test) {
    for (Op op : region.ops()) {
      if (test.test(op)) {
        return true;
      }
      for (Region inner : of(op)) {
        if (anyOp(inner, test)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean anyTerminator(Region region, Predicate<Terminator> test) {
    return test.test(region.terminator()) || anyTerminatorInside(region, test);
  }

  /** The same, but for the region's own terminator. */
  private static boolean anyTerminatorInside(Region region, Predicate<Terminator> test) {
    for (Op op : region.ops()) {
      if (anyTerminator(op, test)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any terminator in a region that {@code op} owns passes. */
  static boolean anyTerminator(Op op, Predicate<Terminator> test) {
    for (Region inner : of(op)) {
      if (anyTerminator(inner, test)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a region inside {@code region} returns. */
  static boolean returnsInside(Region region) {
    return anyTerminatorInside(region, t -> t instanceof Terminator.Return);
  }

  static boolean continues(Region region, int label) {
    return anyTerminator(
        region, t -> t instanceof Terminator.Continue(int target, var values) && target == label);
  }

  static boolean breaks(Region region, int label) {
    return anyTerminator(
        region, t -> t instanceof Terminator.Break(int target, var values) && target == label);
  }

  /** Number of ops, constants not counted. */
  static int size(Region region) {
    int[] count = {0};
    forEachOp(region, op -> count[0] += op instanceof Op.Constant ? 0 : 1);
    return count[0];
  }

  /** The roots that {@code op} itself names. */
  static List<Root> roots(Op op) {
    return switch (op) {
      case Op.Load load -> List.of(load.access().root());
      case Op.Store store -> List.of(store.access().root());
      case Op.Atomic atomic -> List.of(atomic.access().root());
      case Op.RootSize size -> List.of(size.root());
      case Op.Call call ->
          call.arguments().stream()
              .filter(Op.Argument.Pointer.class::isInstance)
              .map(argument -> ((Op.Argument.Pointer) argument).root())
              .toList();
      default -> List.of();
    };
  }
}
