package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import org.jspecify.annotations.Nullable;

/** Simpler forms of conversions. Conversions between floats stay: they make a NaN canonical. */
final class ConvertRules {
  /** How far up a sum is looked through. */
  private static final int DEPTH = 4;

  private final Definitions definitions;
  private final Emitter emit;

  ConvertRules(Definitions definitions, Emitter emit) {
    this.definitions = definitions;
    this.emit = emit;
  }

  @Nullable Value convert(Op.Convert op) {
    Value a = op.operand();
    Type to = op.result().type();
    if (definitions.isConstant(a)) {
      return emit.constant(to, Arithmetic.convert(op.op(), a.type(), to, definitions.bits(a)));
    }
    return switch (op.op()) {
      case TRUNC -> truncate(a, to);
      case SEXT, ZEXT, S_TO_F, U_TO_F, BITCAST ->
          definitions.of(a) instanceof Op.Convert inner ? chain(op.op(), inner, to) : null;
      case F_TRUNC -> to == Type.F32 ? inFloats(a) : null;
      case F_TO_S, F_TO_U, F_EXTEND -> null;
    };
  }

  /**
   * What is computed in double from floats and then rounded to float has the bits of the float
   * operation: a double has more than twice the digits and two more, so that rounding twice is
   * rounding once (Figueroa, When is double rounding innocuous?, 1995).
   */
  private @Nullable Value inFloats(Value a) {
    return switch (definitions.of(a)) {
      case Op.Unary root when root.op() == UnaryOp.SQRT -> {
        Value operand = asFloat(root.operand());
        yield operand == null ? null : emit.unary(UnaryOp.SQRT, operand);
      }
      case Op.Binary binary when isBasic(binary.op()) -> {
        Value left = asFloat(binary.left());
        Value right = asFloat(binary.right());
        yield left == null || right == null ? null : emit.binary(binary.op(), left, right);
      }
      case null, default -> null;
    };
  }

  private static boolean isBasic(BinaryOp op) {
    return op == BinaryOp.FADD || op == BinaryOp.FSUB || op == BinaryOp.FMUL || op == BinaryOp.FDIV;
  }

  /** The float that a double was made from, or a constant is; null if there is none. */
  private @Nullable Value asFloat(Value wide) {
    if (definitions.of(wide) instanceof Op.Convert inner
        && inner.op() == ConvertOp.F_EXTEND
        && inner.operand().type() == Type.F32) {
      return inner.operand();
    }
    if (definitions.isConstant(wide)) {
      double number = Double.longBitsToDouble(definitions.bits(wide));
      if ((float) number == number) {
        return emit.constant(
            Type.F32, Integer.toUnsignedLong(Float.floatToRawIntBits((float) number)));
      }
    }
    return null;
  }

  private @Nullable Value truncate(Value a, Type to) {
    return switch (definitions.of(a)) {
      case Op.Convert inner when isIntegral(inner.op()) -> truncateConverted(inner, to);
      case Op.Binary binary when freeToTruncate(binary, to, DEPTH) ->
          emit.binary(
              binary.op(),
              emit.convert(ConvertOp.TRUNC, to, binary.left()),
              emit.convert(ConvertOp.TRUNC, to, binary.right()));
      case null, default -> null;
    };
  }

  private static boolean isIntegral(ConvertOp op) {
    return op == ConvertOp.TRUNC || op == ConvertOp.SEXT || op == ConvertOp.ZEXT;
  }

  private @Nullable Value truncateConverted(Op.Convert inner, Type to) {
    Value source = inner.operand();
    if (source.type() == to) {
      return source;
    }
    ConvertOp op = source.type().bits() > to.bits() ? ConvertOp.TRUNC : inner.op();
    return op.accepts(source.type(), to) ? emit.convert(op, to, source) : null;
  }

  /**
   * The low bits of a sum or product are those of the low bits of its operands. That pays where
   * truncating an operand costs nothing.
   */
  private boolean freeToTruncate(Op.Binary binary, Type to, int depth) {
    boolean lowBitsOnly =
        switch (binary.op()) {
          case ADD, SUB, MUL, AND, OR, XOR -> to != Type.BOOL;
          default -> false;
        };
    return lowBitsOnly
        && depth > 0
        && isFree(binary.left(), to, depth - 1)
        && isFree(binary.right(), to, depth - 1);
  }

  private boolean isFree(Value value, Type to, int depth) {
    return switch (definitions.of(value)) {
      case Op.Constant constant -> true;
      case Op.Query query -> true;
      case Op.Convert inner ->
          isIntegral(inner.op())
              && inner.op() != ConvertOp.TRUNC
              && inner.operand().type().bits() <= to.bits();
      case Op.Binary binary -> freeToTruncate(binary, to, depth);
      case null, default -> false;
    };
  }

  /** The conversion {@code outer} of the result of {@code inner}. */
  private @Nullable Value chain(ConvertOp outer, Op.Convert inner, Type to) {
    Value source = inner.operand();
    ConvertOp both = composed(outer, inner.op());
    if (both == ConvertOp.BITCAST && source.type() == to) {
      return source;
    }
    return both != null && both.accepts(source.type(), to) ? emit.convert(both, to, source) : null;
  }

  private static @Nullable ConvertOp composed(ConvertOp outer, ConvertOp inner) {
    return switch (outer) {
      case SEXT -> inner == ConvertOp.SEXT || inner == ConvertOp.ZEXT ? inner : null;
      case ZEXT -> inner == ConvertOp.ZEXT ? inner : null;
      case BITCAST -> inner == ConvertOp.BITCAST ? inner : null;
      case S_TO_F ->
          switch (inner) {
            case SEXT -> ConvertOp.S_TO_F;
            case ZEXT -> ConvertOp.U_TO_F;
            default -> null;
          };
      case U_TO_F -> inner == ConvertOp.ZEXT ? ConvertOp.U_TO_F : null;
      default -> null;
    };
  }
}
