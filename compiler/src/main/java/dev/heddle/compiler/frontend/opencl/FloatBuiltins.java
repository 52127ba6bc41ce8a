package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.Map;

/** Math and common functions (sections 6.12.2 and 6.12.4). */
final class FloatBuiltins {
  private FloatBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    for (BuiltinOp op : BuiltinOp.values()) {
      boolean asWritten = op.operands() < 3 && op != BuiltinOp.REMQUO;
      if (asWritten) {
        add(table, op.text(), op.operands(), false, (c, e, a) -> c.builder().builtin(op, a));
      }
    }
    unary(table, "fabs", UnaryOp.FABS);
    unary(table, "sqrt", UnaryOp.SQRT);
    unary(table, "floor", UnaryOp.FLOOR);
    unary(table, "ceil", UnaryOp.CEIL);
    unary(table, "trunc", UnaryOp.FTRUNC);
    unary(table, "rint", UnaryOp.RINT);
    add(table, "round", 1, true, (c, e, a) -> FloatSequences.round(c, a.getFirst()));
    add(table, "fma", 3, true, (c, e, a) -> c.builder().fma(a.get(0), a.get(1), a.get(2)));
    add(table, "mad", 3, true, (c, e, a) -> c.builder().fma(a.get(0), a.get(1), a.get(2)));
    add(table, "fmin", 2, true, (c, e, a) -> c.binary(BinaryOp.FMIN, a.get(0), a.get(1)));
    add(table, "fmax", 2, true, (c, e, a) -> c.binary(BinaryOp.FMAX, a.get(0), a.get(1)));
    add(table, "fdim", 2, true, FloatBuiltins::fdim);
    add(table, "copysign", 2, true, (c, e, a) -> FloatSequences.copySign(c, a.get(0), a.get(1)));
    add(table, "maxmag", 2, true, (c, e, a) -> magnitude(c, a, BinaryOp.FMAX, CompareOp.FGT));
    add(table, "minmag", 2, true, (c, e, a) -> magnitude(c, a, BinaryOp.FMIN, CompareOp.FLT));
    add(table, "logb", 1, false, (c, e, a) -> FloatSequences.logb(c, e, a.getFirst()));
    add(table, "nextafter", 2, false, (c, e, a) -> FloatSequences.nextAfter(c, a.get(0), a.get(1)));
    common(table);
    narrow(table);
    withInteger(table);
    FloatPlaceBuiltins.addTo(table);
  }

  private static void add(
      Map<String, Builtin> table,
      String name,
      int count,
      boolean cheap,
      BuiltinRules.Component component) {
    table.put(
        name, new Builtin(name, BuiltinRules.reals(count), BuiltinRules.each(component), cheap));
  }

  private static void unary(Map<String, Builtin> table, String name, UnaryOp op) {
    add(table, name, 1, op != UnaryOp.SQRT, (c, e, a) -> c.unary(op, a.getFirst()));
  }

  /** Section 6.12.4. */
  private static void common(Map<String, Builtin> table) {
    add(table, "degrees", 1, true, (c, e, a) -> times(c, e, a.getFirst(), 180 / Math.PI));
    add(table, "radians", 1, true, (c, e, a) -> times(c, e, a.getFirst(), Math.PI / 180));
    add(table, "sign", 1, true, (c, e, a) -> sign(c, e, a.getFirst()));
    add(table, "step", 2, true, FloatBuiltins::step);
    add(table, "smoothstep", 3, true, FloatBuiltins::smoothStep);
    add(table, "mix", 3, true, FloatBuiltins::mix);
  }

  /** The native and half functions are the full ones here. */
  private static void narrow(Map<String, Builtin> table) {
    List<String> names =
        List.of(
            "cos", "exp", "exp2", "exp10", "log", "log2", "log10", "powr", "rsqrt", "sin", "sqrt",
            "tan");
    for (String name : names) {
      Builtin full = table.get(name);
      table.put("native_" + name, full);
      table.put("half_" + name, full);
    }
    for (String prefix : List.of("native_", "half_")) {
      add(
          table,
          prefix + "divide",
          2,
          true,
          (c, e, a) -> c.binary(BinaryOp.FDIV, a.get(0), a.get(1)));
      add(
          table,
          prefix + "recip",
          1,
          true,
          (c, e, a) -> c.binary(BinaryOp.FDIV, c.number(e, 1), a.getFirst()));
    }
  }

  private static void withInteger(Map<String, Builtin> table) {
    table.put(
        "ldexp",
        new Builtin(
            "ldexp",
            BuiltinRules.realAndInteger(),
            BuiltinRules.each((c, e, a) -> FloatSequences.ldexp(c, e, a.get(0), a.get(1))),
            true));
    integerPower(table, "pown", BuiltinOp.POWN);
    integerPower(table, "rootn", BuiltinOp.ROOTN);
    table.put(
        "ilogb",
        new Builtin(
            "ilogb",
            BuiltinRules.same(
                1, BuiltinRules::real, t -> CType.of(ElementType.INT, t.components())),
            BuiltinRules.each((c, e, a) -> FloatSequences.ilogb(c, e, a.getFirst())),
            false));
    table.put(
        "nan",
        new Builtin(
            "nan",
            BuiltinRules.same(
                1,
                BuiltinRules::integer,
                t ->
                    CType.of(
                        t.lane().type() == Type.I64 ? ElementType.DOUBLE : ElementType.FLOAT,
                        t.components())),
            BuiltinRules.each(
                (c, e, a) ->
                    c.number(
                        e.type() == Type.I64 ? ElementType.DOUBLE : ElementType.FLOAT, Double.NaN)),
            true));
  }

  private static void integerPower(Map<String, Builtin> table, String name, BuiltinOp op) {
    table.put(
        name,
        new Builtin(
            name,
            BuiltinRules.realAndInteger(),
            BuiltinRules.each(
                (c, e, a) -> {
                  List<Value> n = FloatSequences.inTwo(c, e, a.get(1));
                  return c.builder().builtin(op, List.of(a.get(0), n.get(0), n.get(1)));
                }),
            false));
  }

  private static Value times(Code code, ElementType element, Value a, double factor) {
    return code.binary(BinaryOp.FMUL, a, code.number(element, factor));
  }

  /** {@code x <= y ? 0 : x - y}: a NaN operand gives NaN. */
  private static Value fdim(Code code, ElementType element, List<Value> a) {
    Value below = code.compare(CompareOp.FLE, a.get(0), a.get(1));
    Value difference = code.binary(BinaryOp.FSUB, a.get(0), a.get(1));
    return code.select(below, code.number(element, 0), difference);
  }

  private static Value magnitude(
      Code code, List<Value> a, BinaryOp whenEqual, CompareOp firstWins) {
    Value x = code.unary(UnaryOp.FABS, a.get(0));
    Value y = code.unary(UnaryOp.FABS, a.get(1));
    Value first = code.compare(firstWins, x, y);
    Value second = code.compare(firstWins, y, x);
    Value equal = code.binary(whenEqual, a.get(0), a.get(1));
    return code.select(first, a.get(0), code.select(second, a.get(1), equal));
  }

  /** 1, -1, a zero of the same sign; 0 for NaN. */
  private static Value sign(Code code, ElementType element, Value x) {
    Value zero = code.number(element, 0);
    Value one = FloatSequences.copySign(code, code.number(element, 1), x);
    Value isZero = code.compare(CompareOp.FEQ, x, zero);
    Value isNan = code.compare(CompareOp.FNE, x, x);
    return code.select(isNan, zero, code.select(isZero, x, one));
  }

  private static Value step(Code code, ElementType element, List<Value> a) {
    Value below = code.compare(CompareOp.FLT, a.get(1), a.get(0));
    return code.select(below, code.number(element, 0), code.number(element, 1));
  }

  /** {@code t = clamp((x - e0) / (e1 - e0), 0, 1); t * t * (3 - 2 * t)}. */
  private static Value smoothStep(Code code, ElementType element, List<Value> a) {
    Value range = code.binary(BinaryOp.FSUB, a.get(1), a.get(0));
    Value along = code.binary(BinaryOp.FSUB, a.get(2), a.get(0));
    Value t =
        IntegerBuiltins.clamp(
            code,
            element,
            code.binary(BinaryOp.FDIV, along, range),
            code.number(element, 0),
            code.number(element, 1));
    Value slope = code.builder().fma(code.number(element, -2), t, code.number(element, 3));
    return code.binary(BinaryOp.FMUL, code.binary(BinaryOp.FMUL, t, t), slope);
  }

  /** {@code x + (y - x) * a}. */
  private static Value mix(Code code, ElementType element, List<Value> a) {
    Value difference = code.binary(BinaryOp.FSUB, a.get(1), a.get(0));
    return code.builder().fma(difference, a.get(2), a.get(0));
  }
}
