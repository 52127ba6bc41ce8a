package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Expr.BinaryKind;
import dev.heddle.compiler.frontend.opencl.Expr.Relation;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import org.jspecify.annotations.Nullable;

/** Which operator of the IR an operator of C is, for a type of operands. */
final class Operators {
  private Operators() {}

  static BinaryOp binary(BinaryKind op, ElementType element) {
    boolean real = element.type().isFloat();
    boolean signed = element.signed();
    return switch (op) {
      case ADD -> real ? BinaryOp.FADD : BinaryOp.ADD;
      case SUBTRACT -> real ? BinaryOp.FSUB : BinaryOp.SUB;
      case MULTIPLY -> real ? BinaryOp.FMUL : BinaryOp.MUL;
      case DIVIDE -> real ? BinaryOp.FDIV : signed ? BinaryOp.SDIV : BinaryOp.UDIV;
      case REMAINDER -> signed ? BinaryOp.SREM : BinaryOp.UREM;
      case AND -> BinaryOp.AND;
      case OR -> BinaryOp.OR;
      case XOR -> BinaryOp.XOR;
      case SHIFT_LEFT -> BinaryOp.SHL;
      case SHIFT_RIGHT -> signed ? BinaryOp.ASHR : BinaryOp.LSHR;
    };
  }

  static CompareOp compare(Relation relation, ElementType element) {
    boolean real = element.type().isFloat();
    boolean signed = element.signed();
    return switch (relation) {
      case EQUAL -> real ? CompareOp.FEQ : CompareOp.EQ;
      case UNEQUAL -> real ? CompareOp.FNE : CompareOp.NE;
      case LESS -> real ? CompareOp.FLT : signed ? CompareOp.SLT : CompareOp.ULT;
      case LESS_EQUAL -> real ? CompareOp.FLE : signed ? CompareOp.SLE : CompareOp.ULE;
      case GREATER -> real ? CompareOp.FGT : signed ? CompareOp.SGT : CompareOp.UGT;
      case GREATER_EQUAL -> real ? CompareOp.FGE : signed ? CompareOp.SGE : CompareOp.UGE;
    };
  }

  /** The conversion between two types of numbers, neither a bool; null if the bits stay. */
  static @Nullable ConvertOp convert(ElementType from, ElementType to) {
    Type a = from.type();
    Type b = to.type();
    if (a == b) {
      return null;
    }
    if (a.isFloat() && b.isFloat()) {
      return a.bits() < b.bits() ? ConvertOp.F_EXTEND : ConvertOp.F_TRUNC;
    }
    if (a.isFloat()) {
      return to.signed() ? ConvertOp.F_TO_S : ConvertOp.F_TO_U;
    }
    if (b.isFloat()) {
      return from.signed() ? ConvertOp.S_TO_F : ConvertOp.U_TO_F;
    }
    if (a.bits() > b.bits()) {
      return ConvertOp.TRUNC;
    }
    return from.signed() ? ConvertOp.SEXT : ConvertOp.ZEXT;
  }
}
