package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Simpler forms of floating-point ops, only those that give the same bits for every operand, signed
 * zeros included. An identity such as {@code x * 1} keeps the bits of a NaN that the operation
 * would make canonical, so it holds only for an {@code x} that was computed.
 */
final class FloatRules {
  private final Definitions definitions;
  private final Emitter emit;

  FloatRules(Definitions definitions, Emitter emit) {
    this.definitions = definitions;
    this.emit = emit;
  }

  @Nullable Value unary(Op.Unary op) {
    Value a = op.operand();
    if (definitions.isConstant(a)) {
      return emit.constant(a.type(), Arithmetic.unary(op.op(), a.type(), definitions.bits(a)));
    }
    if (!(definitions.of(a) instanceof Op.Unary inner)) {
      return null;
    }
    boolean innerSign = inner.op() == UnaryOp.FNEG || inner.op() == UnaryOp.FABS;
    return switch (op.op()) {
      case FNEG -> inner.op() == UnaryOp.FNEG ? inner.operand() : null;
      case FABS -> innerSign ? emit.unary(UnaryOp.FABS, inner.operand()) : null;
      default -> null;
    };
  }

  @Nullable Value binary(Op.Binary op) {
    Value a = op.left();
    Value b = op.right();
    boolean constantRight = definitions.isConstant(b);
    if (definitions.isConstant(a)) {
      if (constantRight) {
        return emit.constant(
            a.type(),
            Arithmetic.binary(op.op(), a.type(), definitions.bits(a), definitions.bits(b)));
      }
      if (op.op() == BinaryOp.FADD || op.op() == BinaryOp.FMUL) {
        return emit.binary(op.op(), b, a);
      }
    }
    if (constantRight && isNeutral(op.op(), b)) {
      return computed(a) ? a : null;
    }
    return switch (op.op()) {
      case FADD -> negated(b) ? emit.binary(BinaryOp.FSUB, a, inner(b)) : null;
      case FSUB -> negated(b) ? emit.binary(BinaryOp.FADD, a, inner(b)) : null;
      case FMUL -> negated(a) && negated(b) ? emit.binary(BinaryOp.FMUL, inner(a), inner(b)) : null;
      case FDIV -> constantRight ? divideByPowerOfTwo(a, b) : null;
      default -> null;
    };
  }

  /** Whether {@code x op b} is x for every x but a NaN. */
  private boolean isNeutral(BinaryOp op, Value b) {
    return switch (op) {
      case FADD -> value(b) == 0 && negative(b);
      case FSUB -> value(b) == 0 && !negative(b);
      case FMUL, FDIV -> value(b) == 1;
      default -> false;
    };
  }

  private double value(Value constant) {
    long bits = definitions.bits(constant);
    return constant.type() == Type.F32 ? Arithmetic.toFloat(bits) : Arithmetic.toDouble(bits);
  }

  private boolean negative(Value constant) {
    return definitions.bits(constant) >>> (constant.type().bits() - 1) != 0;
  }

  /** Whether a NaN in {@code value} is the canonical one. */
  private boolean computed(Value value) {
    return switch (definitions.of(value)) {
      case Op.Binary binary -> true;
      case Op.Fma fma -> true;
      case Op.Builtin builtin -> true;
      case Op.Unary unary -> unary.op() != UnaryOp.FNEG && unary.op() != UnaryOp.FABS;
      case Op.Convert convert -> convert.op() != ConvertOp.BITCAST;
      case null, default -> false;
    };
  }

  private boolean negated(Value value) {
    return definitions.of(value) instanceof Op.Unary unary && unary.op() == UnaryOp.FNEG;
  }

  private Value inner(Value negated) {
    return ((Op.Unary) Objects.requireNonNull(definitions.of(negated))).operand();
  }

  /** The reciprocal of a power of two is exact, and so both forms round the same number. */
  private @Nullable Value divideByPowerOfTwo(Value a, Value b) {
    double divisor = value(b);
    int exponent = Math.getExponent(divisor);
    int limit = a.type() == Type.F32 ? Float.MAX_EXPONENT : Double.MAX_EXPONENT;
    if (Math.abs(divisor) != Math.scalb(1.0, exponent) || Math.abs(exponent) >= limit) {
      return null;
    }
    double reciprocal = 1 / divisor;
    long bits =
        a.type() == Type.F32
            ? Arithmetic.fromFloat((float) reciprocal)
            : Arithmetic.fromDouble(reciprocal);
    return emit.binary(BinaryOp.FMUL, a, emit.constant(a.type(), bits));
  }

  @Nullable Value fma(Op.Fma op) {
    Value a = op.a();
    Value b = op.b();
    Value c = op.c();
    Type type = a.type();
    if (definitions.isConstant(a) && definitions.isConstant(b)) {
      if (definitions.isConstant(c)) {
        return emit.constant(
            type,
            Arithmetic.fma(type, definitions.bits(a), definitions.bits(b), definitions.bits(c)));
      }
      return null;
    }
    if (definitions.isConstant(a)) {
      return emit.emit(new Op.Fma(emit.fresh(type), b, a, c, emit.span()));
    }
    return definitions.isConstant(b) && value(b) == 1 ? emit.binary(BinaryOp.FADD, a, c) : null;
  }

  @Nullable Value compare(Op.Compare op) {
    if (!definitions.isConstant(op.left())) {
      return null;
    }
    if (!definitions.isConstant(op.right())) {
      CompareOp swapped = IntegerRules.swapped(op.op());
      return emit.compare(swapped, op.right(), op.left());
    }
    boolean holds =
        Arithmetic.compare(
            op.op(), op.left().type(), definitions.bits(op.left()), definitions.bits(op.right()));
    return emit.constant(Type.BOOL, holds ? 1 : 0);
  }
}
