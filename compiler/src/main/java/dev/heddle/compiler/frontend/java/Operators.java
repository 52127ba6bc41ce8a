package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConvertInstruction;
import java.util.List;

/** Arithmetic, comparisons and conversions, as the JVM specification defines them. */
final class Operators {
  private final Lifting lifting;

  Operators(Lifting lifting) {
    this.lifting = lifting;
  }

  /** The value of a number. */
  Value number(Operand operand) {
    if (settled(operand) instanceof Operand.Scalar scalar) {
      return scalar.value();
    }
    throw new Refusal("an object where a number is needed");
  }

  /** The same, with a comparison turned into the number that it is. */
  Operand settled(Operand operand) {
    return operand instanceof Operand.Comparison comparison
        ? new Operand.Scalar(sign(comparison))
        : operand;
  }

  /** -1, 0 or 1. */
  private Value sign(Operand.Comparison comparison) {
    Value above = lifting.constant(Type.I32, 1);
    Value below = lifting.constant(Type.I32, -1);
    Value less = test(Opcode.IFLT, comparison);
    Value greater = test(Opcode.IFGT, comparison);
    Value zero = lifting.constant(Type.I32, 0);
    return lifting.ir.select(less, below, lifting.ir.select(greater, above, zero));
  }

  Operand plus(Value value, int constant) {
    Value sum = lifting.ir.binary(BinaryOp.ADD, value, lifting.constant(Type.I32, constant));
    Long known = lifting.known(value);
    return known == null ? new Operand.Scalar(sum) : lifting.integer(known.intValue() + constant);
  }

  boolean isUnary(Opcode opcode) {
    return switch (opcode) {
      case INEG, LNEG, FNEG, DNEG -> true;
      default -> false;
    };
  }

  Operand negate(Opcode opcode, Value value) {
    UnaryOp op = opcode == Opcode.INEG || opcode == Opcode.LNEG ? UnaryOp.NEG : UnaryOp.FNEG;
    return new Operand.Scalar(lifting.ir.unary(op, value));
  }

  Operand binary(Opcode opcode, Value left, Value right) {
    return switch (opcode) {
      case LCMP -> new Operand.Comparison(left, right, false);
      case FCMPL, DCMPL -> new Operand.Comparison(left, right, false);
      case FCMPG, DCMPG -> new Operand.Comparison(left, right, true);
      case FREM, DREM ->
          new Operand.Scalar(lifting.ir.builtin(BuiltinOp.FMOD, List.of(left, right)));
      case ISHL, LSHL -> shift(BinaryOp.SHL, left, right);
      case ISHR, LSHR -> shift(BinaryOp.ASHR, left, right);
      case IUSHR, LUSHR -> shift(BinaryOp.LSHR, left, right);
      case IDIV, LDIV -> divide(BinaryOp.SDIV, left, right);
      case IREM, LREM -> divide(BinaryOp.SREM, left, right);
      default -> new Operand.Scalar(lifting.ir.binary(operator(opcode), left, right));
    };
  }

  private Operand divide(BinaryOp op, Value left, Value right) {
    lifting.leaveIf(
        () -> lifting.compare(CompareOp.EQ, right, lifting.constant(right.type(), 0)),
        () ->
            lifting.raise(
                new Thrown("java.lang.ArithmeticException", "/ by zero"),
                lifting.constant(Type.I64, 1)));
    return new Operand.Scalar(lifting.ir.binary(op, left, right));
  }

  private static BinaryOp operator(Opcode opcode) {
    return switch (opcode) {
      case IADD, LADD -> BinaryOp.ADD;
      case ISUB, LSUB -> BinaryOp.SUB;
      case IMUL, LMUL -> BinaryOp.MUL;
      case IAND, LAND -> BinaryOp.AND;
      case IOR, LOR -> BinaryOp.OR;
      case IXOR, LXOR -> BinaryOp.XOR;
      case FADD, DADD -> BinaryOp.FADD;
      case FSUB, DSUB -> BinaryOp.FSUB;
      case FMUL, DMUL -> BinaryOp.FMUL;
      case FDIV, DDIV -> BinaryOp.FDIV;
      default -> throw new Refusal("the instruction " + opcode + " is not supported");
    };
  }

  /** A count is an int, whatever is shifted; the IR masks it as Java does. */
  private Operand shift(BinaryOp op, Value value, Value count) {
    Value wide =
        value.type() == Type.I64 ? lifting.convert(ConvertOp.ZEXT, Type.I64, count) : count;
    return new Operand.Scalar(lifting.ir.binary(op, value, wide));
  }

  Operand convert(ConvertInstruction convert, Value value) {
    return new Operand.Scalar(convert(convert.fromType(), convert.toType(), value));
  }

  /** A number as another type. */
  Value convert(TypeKind from, TypeKind to, Value value) {
    return switch (to) {
      case BYTE -> extended(ConvertOp.SEXT, Type.I8, value);
      case SHORT -> extended(ConvertOp.SEXT, Type.I16, value);
      case CHAR -> extended(ConvertOp.ZEXT, Type.I16, value);
      case INT -> lifting.convert(toInteger(from, ConvertOp.TRUNC), Type.I32, value);
      case LONG -> lifting.convert(toInteger(from, ConvertOp.SEXT), Type.I64, value);
      case FLOAT -> lifting.convert(toFloat(from, ConvertOp.F_TRUNC), Type.F32, value);
      case DOUBLE -> lifting.convert(toFloat(from, ConvertOp.F_EXTEND), Type.F64, value);
      case BOOLEAN, REFERENCE, VOID -> throw new IllegalStateException("conversion to " + to);
    };
  }

  private static ConvertOp toInteger(TypeKind from, ConvertOp fromInteger) {
    return from == TypeKind.FLOAT || from == TypeKind.DOUBLE ? ConvertOp.F_TO_S : fromInteger;
  }

  private static ConvertOp toFloat(TypeKind from, ConvertOp fromFloat) {
    return from == TypeKind.INT || from == TypeKind.LONG ? ConvertOp.S_TO_F : fromFloat;
  }

  private Value extended(ConvertOp op, Type narrow, Value value) {
    return lifting.convert(op, Type.I32, lifting.convert(ConvertOp.TRUNC, narrow, value));
  }

  // ---- conditions

  /** The condition of {@code if<cond>}, a BOOL. */
  Value test(Opcode opcode, Operand operand) {
    if (operand instanceof Operand.Comparison comparison) {
      return test(opcode, comparison);
    }
    Value zero = lifting.constant(Type.I32, 0);
    return lifting.compare(signed(opcode), number(operand), zero);
  }

  private static CompareOp signed(Opcode opcode) {
    return switch (opcode) {
      case IFEQ -> CompareOp.EQ;
      case IFNE -> CompareOp.NE;
      case IFLT -> CompareOp.SLT;
      case IFLE -> CompareOp.SLE;
      case IFGT -> CompareOp.SGT;
      case IFGE -> CompareOp.SGE;
      default -> throw new IllegalStateException(opcode.toString());
    };
  }

  private Value test(Opcode opcode, Operand.Comparison comparison) {
    Value left = comparison.left();
    Value right = comparison.right();
    if (left.type() == Type.I64) {
      return lifting.compare(signed(opcode), left, right);
    }
    // with a NaN the comparison counts as greater or as less: the test is then true or not
    boolean greater = comparison.whenNan();
    return switch (opcode) {
      case IFEQ -> lifting.compare(CompareOp.FEQ, left, right);
      case IFNE -> lifting.compare(CompareOp.FNE, left, right);
      case IFLT -> orNan(!greater, CompareOp.FLT, CompareOp.FGE, left, right);
      case IFLE -> orNan(!greater, CompareOp.FLE, CompareOp.FGT, left, right);
      case IFGT -> orNan(greater, CompareOp.FGT, CompareOp.FLE, left, right);
      case IFGE -> orNan(greater, CompareOp.FGE, CompareOp.FLT, left, right);
      default -> throw new IllegalStateException(opcode.toString());
    };
  }

  private Value orNan(
      boolean trueWhenNan, CompareOp plain, CompareOp opposite, Value left, Value right) {
    return trueWhenNan
        ? lifting.ir.unary(UnaryOp.NOT, lifting.compare(opposite, left, right))
        : lifting.compare(plain, left, right);
  }

  /** The condition of {@code if_icmp<cond>}, a BOOL. */
  Value test(Opcode opcode, Value left, Value right) {
    CompareOp op =
        switch (opcode) {
          case IF_ICMPEQ -> CompareOp.EQ;
          case IF_ICMPNE -> CompareOp.NE;
          case IF_ICMPLT -> CompareOp.SLT;
          case IF_ICMPLE -> CompareOp.SLE;
          case IF_ICMPGT -> CompareOp.SGT;
          case IF_ICMPGE -> CompareOp.SGE;
          default -> throw new IllegalStateException(opcode.toString());
        };
    return lifting.compare(op, left, right);
  }
}
