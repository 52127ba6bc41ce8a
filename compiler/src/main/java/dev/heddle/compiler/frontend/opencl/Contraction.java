package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Expr.BinaryKind;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides which products fuse: {@code a*b+c}, {@code c+a*b}, {@code a*b-c} and
 * {@code c-a*b} are one fma each; of two products the left one fuses.
 *
 * @param product the product, a {@code Binary} with {@code MULTIPLY}
 * @param addend the other operand
 * @param negateProduct whether the product is subtracted
 * @param negateAddend whether the addend is subtracted
 */
record Contraction(Expr.Binary product, Expr addend, boolean negateProduct, boolean negateAddend) {

  /** How a sum or difference fuses; null if it does not. */
  static @Nullable Contraction of(Expr.Binary sum) {
    boolean adds = sum.op() == BinaryKind.ADD || sum.op() == BinaryKind.SUBTRACT;
    if (!adds || !sum.contract() || !Typing.isFloat(sum.type())) {
      return null;
    }
    boolean subtracts = sum.op() == BinaryKind.SUBTRACT;
    if (sum.left() instanceof Expr.Binary left && left.op() == BinaryKind.MULTIPLY) {
      return new Contraction(left, sum.right(), false, subtracts);
    }
    if (sum.right() instanceof Expr.Binary right && right.op() == BinaryKind.MULTIPLY) {
      return new Contraction(right, sum.left(), subtracts, false);
    }
    return null;
  }
}
