package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Expr.BinaryKind;
import dev.heddle.compiler.frontend.opencl.Expr.UnaryKind;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates constant expressions, by the arithmetic of the IR. Values are raw bits in the low bits
 * of a long, as there.
 */
final class Constants {
  private Constants() {}

  /**
   * The literal that an operation on literals is, or the operation itself. Sums and products of
   * floats stay: whether they fuse depends on what stands around them.
   */
  static Expr folded(Expr expr) {
    if (!(expr.type() instanceof CType.Scalar type) || !shallow(expr)) {
      return expr;
    }
    Long value = evaluate(expr);
    return value == null ? expr : new Expr.Literal(type, value, expr.span());
  }

  private static boolean shallow(Expr expr) {
    return switch (expr) {
      case Expr.Unary unary -> unary.operand() instanceof Expr.Literal;
      case Expr.Convert convert -> convert.operand() instanceof Expr.Literal;
      case Expr.Binary binary ->
          !Typing.isFloat(binary.type()) && literals(binary.left(), binary.right());
      case Expr.Comparison comparison -> literals(comparison.left(), comparison.right());
      case Expr.Logical logical -> literals(logical.left(), logical.right());
      case Expr.Conditional conditional ->
          literals(conditional.condition(), conditional.ifTrue())
              && conditional.ifFalse() instanceof Expr.Literal;
      default -> false;
    };
  }

  private static boolean literals(Expr left, Expr right) {
    return left instanceof Expr.Literal && right instanceof Expr.Literal;
  }

  /** The value of an integer constant expression, as a number; null if it is none. */
  static @Nullable Long integer(Expr expr) {
    if (!expr.type().isInteger()) {
      return null;
    }
    ElementType element = expr.type().elementOrNull();
    Long bits = evaluate(expr);
    if (bits == null || element == null) {
      return null;
    }
    return element.signed() ? Long.valueOf(Arithmetic.signed(element.type(), bits)) : bits;
  }

  /** The bits of a constant scalar; null if it is not constant. */
  static @Nullable Long evaluate(Expr expr) {
    ElementType element = expr.type().elementOrNull();
    if (element == null || expr.type().components() != 1) {
      return null;
    }
    return switch (expr) {
      case Expr.Literal literal -> Arithmetic.truncate(element.type(), literal.bits());
      case Expr.Unary unary -> unary(unary, element.type());
      case Expr.Binary binary -> binary(binary, element);
      case Expr.Comparison comparison -> comparison(comparison);
      case Expr.Not not -> {
        Boolean truth = truth(not.operand());
        yield truth == null ? null : truth ? 0L : 1L;
      }
      case Expr.Logical logical -> logical(logical);
      case Expr.Conditional conditional -> conditional(conditional);
      case Expr.Convert convert -> convert(convert.operand(), element);
      case Expr.VariableUse use ->
          use.variable().constant() != null
              ? use.variable().constant()
              : content(use.variable(), element);
      default -> null;
    };
  }

  private static @Nullable Long unary(Expr.Unary unary, Type type) {
    Long operand = evaluate(unary.operand());
    UnaryOp op =
        unary.op() == UnaryKind.COMPLEMENT
            ? UnaryOp.NOT
            : type.isFloat() ? UnaryOp.FNEG : UnaryOp.NEG;
    return operand == null ? null : Arithmetic.unary(op, type, operand);
  }

  private static @Nullable Long binary(Expr.Binary binary, ElementType element) {
    Contraction fused = Contraction.of(binary);
    if (fused != null) {
      return fma(fused, element.type());
    }
    Long left = evaluate(binary.left());
    Long right = evaluate(binary.right());
    boolean divides = binary.op() == BinaryKind.DIVIDE || binary.op() == BinaryKind.REMAINDER;
    if (left == null || right == null || divides && right == 0 && !element.type().isFloat()) {
      return null;
    }
    return Arithmetic.binary(Operators.binary(binary.op(), element), element.type(), left, right);
  }

  private static @Nullable Long fma(Contraction fused, Type type) {
    Long a = evaluate(fused.product().left());
    Long b = evaluate(fused.product().right());
    Long c = evaluate(fused.addend());
    if (a == null || b == null || c == null) {
      return null;
    }
    long factor = fused.negateProduct() ? Arithmetic.unary(UnaryOp.FNEG, type, a) : a;
    long addend = fused.negateAddend() ? Arithmetic.unary(UnaryOp.FNEG, type, c) : c;
    return Arithmetic.fma(type, factor, b, addend);
  }

  private static @Nullable Long comparison(Expr.Comparison comparison) {
    ElementType element = comparison.left().type().elementOrNull();
    Long left = evaluate(comparison.left());
    Long right = evaluate(comparison.right());
    if (element == null || left == null || right == null) {
      return null;
    }
    CompareOp op = Operators.compare(comparison.relation(), element);
    return Arithmetic.compare(op, element.type(), left, right) ? 1L : 0L;
  }

  /** Whether a constant scalar is not zero; null if it is not constant. */
  static @Nullable Boolean truth(Expr expr) {
    Long bits = evaluate(expr);
    ElementType element = expr.type().elementOrNull();
    if (bits == null || element == null) {
      return null;
    }
    if (element == ElementType.HALF) {
      return (bits & 0x7fff) != 0;
    }
    return element.type().isFloat()
        ? Arithmetic.compare(CompareOp.FNE, element.type(), bits, 0)
        : bits != 0;
  }

  private static @Nullable Long logical(Expr.Logical logical) {
    Boolean left = truth(logical.left());
    if (left == null) {
      return null;
    }
    if (left != logical.and()) {
      return left ? 1L : 0L;
    }
    Boolean right = truth(logical.right());
    return right == null ? null : right ? 1L : 0L;
  }

  private static @Nullable Long conditional(Expr.Conditional conditional) {
    Boolean test = truth(conditional.condition());
    if (test == null) {
      return null;
    }
    return evaluate(test ? conditional.ifTrue() : conditional.ifFalse());
  }

  private static @Nullable Long convert(Expr operand, ElementType to) {
    ElementType from = operand.type().elementOrNull();
    Long bits = evaluate(operand);
    if (from == null || bits == null) {
      return null;
    }
    if (to == ElementType.BOOL) {
      return Boolean.TRUE.equals(truth(operand)) ? 1L : 0L;
    }
    if (from == ElementType.BOOL) {
      return convert(ElementType.INT, to, bits);
    }
    return convert(from, to, bits);
  }

  private static long convert(ElementType from, ElementType to, long bits) {
    if (Code.throughFloat(from, to)) {
      return convert(ElementType.FLOAT, to, convert(from, ElementType.FLOAT, bits));
    }
    ConvertOp op = Operators.convert(from, to);
    return op == null ? bits : Arithmetic.convert(op, from.type(), to.type(), bits);
  }

  /** The value of a constant of file scope. */
  private static @Nullable Long content(Variable variable, ElementType element) {
    Bytes content = variable.content();
    if (content == null) {
      return null;
    }
    long bits = 0;
    for (int i = element.type().bytes() - 1; i >= 0; i--) {
      bits = bits << 8 | content.at(i) & 0xff;
    }
    return bits;
  }
}
