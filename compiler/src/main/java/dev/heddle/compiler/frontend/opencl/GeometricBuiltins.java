package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Geometric functions (section 6.12.5). Sums run from the first component to the last, fused. */
final class GeometricBuiltins {
  private GeometricBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    scalar(table, "dot", 2, a -> dot(a.code, a.first, a.second));
    scalar(table, "length", 1, a -> length(a.code, a.first));
    scalar(table, "distance", 2, a -> length(a.code, subtract(a)));
    scalar(table, "fast_length", 1, a -> length(a.code, a.first));
    scalar(table, "fast_distance", 2, a -> length(a.code, subtract(a)));
    vector(table, "normalize", 1, GeometricBuiltins::normalize);
    vector(table, "fast_normalize", 1, GeometricBuiltins::normalize);
    vector(table, "cross", 2, GeometricBuiltins::cross);
    Builtin cross = Objects.requireNonNull(table.get("cross"));
    table.put("cross", new Builtin("cross", GeometricBuiltins::crossRule, cross.emit(), false));
  }

  private static Expr crossRule(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    for (Expr argument : arguments) {
      int width = argument.type().components();
      if (width != 3 && width != 4) {
        return BuiltinRules.wrongType(typing, builtin, argument, "vectors of 3 or 4");
      }
    }
    return BuiltinRules.reals(2).type(typing, builtin, arguments, span);
  }

  private record Arguments(Code code, ElementType element, List<Value> first, List<Value> second) {}

  private interface ToScalar {
    Value emit(Arguments arguments);
  }

  private interface ToVector {
    List<Value> emit(Arguments arguments);
  }

  private static Arguments arguments(ExpressionLowering lowering, Expr.BuiltinCall call) {
    List<Value> first = lowering.scalars(call.arguments().getFirst());
    List<Value> second = lowering.scalars(call.arguments().getLast());
    ElementType element = call.arguments().getFirst().type().lane();
    return new Arguments(lowering.code().at(call.span()), element, first, second);
  }

  private static void scalar(Map<String, Builtin> table, String name, int count, ToScalar emit) {
    Builtin.Rule rule = BuiltinRules.same(count, BuiltinRules::real, t -> CType.scalar(t.lane()));
    table.put(
        name, new Builtin(name, rule, (l, c) -> Lowered.of(emit.emit(arguments(l, c))), false));
  }

  private static void vector(Map<String, Builtin> table, String name, int count, ToVector emit) {
    table.put(
        name,
        new Builtin(
            name,
            BuiltinRules.reals(count),
            (l, c) -> new Lowered.Scalars(emit.emit(arguments(l, c))),
            false));
  }

  private static Value dot(Code code, List<Value> a, List<Value> b) {
    Value sum = code.binary(BinaryOp.FMUL, a.getFirst(), b.getFirst());
    for (int i = 1; i < a.size(); i++) {
      sum = code.builder().fma(a.get(i), b.get(i), sum);
    }
    return sum;
  }

  /** A scalar's length is its magnitude. */
  private static Value length(Code code, List<Value> a) {
    return a.size() == 1
        ? code.unary(UnaryOp.FABS, a.getFirst())
        : code.unary(UnaryOp.SQRT, dot(code, a, a));
  }

  private static List<Value> subtract(Arguments a) {
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < a.first.size(); i++) {
      results.add(a.code.binary(BinaryOp.FSUB, a.first.get(i), a.second.get(i)));
    }
    return results;
  }

  /** The zero vector stays. */
  private static List<Value> normalize(Arguments a) {
    Value length = length(a.code, a.first);
    Value zero = a.code.compare(CompareOp.FEQ, length, a.code.number(a.element, 0));
    return a.first.stream()
        .map(x -> a.code.select(zero, x, a.code.binary(BinaryOp.FDIV, x, length)))
        .toList();
  }

  private static List<Value> cross(Arguments a) {
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      int k = (i + 2) % 3;
      Value subtracted = a.code.binary(BinaryOp.FMUL, a.first.get(k), a.second.get(j));
      Value negative = a.code.unary(UnaryOp.FNEG, subtracted);
      results.add(a.code.builder().fma(a.first.get(j), a.second.get(k), negative));
    }
    if (a.first.size() == 4) {
      results.add(a.code.number(a.element, 0));
    }
    return results;
  }
}
