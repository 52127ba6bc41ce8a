package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Statement.Part;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.ElementType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the bytes of constants that have an initialiser. */
final class ConstantContent {
  private ConstantContent() {}

  /**
   * Gives the variable its content, if all of it is constant.
   *
   * @param diagnostics told of a part that is not constant; null if that is no mistake
   */
  static void settle(Variable variable, List<Part> parts, @Nullable Diagnostics diagnostics) {
    byte[] bytes = new byte[(int) variable.type().size()];
    boolean constant = true;
    for (Part part : parts) {
      boolean stored = store(bytes, part);
      constant &= stored;
      if (!stored && diagnostics != null) {
        diagnostics.error(
            part.value().span(),
            "the value of constant '" + variable.name() + "' must itself be constant");
      }
    }
    if (constant || diagnostics != null) {
      variable.setContent(new Bytes(bytes));
    }
  }

  private static boolean store(byte[] bytes, Part part) {
    ElementType element = part.type().elementOrNull();
    if (element == null) {
      return false;
    }
    int width = part.type().components();
    for (int i = 0; i < width; i++) {
      Long bits = component(part.value(), i);
      if (bits == null) {
        return false;
      }
      int size = element.type().bytes();
      for (int k = 0; k < size; k++) {
        bytes[(int) part.offset() + i * size + k] = (byte) (bits >>> 8 * k);
      }
    }
    return true;
  }

  /** One component of a constant scalar or vector. */
  private static @Nullable Long component(Expr value, int index) {
    if (value.type().components() == 1) {
      return Constants.evaluate(value);
    }
    return switch (value) {
      case Expr.VectorLiteral literal -> literalComponent(literal.parts(), index);
      case Expr.Convert convert when convert.operand().type().components() == 1 ->
          Constants.evaluate(
              new Expr.Convert(
                  convert.operand(),
                  CType.scalar(((CType.Vector) convert.type()).element()),
                  convert.span()));
      default -> null;
    };
  }

  private static @Nullable Long literalComponent(List<Expr> parts, int index) {
    if (parts.size() == 1 && parts.getFirst().type().components() == 1) {
      return component(parts.getFirst(), 0);
    }
    int rest = index;
    for (Expr part : parts) {
      if (rest < part.type().components()) {
        return component(part, rest);
      }
      rest -= part.type().components();
    }
    return null;
  }
}
