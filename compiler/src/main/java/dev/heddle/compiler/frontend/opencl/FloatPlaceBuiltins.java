package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Math functions that store a second result through a pointer. */
final class FloatPlaceBuiltins {
  private FloatPlaceBuiltins() {}

  /** Both results for one component: the returned one, then the stored one. */
  @FunctionalInterface
  private interface Both {
    List<Value> emit(Code code, ElementType element, List<Value> arguments);
  }

  static void addTo(Map<String, Builtin> table) {
    add(table, "sincos", 1, false, (c, e, a) -> sincos(c, a.getFirst()));
    add(table, "fract", 1, false, (c, e, a) -> fract(c, e, a.getFirst()));
    add(table, "modf", 1, false, (c, e, a) -> modf(c, e, a.getFirst()));
    add(table, "frexp", 1, true, (c, e, a) -> FloatSequences.frexp(c, e, a.getFirst()));
    add(table, "lgamma_r", 1, true, (c, e, a) -> lgamma(c, e, a.getFirst()));
    add(table, "remquo", 2, true, FloatPlaceBuiltins::remquo);
  }

  private static void add(
      Map<String, Builtin> table, String name, int count, boolean integerPlace, Both both) {
    table.put(
        name,
        new Builtin(
            name,
            BuiltinRules.realsAndPlace(count, integerPlace),
            (lowering, call) -> emit(lowering, call, both),
            false));
  }

  private static Lowered emit(ExpressionLowering lowering, Expr.BuiltinCall call, Both both) {
    Expr target = call.arguments().getLast();
    List<List<Value>> arguments = new ArrayList<>();
    for (Expr argument : call.arguments().subList(0, call.arguments().size() - 1)) {
      arguments.add(lowering.scalars(argument));
    }
    Lowered.Pointer pointer = lowering.pointer(target);
    ElementType element = call.type().lane();
    lowering.code().at(call.span());
    List<Value> returned = new ArrayList<>();
    List<Value> stored = new ArrayList<>();
    for (int i = 0; i < call.type().components(); i++) {
      int at = i;
      List<Value> own = arguments.stream().map(values -> values.get(at)).toList();
      List<Value> results = both.emit(lowering.code(), element, own);
      returned.add(results.get(0));
      stored.add(results.get(1));
    }
    CType type = ((CType.Pointer) target.type()).target().type();
    lowering
        .function()
        .places()
        .store(
            new PlaceLowering.Place.InMemory(pointer, type, type.alignment()),
            new Lowered.Scalars(stored),
            call.span());
    return new Lowered.Scalars(returned);
  }

  private static List<Value> sincos(Code code, Value x) {
    return List.of(
        code.builder().builtin(BuiltinOp.SIN, List.of(x)),
        code.builder().builtin(BuiltinOp.COS, List.of(x)));
  }

  /** The fraction, below 1 also where the subtraction rounds up; and the floor. */
  private static List<Value> fract(Code code, ElementType element, Value x) {
    Value floor = code.unary(UnaryOp.FLOOR, x);
    Value below =
        code.number(element, element == ElementType.FLOAT ? 0x1.fffffep-1 : 0x1.fffffffffffffp-1);
    Value rest = code.binary(BinaryOp.FSUB, x, floor);
    Value bounded = code.select(code.compare(CompareOp.FLT, below, rest), below, rest);
    Value infinite = FloatSequences.isInfinite(code, x);
    Value zero = FloatSequences.copySign(code, code.number(element, 0), x);
    return List.of(code.select(infinite, zero, bounded), floor);
  }

  private static List<Value> modf(Code code, ElementType element, Value x) {
    Value whole = code.unary(UnaryOp.FTRUNC, x);
    Value rest = code.binary(BinaryOp.FSUB, x, whole);
    Value infinite = FloatSequences.isInfinite(code, x);
    Value part = code.select(infinite, code.number(element, 0), rest);
    return List.of(FloatSequences.copySign(code, part, x), whole);
  }

  private static List<Value> remquo(Code code, ElementType element, List<Value> a) {
    Value bits = code.builder().builtin(BuiltinOp.REMQUO, a);
    return List.of(
        code.builder().builtin(BuiltinOp.REMAINDER, a),
        code.convert(bits, element, ElementType.INT));
  }

  /** The gamma function is negative between a negative odd integer and the next even one below. */
  private static List<Value> lgamma(Code code, ElementType element, Value x) {
    Value half =
        code.binary(BinaryOp.FMUL, code.unary(UnaryOp.FLOOR, x), code.number(element, 0.5));
    Value odd = code.compare(CompareOp.FNE, code.unary(UnaryOp.FLOOR, half), half);
    Value bits = FloatSequences.bits(code, x);
    Value signed = code.compare(CompareOp.SLT, bits, code.zero(bits.type()));
    Value zero = code.compare(CompareOp.FEQ, x, code.number(element, 0));
    Value negative = code.select(zero, signed, code.binary(BinaryOp.AND, odd, signed));
    Value sign = code.select(negative, code.constant(Type.I32, -1), code.constant(Type.I32, 1));
    return List.of(code.builder().builtin(BuiltinOp.LGAMMA, List.of(x)), sign);
  }
}
