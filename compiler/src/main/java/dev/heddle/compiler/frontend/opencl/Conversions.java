package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import org.jspecify.annotations.Nullable;

/** The conversions of C: promotions, usual arithmetic, implicit and explicit. */
final class Conversions {
  private final Diagnostics diagnostics;

  Conversions(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  private Expr mistake(Span span, String message) {
    diagnostics.error(span, message);
    return new Expr.Invalid(span);
  }

  /** The value of an expression: an array is the address of its first element. */
  Expr rvalue(Expr expr) {
    if (!(expr.type() instanceof CType.Array array)) {
      return expr;
    }
    Qualified place = Places.of(expr);
    Qualified element =
        place == null ? Qualified.of(array.element()) : place.withType(array.element());
    return new Expr.Decay(expr, new CType.Pointer(element), expr.span());
  }

  static CType promoted(CType type) {
    return type instanceof CType.Scalar scalar ? CType.scalar(promoted(scalar.element())) : type;
  }

  private static ElementType promoted(ElementType element) {
    return switch (element) {
      case BOOL, CHAR, UCHAR, SHORT, USHORT -> ElementType.INT;
      default -> element;
    };
  }

  Expr promote(Expr expr) {
    return convert(expr, promoted(expr.type()));
  }

  /** The common type of two arithmetic types; null if there is none. */
  @Nullable CType common(CType left, CType right) {
    ElementType a = left.elementOrNull();
    ElementType b = right.elementOrNull();
    if (a == null || b == null) {
      return null;
    }
    boolean leftVector = left instanceof CType.Vector;
    boolean rightVector = right instanceof CType.Vector;
    if (leftVector && rightVector) {
      return left.equals(right) ? left : null;
    }
    if (leftVector || rightVector) {
      return leftVector ? left : right;
    }
    ElementType pa = promoted(a);
    ElementType pb = promoted(b);
    // the order of declaration is the conversion rank: int, uint, long, ulong, half, float, double
    return CType.scalar(pa.compareTo(pb) >= 0 ? pa : pb);
  }

  /** Converts between arithmetic types, or types that are the same; no checks. */
  Expr convert(Expr expr, CType type) {
    if (expr.type().equals(type) || expr.type().isInvalid() || type.isInvalid()) {
      return expr;
    }
    if (isNull(expr) && type.isPointer()) {
      return new Expr.Null(type, expr.span());
    }
    return Constants.folded(new Expr.Convert(expr, type, expr.span()));
  }

  /** The float type that values of this type are computed in; the type itself if it is no half. */
  static CType computed(CType type) {
    return type.elementOrNull() == ElementType.HALF
        ? CType.of(ElementType.FLOAT, type.components())
        : type;
  }

  /** A value to compute with: a half becomes a float, which holds it exactly. */
  Expr computed(Expr expr) {
    return convert(expr, computed(expr.type()));
  }

  boolean isNull(Expr expr) {
    return expr instanceof Expr.Null
        || expr instanceof Expr.Literal literal && !literal.type().isFloat() && literal.bits() == 0;
  }

  /** A zero beside a pointer is the null pointer. */
  Expr nullTo(Expr expr, CType other) {
    return isNull(expr) && other.isPointer() ? new Expr.Null(other, expr.span()) : expr;
  }

  /**
   * Converts as an assignment does, or reports why that cannot be.
   *
   * @param use completes "X cannot be ... to Y"
   */
  Expr implicit(Expr operand, CType type, String use) {
    Expr value = rvalue(operand);
    if (value.type().isInvalid() || type.isInvalid()) {
      return new Expr.Invalid(value.span());
    }
    if (value.type().equals(type)) {
      return value;
    }
    if (type.isPointer()) {
      return implicitPointer(value, (CType.Pointer) type, use);
    }
    ElementType from = value.type().elementOrNull();
    ElementType to = type.elementOrNull();
    boolean widths =
        value.type().components() == 1
            && (type.components() == 1 || value.type() instanceof CType.Scalar);
    if (from == null || to == null || !widths) {
      return refuse(value, type, use);
    }
    return convert(value, type);
  }

  private Expr refuse(Expr value, CType type, String use) {
    String hint = hint(value.type(), type);
    return mistake(
        value.span(),
        "a value of type %s cannot be %s where %s is expected%s"
            .formatted(value.type().text(), use, type.text(), hint));
  }

  private static String hint(CType from, CType to) {
    if (from instanceof CType.Vector && from.components() == to.components()) {
      return "; convert_" + to.text() + "() converts";
    }
    boolean fewer = from instanceof CType.Vector && to.components() < from.components();
    boolean chooses = fewer && to.elementOrNull() != null;
    return chooses
        ? "; choose components, as in v." + "xyzw".substring(0, Math.min(4, to.components()))
        : "";
  }

  private Expr implicitPointer(Expr value, CType.Pointer type, String use) {
    if (isNull(value)) {
      return new Expr.Null(type, value.span());
    }
    if (!(value.type() instanceof CType.Pointer from)) {
      return refuse(value, type, use);
    }
    Qualified source = from.target();
    Qualified target = type.target();
    if (!spacesFit(source, target)) {
      return mistake(
          value.span(),
          "a pointer into %s memory cannot be %s where %s is expected"
              .formatted(name(source.space()), use, type.text()));
    }
    boolean anyType = source.type() instanceof CType.Void || target.type() instanceof CType.Void;
    if (!anyType && !source.type().equals(target.type())) {
      diagnostics.warning(
          value.span(),
          "a %s is %s where %s is expected; the bytes are reinterpreted"
              .formatted(from.text(), use, type.text()));
    } else if (source.constant() && !target.constant() && target.space() != AddressSpace.CONSTANT) {
      diagnostics.warning(value.span(), "this drops the const of " + from.text());
    }
    return new Expr.Convert(value, type, value.span());
  }

  /** A pointer declared without address space may point anywhere, as in OpenCL C 2.0. */
  private static boolean spacesFit(Qualified source, Qualified target) {
    boolean tables =
        source.space() == AddressSpace.CONSTANT && target.space() == AddressSpace.GLOBAL;
    return source.space() == target.space() || !target.explicit() || tables && target.constant();
  }

  private static String name(AddressSpace space) {
    return switch (space) {
      case GLOBAL -> "__global";
      case LOCAL -> "__local";
      case CONSTANT -> "__constant";
      case PRIVATE -> "private";
    };
  }

  /** A cast. */
  Expr explicit(Expr operand, CType type, Span span) {
    Expr value = rvalue(operand);
    if (value.type().isInvalid() || type.isInvalid()) {
      return new Expr.Invalid(span);
    }
    if (type instanceof CType.Void || value.type().equals(type)) {
      return type instanceof CType.Void ? new Expr.Convert(value, type, span) : value;
    }
    if (type instanceof CType.Pointer pointer) {
      return castToPointer(value, pointer, span);
    }
    boolean scalars =
        value.type().elementOrNull() != null
            && type.elementOrNull() != null
            && value.type() instanceof CType.Scalar;
    if (scalars) {
      return convert(value, type);
    }
    return refuseCast(value, type, span);
  }

  private Expr refuseCast(Expr value, CType type, Span span) {
    String hint = "";
    if (value.type() instanceof CType.Vector && type instanceof CType.Vector) {
      hint = "; use convert_" + type.text() + "() or as_" + type.text() + "()";
    } else if (value.type().isPointer() && type.isInteger()) {
      hint = "; the address behind a pointer is not known to a kernel here";
    }
    return mistake(
        span, "%s cannot be cast to %s%s".formatted(value.type().text(), type.text(), hint));
  }

  private Expr castToPointer(Expr value, CType.Pointer type, Span span) {
    if (isNull(value)) {
      return new Expr.Null(type, span);
    }
    if (!(value.type() instanceof CType.Pointer from)) {
      return refuseCast(value, type, span);
    }
    if (from.target().space() != type.target().space() && type.target().explicit()) {
      return mistake(
          span,
          "a cast cannot move a pointer from %s to %s memory"
              .formatted(name(from.target().space()), name(type.target().space())));
    }
    // "(float*) p" keeps the address space of p
    Qualified target =
        type.target().explicit() ? type.target() : type.target().in(from.target().space());
    boolean generic = !type.target().explicit() && !from.target().explicit();
    return new Expr.Convert(value, generic ? type : new CType.Pointer(target), span);
  }
}
