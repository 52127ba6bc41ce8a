package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code atomic_*} and {@code atom_*} on 32 and 64 bits (section 6.12.11 and extensions). */
final class AtomicBuiltins {
  private AtomicBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    for (String prefix : List.of("atomic_", "atom_")) {
      add(table, prefix + "add", AtomicOp.ADD, AtomicOp.ADD, 1);
      add(table, prefix + "sub", AtomicOp.SUB, AtomicOp.SUB, 1);
      add(table, prefix + "inc", AtomicOp.ADD, AtomicOp.ADD, 0);
      add(table, prefix + "dec", AtomicOp.SUB, AtomicOp.SUB, 0);
      add(table, prefix + "min", AtomicOp.SMIN, AtomicOp.UMIN, 1);
      add(table, prefix + "max", AtomicOp.SMAX, AtomicOp.UMAX, 1);
      add(table, prefix + "and", AtomicOp.AND, AtomicOp.AND, 1);
      add(table, prefix + "or", AtomicOp.OR, AtomicOp.OR, 1);
      add(table, prefix + "xor", AtomicOp.XOR, AtomicOp.XOR, 1);
      add(table, prefix + "xchg", AtomicOp.EXCHANGE, AtomicOp.EXCHANGE, 1);
      add(table, prefix + "cmpxchg", AtomicOp.COMPARE_EXCHANGE, AtomicOp.COMPARE_EXCHANGE, 2);
    }
  }

  private static void add(
      Map<String, Builtin> table, String name, AtomicOp signed, AtomicOp unsigned, int operands) {
    table.put(
        name,
        new Builtin(
            name,
            (typing, builtin, arguments, span) ->
                rule(typing, builtin, signed, operands, arguments, span),
            (lowering, call) -> emit(lowering, call, signed, unsigned),
            false));
  }

  private static Expr rule(
      Typing typing, Builtin builtin, AtomicOp op, int operands, List<Expr> arguments, Span span) {
    if (arguments.size() != operands + 1) {
      return BuiltinRules.wrongCount(typing, builtin, operands + 1, arguments, span);
    }
    Expr place = arguments.getFirst();
    boolean pointer =
        place.type() instanceof CType.Pointer type
            && type.target().type() instanceof CType.Scalar scalar
            && fits(scalar.element(), op)
            && !type.target().constant();
    if (!pointer) {
      return BuiltinRules.wrongType(typing, builtin, place, "a pointer to 32- or 64-bit integers");
    }
    CType element = ((CType.Pointer) place.type()).target().type();
    List<Expr> converted = new ArrayList<>(List.of(place));
    for (Expr operand : arguments.subList(1, arguments.size())) {
      converted.add(typing.conversions().implicit(operand, element, "passed"));
    }
    return converted.stream().anyMatch(e -> e.type().isInvalid())
        ? new Expr.Invalid(span)
        : new Expr.BuiltinCall(builtin, converted, element, span);
  }

  /** A float can be exchanged: only its bits move. */
  private static boolean fits(ElementType element, AtomicOp op) {
    return switch (element) {
      case INT, UINT, LONG, ULONG -> true;
      case FLOAT -> op == AtomicOp.EXCHANGE;
      default -> false;
    };
  }

  private static Lowered emit(
      ExpressionLowering lowering, Expr.BuiltinCall call, AtomicOp signed, AtomicOp unsigned) {
    Lowered.Pointer pointer = lowering.pointer(call.arguments().getFirst());
    ElementType element = call.type().lane();
    Type type = Code.bitsOf(element.type());
    Code code = lowering.code();
    List<Value> operands = new ArrayList<>();
    for (Expr operand : call.arguments().subList(1, call.arguments().size())) {
      operands.add(code.bitcast(lowering.scalar(operand), type));
    }
    code.at(call.span());
    if (operands.isEmpty()) {
      operands.add(code.constant(type, 1));
    }
    AtomicOp op = element.signed() ? signed : unsigned;
    Value old =
        lowering
            .function()
            .places()
            .withRoot(
                pointer,
                List.of(type),
                root ->
                    List.of(
                        code.at(call.span())
                            .builder()
                            .atomic(
                                op,
                                PlaceLowering.access(root, pointer.offset(), type, 1, type.bytes()),
                                operands)),
                call.span())
            .getFirst();
    return Lowered.of(code.bitcast(old, element.type()));
  }
}
