package dev.heddle.compiler.frontend.opencl;

import java.util.Objects;

/** Tells whether a function may change an object. */
final class Writes {
  private Writes() {}

  /** Whether the object is assigned to, or a pointer to it is kept or passed on. */
  static boolean mayChange(FunctionSymbol function, Variable object, PointsTo pointsTo) {
    boolean[] found = {false};
    Statement body = Objects.requireNonNull(function.body());
    Walk.statements(
        body,
        s -> {
          if (s instanceof Statement.Declare declare && declare.variable().type().isPointer()) {
            found[0] |=
                pointsTo.of(new Expr.VariableUse(declare.variable(), s.span())).contains(object);
          }
          if (s instanceof Statement.Return result
              && result.value() != null
              && result.value().type().isPointer()) {
            found[0] |= pointsTo.of(result.value()).contains(object);
          }
        });
    Walk.expressions(body, e -> found[0] |= changes(e, object, pointsTo));
    return found[0];
  }

  private static boolean changes(Expr expr, Variable object, PointsTo pointsTo) {
    return switch (expr) {
      case Expr.Assign e -> isIn(e.target(), object, pointsTo);
      case Expr.CompoundAssign e -> isIn(e.target(), object, pointsTo);
      case Expr.Increment e -> isIn(e.target(), object, pointsTo);
      case Expr.Call e -> e.arguments().stream().anyMatch(a -> leadsTo(a, object, pointsTo));
      case Expr.BuiltinCall e -> e.arguments().stream().anyMatch(a -> leadsTo(a, object, pointsTo));
      default -> false;
    };
  }

  private static boolean leadsTo(Expr argument, Variable object, PointsTo pointsTo) {
    return argument.type().isPointer() && pointsTo.of(argument).contains(object);
  }

  private static boolean isIn(Expr place, Variable object, PointsTo pointsTo) {
    return switch (place) {
      case Expr.VariableUse use -> use.variable() == object;
      case Expr.Member member -> isIn(member.base(), object, pointsTo);
      case Expr.Swizzle swizzle -> isIn(swizzle.base(), object, pointsTo);
      case Expr.Dereference dereference -> pointsTo.of(dereference.pointer()).contains(object);
      default -> false;
    };
  }
}
