package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Relational functions (section 6.12.6). */
final class RelationalBuiltins {
  private RelationalBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    compare(table, "isequal", CompareOp.FEQ);
    compare(table, "isnotequal", CompareOp.FNE);
    compare(table, "isgreater", CompareOp.FGT);
    compare(table, "isgreaterequal", CompareOp.FGE);
    compare(table, "isless", CompareOp.FLT);
    compare(table, "islessequal", CompareOp.FLE);
    test(
        table,
        "islessgreater",
        2,
        (c, e, a) ->
            c.binary(
                BinaryOp.OR,
                c.compare(CompareOp.FLT, a.get(0), a.get(1)),
                c.compare(CompareOp.FGT, a.get(0), a.get(1))));
    test(table, "isordered", 2, RelationalBuiltins::ordered);
    test(table, "isunordered", 2, (c, e, a) -> c.not(ordered(c, e, a)));
    test(table, "isnan", 1, (c, e, a) -> c.compare(CompareOp.FNE, a.getFirst(), a.getFirst()));
    test(table, "isinf", 1, (c, e, a) -> FloatSequences.isInfinite(c, a.getFirst()));
    test(table, "isfinite", 1, (c, e, a) -> below(c, e, a, Double.POSITIVE_INFINITY));
    test(table, "isnormal", 1, RelationalBuiltins::normal);
    test(table, "signbit", 1, RelationalBuiltins::signBit);
    table.put(
        "select",
        new Builtin("select", RelationalBuiltins::selectRule, RelationalBuiltins::select, true));
    table.put(
        "bitselect",
        new Builtin(
            "bitselect",
            BuiltinRules.numbers(3),
            BuiltinRules.each(RelationalBuiltins::bitSelect),
            true));
    signs(table, "any", BinaryOp.OR);
    signs(table, "all", BinaryOp.AND);
  }

  private static void compare(Map<String, Builtin> table, String name, CompareOp op) {
    test(table, name, 2, (c, e, a) -> c.compare(op, a.get(0), a.get(1)));
  }

  /** A test gives a BOOL for each component. */
  private static void test(
      Map<String, Builtin> table, String name, int count, BuiltinRules.Component test) {
    Builtin.Emit bools = BuiltinRules.each(test);
    table.put(
        name,
        new Builtin(
            name,
            BuiltinRules.realTests(count),
            (lowering, call) -> fromBools(lowering, call, bools),
            true));
  }

  private static Lowered fromBools(
      ExpressionLowering lowering, Expr.BuiltinCall call, Builtin.Emit bools) {
    Lowered.Scalars tests = (Lowered.Scalars) bools.emit(lowering, call);
    Code code = lowering.code();
    Type type = call.type().lane().type();
    boolean scalar = call.type() instanceof CType.Scalar;
    return new Lowered.Scalars(
        tests.values().stream()
            .map(b -> scalar ? code.builder().convert(ConvertOp.ZEXT, type, b) : code.mask(b, type))
            .toList());
  }

  private static Value ordered(Code code, ElementType element, List<Value> a) {
    return code.binary(
        BinaryOp.AND,
        code.compare(CompareOp.FEQ, a.get(0), a.get(0)),
        code.compare(CompareOp.FEQ, a.get(1), a.get(1)));
  }

  private static Value below(Code code, ElementType element, List<Value> a, double limit) {
    return code.compare(
        CompareOp.FLT, code.unary(UnaryOp.FABS, a.getFirst()), code.number(element, limit));
  }

  private static Value normal(Code code, ElementType element, List<Value> a) {
    double least = element == ElementType.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return code.binary(
        BinaryOp.AND,
        code.not(below(code, element, a, least)),
        below(code, element, a, Double.POSITIVE_INFINITY));
  }

  private static Value signBit(Code code, ElementType element, List<Value> a) {
    Value bits = FloatSequences.bits(code, a.getFirst());
    return code.compare(CompareOp.SLT, bits, code.zero(bits.type()));
  }

  // select(a, b, c): b where c says so, a scalar c if it is not zero, a component's if it is < 0

  private static Expr selectRule(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    if (arguments.size() != 3) {
      return BuiltinRules.wrongCount(typing, builtin, 3, arguments, span);
    }
    Expr choice = arguments.get(2);
    CType type = typing.commonType(arguments.get(0), arguments.get(1));
    if (BuiltinRules.integer(choice.type().elementOrNull()) == null
        || type == null
        || choice.type().components() != type.components()) {
      return BuiltinRules.wrongType(
          typing, builtin, choice, "two values of one type and integers of the same size");
    }
    // no promotion: select of two chars is a char
    CType result =
        arguments.get(0).type().equals(arguments.get(1).type()) ? arguments.get(0).type() : type;
    List<Expr> converted =
        List.of(
            typing.conversions().convert(arguments.get(0), result),
            typing.conversions().convert(arguments.get(1), result),
            choice);
    return new Expr.BuiltinCall(builtin, converted, result, span);
  }

  private static Lowered select(ExpressionLowering lowering, Expr.BuiltinCall call) {
    List<Value> a = lowering.scalars(call.arguments().get(0));
    List<Value> b = lowering.scalars(call.arguments().get(1));
    List<Value> c = lowering.scalars(call.arguments().get(2));
    Code code = lowering.code().at(call.span());
    CompareOp op = a.size() == 1 ? CompareOp.NE : CompareOp.SLT;
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      Value zero = code.zero(c.get(i).type());
      Value chosen = c.get(i).type() == Type.BOOL ? c.get(i) : code.compare(op, c.get(i), zero);
      results.add(code.select(chosen, b.get(i), a.get(i)));
    }
    return new Lowered.Scalars(results);
  }

  /** {@code (a & ~c) | (b & c)} on the bits. */
  private static Value bitSelect(Code code, ElementType element, List<Value> values) {
    Type type = values.getFirst().type();
    Value a = FloatSequences.bits(code, values.get(0));
    Value b = FloatSequences.bits(code, values.get(1));
    Value c = FloatSequences.bits(code, values.get(2));
    Value fromA = code.binary(BinaryOp.AND, a, code.unary(UnaryOp.NOT, c));
    Value fromB = code.binary(BinaryOp.AND, b, c);
    return code.bitcast(code.binary(BinaryOp.OR, fromA, fromB), type);
  }

  private static void signs(Map<String, Builtin> table, String name, BinaryOp op) {
    table.put(
        name,
        new Builtin(
            name,
            BuiltinRules.same(1, BuiltinRules::integer, t -> CType.INT),
            (lowering, call) -> combineSigns(lowering, call, op),
            true));
  }

  private static Lowered combineSigns(
      ExpressionLowering lowering, Expr.BuiltinCall call, BinaryOp op) {
    List<Value> components = lowering.scalars(call.arguments().getFirst());
    Code code = lowering.code().at(call.span());
    Value all = components.getFirst();
    for (Value component : components.subList(1, components.size())) {
      all = code.binary(op, all, component);
    }
    Value negative = code.compare(CompareOp.SLT, all, code.zero(all.type()));
    return Lowered.of(code.builder().convert(ConvertOp.ZEXT, Type.I32, negative));
  }
}
