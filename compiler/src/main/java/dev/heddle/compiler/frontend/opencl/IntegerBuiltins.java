package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.Map;

/** Integer functions (section 6.12.3). */
final class IntegerBuiltins {
  private IntegerBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    Builtin.Rule one = BuiltinRules.integers(1);
    Builtin.Rule two = BuiltinRules.integers(2);
    Builtin.Rule three = BuiltinRules.integers(3);
    Builtin.Rule oneUnsigned = BuiltinRules.same(1, BuiltinRules::integer, BuiltinRules::unsigned);
    Builtin.Rule twoUnsigned = BuiltinRules.same(2, BuiltinRules::integer, BuiltinRules::unsigned);
    add(table, "abs", oneUnsigned, IntegerBuiltins::abs);
    add(table, "abs_diff", twoUnsigned, IntegerBuiltins::absDiff);
    add(table, "add_sat", two, (c, e, a) -> addSat(c, e, a.get(0), a.get(1)));
    add(table, "sub_sat", two, (c, e, a) -> subSat(c, e, a.get(0), a.get(1)));
    add(table, "hadd", two, IntegerBuiltins::hadd);
    add(table, "rhadd", two, IntegerBuiltins::rhadd);
    add(table, "clz", one, (c, e, a) -> c.unary(UnaryOp.CLZ, a.getFirst()));
    add(table, "ctz", one, (c, e, a) -> c.unary(UnaryOp.CTZ, a.getFirst()));
    add(table, "popcount", one, (c, e, a) -> c.unary(UnaryOp.POPCOUNT, a.getFirst()));
    add(table, "rotate", two, (c, e, a) -> c.binary(BinaryOp.ROTL, a.get(0), a.get(1)));
    add(table, "mul_hi", two, (c, e, a) -> mulHi(c, e, a.get(0), a.get(1)));
    add(
        table,
        "mad_hi",
        three,
        (c, e, a) -> c.binary(BinaryOp.ADD, mulHi(c, e, a.get(0), a.get(1)), a.get(2)));
    add(table, "mad_sat", three, IntegerBuiltins::madSat);
    add(table, "mul24", two, (c, e, a) -> c.binary(BinaryOp.MUL, a.get(0), a.get(1)));
    add(
        table,
        "mad24",
        three,
        (c, e, a) -> c.binary(BinaryOp.ADD, c.binary(BinaryOp.MUL, a.get(0), a.get(1)), a.get(2)));
    add(table, "min", BuiltinRules.numbers(2), (c, e, a) -> min(c, e, a.get(0), a.get(1)));
    add(table, "max", BuiltinRules.numbers(2), (c, e, a) -> max(c, e, a.get(0), a.get(1)));
    add(
        table,
        "clamp",
        BuiltinRules.numbers(3),
        (c, e, a) -> clamp(c, e, a.get(0), a.get(1), a.get(2)));
    table.put(
        "upsample",
        new Builtin(
            "upsample",
            IntegerBuiltins::upsampleRule,
            BuiltinRules.each(IntegerBuiltins::upsample),
            true));
  }

  private static void add(
      Map<String, Builtin> table,
      String name,
      Builtin.Rule rule,
      BuiltinRules.Component component) {
    table.put(name, new Builtin(name, rule, BuiltinRules.each(component), true));
  }

  static Value integerMin(Code code, ElementType element, Value a, Value b) {
    return code.binary(element.signed() ? BinaryOp.SMIN : BinaryOp.UMIN, a, b);
  }

  static Value integerMax(Code code, ElementType element, Value a, Value b) {
    return code.binary(element.signed() ? BinaryOp.SMAX : BinaryOp.UMAX, a, b);
  }

  /** For floats {@code y < x ? y : x}. */
  static Value min(Code code, ElementType element, Value x, Value y) {
    return element.type().isFloat()
        ? code.select(code.compare(CompareOp.FLT, y, x), y, x)
        : integerMin(code, element, x, y);
  }

  /** For floats {@code x < y ? y : x}. */
  static Value max(Code code, ElementType element, Value x, Value y) {
    return element.type().isFloat()
        ? code.select(code.compare(CompareOp.FLT, x, y), y, x)
        : integerMax(code, element, x, y);
  }

  static Value clamp(Code code, ElementType element, Value x, Value low, Value high) {
    return element.type().isFloat()
        ? code.binary(BinaryOp.FMIN, code.binary(BinaryOp.FMAX, x, low), high)
        : integerMin(code, element, integerMax(code, element, x, low), high);
  }

  private static Value abs(Code code, ElementType element, List<Value> a) {
    Value x = a.getFirst();
    return element.signed() ? code.binary(BinaryOp.SMAX, x, code.unary(UnaryOp.NEG, x)) : x;
  }

  /** {@code max - min}, which fits the unsigned type. */
  private static Value absDiff(Code code, ElementType element, List<Value> a) {
    return code.binary(
        BinaryOp.SUB,
        integerMax(code, element, a.get(0), a.get(1)),
        integerMin(code, element, a.get(0), a.get(1)));
  }

  private static Value lowest(Code code, Type type) {
    return code.constant(type, 1L << type.bits() - 1);
  }

  private static Value highest(Code code, Type type) {
    return code.constant(type, (1L << type.bits() - 1) - 1);
  }

  /** On signed overflow the limit on the side of the first operand. */
  private static Value limit(Code code, Value a) {
    Value negative = code.compare(CompareOp.SLT, a, code.zero(a.type()));
    return code.select(negative, lowest(code, a.type()), highest(code, a.type()));
  }

  private static Value addSat(Code code, ElementType element, Value a, Value b) {
    Value sum = code.binary(BinaryOp.ADD, a, b);
    if (!element.signed()) {
      Value wrapped = code.compare(CompareOp.ULT, sum, a);
      return code.select(wrapped, code.constant(a.type(), -1), sum);
    }
    // overflow: both operands differ in sign from the sum
    Value differ =
        code.binary(
            BinaryOp.AND, code.binary(BinaryOp.XOR, a, sum), code.binary(BinaryOp.XOR, b, sum));
    Value overflow = code.compare(CompareOp.SLT, differ, code.zero(a.type()));
    return code.select(overflow, limit(code, a), sum);
  }

  private static Value subSat(Code code, ElementType element, Value a, Value b) {
    Value difference = code.binary(BinaryOp.SUB, a, b);
    if (!element.signed()) {
      Value wrapped = code.compare(CompareOp.ULT, a, b);
      return code.select(wrapped, code.zero(a.type()), difference);
    }
    // overflow: the operands differ in sign, and so do the first one and the difference
    Value differ =
        code.binary(
            BinaryOp.AND,
            code.binary(BinaryOp.XOR, a, b),
            code.binary(BinaryOp.XOR, a, difference));
    Value overflow = code.compare(CompareOp.SLT, differ, code.zero(a.type()));
    return code.select(overflow, limit(code, a), difference);
  }

  private static Value half(Code code, ElementType element, Value a) {
    BinaryOp shift = element.signed() ? BinaryOp.ASHR : BinaryOp.LSHR;
    return code.binary(shift, a, code.constant(a.type(), 1));
  }

  /** {@code (a & b) + ((a ^ b) >> 1)}: the mean without overflow, rounded down. */
  private static Value hadd(Code code, ElementType element, List<Value> a) {
    Value common = code.binary(BinaryOp.AND, a.get(0), a.get(1));
    Value differ = code.binary(BinaryOp.XOR, a.get(0), a.get(1));
    return code.binary(BinaryOp.ADD, common, half(code, element, differ));
  }

  /** {@code (a | b) - ((a ^ b) >> 1)}: rounded up. */
  private static Value rhadd(Code code, ElementType element, List<Value> a) {
    Value either = code.binary(BinaryOp.OR, a.get(0), a.get(1));
    Value differ = code.binary(BinaryOp.XOR, a.get(0), a.get(1));
    return code.binary(BinaryOp.SUB, either, half(code, element, differ));
  }

  static Value mulHi(Code code, ElementType element, Value a, Value b) {
    return code.binary(element.signed() ? BinaryOp.SMULHI : BinaryOp.UMULHI, a, b);
  }

  /** The product fits if its high half is the sign of its low half; then the sum may saturate. */
  private static Value madSat(Code code, ElementType element, List<Value> a) {
    Value low = code.binary(BinaryOp.MUL, a.get(0), a.get(1));
    Value high = mulHi(code, element, a.get(0), a.get(1));
    if (!element.signed()) {
      Value sum = addSat(code, element, low, a.get(2));
      Value over = code.compare(CompareOp.NE, high, code.zero(low.type()));
      return code.select(over, code.constant(low.type(), -1), sum);
    }
    return signedMadSat(code, low, high, a.get(2));
  }

  /** The double-width sum, high half and low half; it fits if the high half is the low's sign. */
  private static Value signedMadSat(Code code, Value low, Value high, Value c) {
    Type type = low.type();
    Value last = code.constant(type, type.bits() - 1);
    Value wideLow = code.binary(BinaryOp.ADD, low, c);
    Value carry = code.compare(CompareOp.ULT, wideLow, low);
    Value extended = code.binary(BinaryOp.ADD, high, code.binary(BinaryOp.ASHR, c, last));
    Value wideHigh =
        code.binary(BinaryOp.ADD, extended, code.builder().convert(ConvertOp.ZEXT, type, carry));
    Value sign = code.binary(BinaryOp.ASHR, wideLow, last);
    Value fits = code.compare(CompareOp.EQ, wideHigh, sign);
    return code.select(fits, wideLow, limit(code, wideHigh));
  }

  private static Expr upsampleRule(
      Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    if (arguments.size() != 2) {
      return BuiltinRules.wrongCount(typing, builtin, 2, arguments, span);
    }
    Expr high = arguments.get(0);
    Expr low = arguments.get(1);
    ElementType element = BuiltinRules.integer(high.type().elementOrNull());
    if (element == null
        || element.type() == Type.I64
        || BuiltinRules.integer(low.type().elementOrNull()) == null
        || !BuiltinRules.unsigned(low.type()).equals(BuiltinRules.unsigned(high.type()))) {
      return BuiltinRules.wrongType(
          typing, builtin, low, "an integer and an unsigned one of the same size");
    }
    ElementType wide =
        switch (element.type()) {
          case I8 -> element.signed() ? ElementType.SHORT : ElementType.USHORT;
          case I16 -> element.signed() ? ElementType.INT : ElementType.UINT;
          default -> element.signed() ? ElementType.LONG : ElementType.ULONG;
        };
    List<Expr> typed =
        List.of(high, typing.conversions().convert(low, BuiltinRules.unsigned(high.type())));
    return new Expr.BuiltinCall(builtin, typed, CType.of(wide, high.type().components()), span);
  }

  private static Value upsample(Code code, ElementType element, List<Value> a) {
    int bits = element.type().bits();
    Type wide = bits == 8 ? Type.I16 : bits == 16 ? Type.I32 : Type.I64;
    Value high = code.builder().convert(ConvertOp.ZEXT, wide, a.get(0));
    Value low = code.builder().convert(ConvertOp.ZEXT, wide, a.get(1));
    Value shifted = code.binary(BinaryOp.SHL, high, code.constant(wide, bits));
    return code.binary(BinaryOp.OR, shifted, low);
  }
}
