package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code convert_T[_sat][_rounding]} and {@code as_T} (sections 6.2.3 and 6.2.4). */
final class ConversionBuiltins {
  private static final int[] WIDTHS = {1, 2, 3, 4, 8, 16};

  private ConversionBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    for (ElementType element : ElementType.values()) {
      if (element == ElementType.BOOL) {
        continue;
      }
      for (int width : WIDTHS) {
        CType target = CType.of(element, width);
        addConversions(table, target, element);
        String name = "as_" + target.text();
        table.put(
            name,
            new Builtin(
                name,
                (typing, builtin, arguments, span) ->
                    reinterpretRule(typing, builtin, target, arguments, span),
                ConversionBuiltins::reinterpret,
                true));
      }
    }
  }

  private static void addConversions(
      Map<String, Builtin> table, CType target, ElementType element) {
    for (boolean saturate : new boolean[] {false, true}) {
      for (Rounding rounding : Rounding.values()) {
        if (saturate && element.type().isFloat()) {
          continue;
        }
        String name = "convert_" + target.text() + (saturate ? "_sat" : "") + rounding.suffix();
        table.put(
            name,
            new Builtin(
                name,
                (typing, builtin, arguments, span) ->
                    convertRule(typing, builtin, target, arguments, span),
                (lowering, call) -> convert(lowering, call, saturate, rounding),
                true));
      }
    }
  }

  private static Expr convertRule(
      Typing typing, Builtin builtin, CType target, List<Expr> arguments, Span span) {
    if (arguments.size() != 1) {
      return BuiltinRules.wrongCount(typing, builtin, 1, arguments, span);
    }
    Expr argument = arguments.getFirst();
    ElementType from = argument.type().elementOrNull();
    if (from == null || argument.type().components() != target.components()) {
      String wanted =
          target.components() == 1
              ? "a scalar"
              : "a vector of " + target.components() + " components";
      return BuiltinRules.wrongType(typing, builtin, argument, wanted);
    }
    return new Expr.BuiltinCall(builtin, arguments, target, span);
  }

  private static Lowered convert(
      ExpressionLowering lowering, Expr.BuiltinCall call, boolean saturate, Rounding rounding) {
    ElementType given = call.arguments().getFirst().type().lane();
    ElementType to = call.type().lane();
    List<Value> halves = lowering.scalars(call.arguments().getFirst());
    Code code = lowering.code().at(call.span());
    // a half is computed with as the float that it is
    ElementType from = given == ElementType.HALF ? ElementType.FLOAT : given;
    List<Value> values = halves.stream().map(v -> code.convert(v, given, from)).toList();
    List<Value> results = new ArrayList<>();
    for (Value value : values) {
      if (rounding.directed() && to.type().isFloat()) {
        results.add(directed(code, value, from, to, rounding));
        continue;
      }
      boolean toInteger = from.type().isFloat() && !to.type().isFloat();
      Value rounded = toInteger ? round(code, value, rounding) : value;
      Value bounded =
          saturate && !from.type().isFloat() ? saturate(code, rounded, from, to) : rounded;
      results.add(code.convert(bounded, from, to));
    }
    return new Lowered.Scalars(results);
  }

  /** To a float, rounded as asked; where the value fits exactly there is nothing to round. */
  private static Value directed(
      Code code, Value value, ElementType from, ElementType to, Rounding rounding) {
    if (from == ElementType.DOUBLE && to == ElementType.FLOAT
        || from.type().isFloat() && to == ElementType.HALF) {
      return rounding.narrow(code, value, to.type());
    }
    if (to == ElementType.HALF) {
      // a double holds every integer that is not beyond the halves
      return rounding.narrow(code, code.convert(value, from, ElementType.DOUBLE), to.type());
    }
    if (from.type() == Type.I64) {
      return rounding.ofLong(code, value, from.signed(), to.type());
    }
    return from.type() == Type.I32 && to == ElementType.FLOAT
        ? rounding.narrow(code, code.convert(value, from, ElementType.DOUBLE), to.type())
        : code.convert(value, from, to);
  }

  private static Value round(Code code, Value value, Rounding rounding) {
    return switch (rounding) {
      case NONE, ZERO -> value;
      case NEAREST -> code.unary(UnaryOp.RINT, value);
      case UP -> code.unary(UnaryOp.CEIL, value);
      case DOWN -> code.unary(UnaryOp.FLOOR, value);
    };
  }

  /** Bounds an integer, still in its own type, to the values of another. */
  private static Value saturate(Code code, Value value, ElementType from, ElementType to) {
    Type type = value.type();
    if (type == Type.BOOL) {
      return value;
    }
    int bits = to.type().bits();
    Value result = value;
    boolean dropsNegative = from.signed() && !to.signed();
    if (dropsNegative) {
      result = code.binary(BinaryOp.SMAX, result, code.zero(type));
    }
    int valueBits = to.signed() ? bits - 1 : bits;
    int ownBits = from.signed() ? type.bits() - 1 : type.bits();
    if (valueBits < ownBits) {
      Value most = code.constant(type, (1L << valueBits) - 1);
      result = code.binary(from.signed() ? BinaryOp.SMIN : BinaryOp.UMIN, result, most);
      if (from.signed() && to.signed()) {
        Value least = code.constant(type, -(1L << valueBits));
        result = code.binary(BinaryOp.SMAX, result, least);
      }
    }
    return result;
  }

  // as_T

  private static Expr reinterpretRule(
      Typing typing, Builtin builtin, CType target, List<Expr> arguments, Span span) {
    if (arguments.size() != 1) {
      return BuiltinRules.wrongCount(typing, builtin, 1, arguments, span);
    }
    Expr argument = arguments.getFirst();
    boolean fits =
        argument.type().elementOrNull() != null
            && argument.type() != CType.BOOL
            && argument.type().size() == target.size();
    return fits
        ? new Expr.BuiltinCall(builtin, arguments, target, span)
        : BuiltinRules.wrongType(
            typing, builtin, argument, "a value of " + target.size() + " bytes");
  }

  private static Lowered reinterpret(ExpressionLowering lowering, Expr.BuiltinCall call) {
    List<Value> values = lowering.scalars(call.arguments().getFirst());
    Code code = lowering.code().at(call.span());
    Type to = call.type().lane().type();
    int from = values.getFirst().type().bytes();
    int count = call.type().components();
    List<Value> results =
        from == to.bytes()
            ? new ArrayList<>(values.stream().limit(count).map(v -> code.bitcast(v, to)).toList())
            : from > to.bytes() ? cut(code, values, to, count) : join(code, values, to, count);
    // what a vector of three leaves of its room is undefined; here it is zero
    while (results.size() < count) {
      results.add(code.zero(to));
    }
    return new Lowered.Scalars(results);
  }

  /** Each value falls into several, the low bits first. */
  private static List<Value> cut(Code code, List<Value> values, Type to, int count) {
    Type part = Code.bitsOf(to);
    List<Value> results = new ArrayList<>();
    for (Value value : values) {
      Value bits = FloatSequences.bits(code, value);
      int parts = bits.type().bytes() / part.bytes();
      for (int i = 0; i < parts && results.size() < count; i++) {
        Value shifted =
            i == 0
                ? bits
                : code.binary(
                    BinaryOp.LSHR, bits, code.constant(bits.type(), (long) i * part.bits()));
        results.add(code.bitcast(code.builder().convert(ConvertOp.TRUNC, part, shifted), to));
      }
    }
    return results;
  }

  private static List<Value> join(Code code, List<Value> values, Type to, int count) {
    Type whole = Code.bitsOf(to);
    int parts = whole.bytes() / values.getFirst().type().bytes();
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value bits = code.zero(whole);
      for (int k = 0; k < parts && i * parts + k < values.size(); k++) {
        Value part = FloatSequences.bits(code, values.get(i * parts + k));
        Value wide = code.builder().convert(ConvertOp.ZEXT, whole, part);
        Value shift = code.constant(whole, (long) k * part.type().bits());
        bits = code.binary(BinaryOp.OR, bits, code.binary(BinaryOp.SHL, wide, shift));
      }
      results.add(code.bitcast(bits, to));
    }
    return results;
  }
}
