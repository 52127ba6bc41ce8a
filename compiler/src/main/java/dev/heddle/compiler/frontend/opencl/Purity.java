package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Expr.BinaryKind;

/**
 * Tells which expressions may be computed although their value may not be needed: no effect, no
 * possible fault, and so little work that a branch around it costs more.
 */
final class Purity {
  private static final int MOST_NODES = 12;

  private Purity() {}

  static boolean cheap(Expr expr) {
    return cost(expr) <= MOST_NODES;
  }

  /** Number of operations; more than the most where it must not be speculated. */
  private static int cost(Expr expr) {
    if (!harmless(expr)) {
      return MOST_NODES + 1;
    }
    int sum = 1;
    for (Expr child : Walk.children(expr)) {
      sum += cost(child);
      if (sum > MOST_NODES) {
        break;
      }
    }
    return sum;
  }

  private static boolean harmless(Expr expr) {
    return switch (expr) {
      case Expr.Literal _, Expr.Null _, Expr.Unary _, Expr.Not _, Expr.Comparison _ -> true;
      case Expr.Logical _, Expr.Conditional _, Expr.Convert _, Expr.VectorLiteral _ -> true;
      case Expr.PointerComparison _, Expr.PointerAdd _ -> true;
      case Expr.VariableUse use -> !use.variable().inMemory();
      case Expr.Swizzle swizzle ->
          swizzle.base() instanceof Expr.VariableUse use && !use.variable().inMemory();
      case Expr.Binary binary ->
          binary.op() != BinaryKind.DIVIDE && binary.op() != BinaryKind.REMAINDER;
      case Expr.BuiltinCall call -> call.builtin().cheap();
      // the address of an array costs nothing and reads nothing
      case Expr.Decay decay -> decay.array() instanceof Expr.VariableUse;
      case Expr.AddressOf address -> address.place() instanceof Expr.VariableUse;
      default -> false;
    };
  }
}
