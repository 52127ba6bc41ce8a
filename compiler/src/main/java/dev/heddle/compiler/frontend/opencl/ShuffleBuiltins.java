package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code shuffle} and {@code shuffle2}: components chosen by a mask (OpenCL C 1.2, 6.12.12). */
final class ShuffleBuiltins {
  private ShuffleBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    table.put("shuffle", new Builtin("shuffle", rule(1), ShuffleBuiltins::emit, false));
    table.put("shuffle2", new Builtin("shuffle2", rule(2), ShuffleBuiltins::emit, false));
  }

  private static Builtin.Rule rule(int sources) {
    return (typing, builtin, arguments, span) -> typed(typing, builtin, sources, arguments, span);
  }

  private static Expr typed(
      Typing typing, Builtin builtin, int sources, List<Expr> arguments, Span span) {
    if (arguments.size() != sources + 1) {
      return BuiltinRules.wrongCount(typing, builtin, sources + 1, arguments, span);
    }
    Expr first = arguments.getFirst();
    Expr mask = arguments.getLast();
    if (!(first.type() instanceof CType.Vector source) || source.width() == 3) {
      return BuiltinRules.wrongType(typing, builtin, first, "a vector of 2, 4, 8 or 16");
    }
    if (sources == 2 && !arguments.get(1).type().equals(source)) {
      return BuiltinRules.wrongType(typing, builtin, arguments.get(1), "a " + source.text());
    }
    boolean fits =
        mask.type() instanceof CType.Vector vector
            && vector.element() == BuiltinRules.unsignedOf(source.element());
    if (!fits) {
      String element = BuiltinRules.unsignedOf(source.element()).text();
      return BuiltinRules.wrongType(typing, builtin, mask, "a mask of " + element);
    }
    CType result = CType.of(source.element(), mask.type().components());
    return new Expr.BuiltinCall(builtin, arguments, result, span);
  }

  private static Lowered emit(ExpressionLowering lowering, Expr.BuiltinCall call) {
    List<Value> sources = new ArrayList<>();
    for (Expr source : call.arguments().subList(0, call.arguments().size() - 1)) {
      sources.addAll(lowering.scalars(source));
    }
    List<Value> mask = lowering.scalars(call.arguments().getLast());
    Code code = lowering.code().at(call.span());
    return new Lowered.Scalars(mask.stream().map(index -> pick(code, sources, index)).toList());
  }

  /** The component of that number; only the bits that number the components count. */
  private static Value pick(Code code, List<Value> sources, Value index) {
    Long known = code.known(index);
    if (known != null) {
      return sources.get((int) (known & (sources.size() - 1)));
    }
    Type type = index.type();
    Value number = code.binary(BinaryOp.AND, index, code.constant(type, sources.size() - 1));
    Value result = sources.getLast();
    for (int i = sources.size() - 2; i >= 0; i--) {
      Value here = code.compare(CompareOp.EQ, number, code.constant(type, i));
      result = code.select(here, sources.get(i), result);
    }
    return result;
  }
}
