package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;

/** What executing an op does beside yielding its results. */
final class Effects {
  private Effects() {}

  /** Whether {@code op} computes its results from its operands alone and cannot fault. */
  static boolean isPure(Op op) {
    return switch (op) {
      case Op.Binary binary -> !binary.op().divides();
      case Op.Constant constant -> true;
      case Op.Unary unary -> true;
      case Op.Compare compare -> true;
      case Op.Fma fma -> true;
      case Op.Select select -> true;
      case Op.Convert convert -> true;
      case Op.Builtin builtin -> true;
      case Op.Query query -> true;
      case Op.RootSize size -> true;
      case Op.Load load -> false;
      case Op.Store store -> false;
      case Op.Atomic atomic -> false;
      case Op.Barrier barrier -> false;
      case Op.Fence fence -> false;
      case Op.Call call -> false;
      case Op.If branch -> false;
      case Op.Loop loop -> false;
    };
  }

  /**
   * Whether {@code op}, if nobody uses its results, may be left out. Loads and divisions may: what
   * nobody asked for cannot fault. A branch or loop is left out only when it has become empty.
   */
  static boolean isRemovable(Op op) {
    return isPure(op) || op instanceof Op.Load || op instanceof Op.Binary;
  }

  static boolean hasBarrier(Region region) {
    return Regions.anyOp(region, Op.Barrier.class::isInstance);
  }
}
