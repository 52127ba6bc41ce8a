package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Value;

/** How many low bits of an integer value are known to be zero. */
public final class Alignments {
  private static final int DEPTH = 16;

  private final Definitions definitions;

  public Alignments(Definitions definitions) {
    this.definitions = definitions;
  }

  /** Whether the access's offset is aligned as it has to be, whatever the arguments are. */
  public boolean aligned(Access access) {
    return 1L << zeroBits(access.offset(), DEPTH) >= access.alignment();
  }

  private int zeroBits(Value value, int depth) {
    Op op = depth == 0 ? null : definitions.of(value).orElse(null);
    return switch (op) {
      case Op.Constant constant -> Math.min(62, Long.numberOfTrailingZeros(constant.bits()));
      case Op.Binary binary -> zeroBits(binary, depth - 1);
      case Op.Convert convert when widens(convert.op()) -> zeroBits(convert.operand(), depth - 1);
      case Op.Select select ->
          Math.min(zeroBits(select.ifTrue(), depth - 1), zeroBits(select.ifFalse(), depth - 1));
      case null, default -> 0;
    };
  }

  private int zeroBits(Op.Binary binary, int depth) {
    return switch (binary.op()) {
      case ADD, SUB, OR, XOR ->
          Math.min(zeroBits(binary.left(), depth), zeroBits(binary.right(), depth));
      case AND -> Math.max(zeroBits(binary.left(), depth), zeroBits(binary.right(), depth));
      case MUL -> Math.min(62, zeroBits(binary.left(), depth) + zeroBits(binary.right(), depth));
      case SHL ->
          definitions
              .constant(binary.right())
              .map(
                  count ->
                      shifted(binary, (int) (count & (binary.result().type().bits() - 1)), depth))
              .orElse(0);
      default -> 0;
    };
  }

  private int shifted(Op.Binary binary, int count, int depth) {
    return Math.min(62, zeroBits(binary.left(), depth) + count);
  }

  private static boolean widens(ConvertOp op) {
    return op == ConvertOp.SEXT || op == ConvertOp.ZEXT;
  }
}
