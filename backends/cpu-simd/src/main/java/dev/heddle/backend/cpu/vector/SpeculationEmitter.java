package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.vector.Speculation.Operands;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.util.Objects;

/**
 * Emits ops that are taken to have a simple result, see {@link Speculation}: computes lane 0's, and
 * jumps if another lane may have none that fits.
 */
final class SpeculationEmitter {
  private final Code code;
  private final Lanes lanes;
  private final Label differs;

  /**
   * @param differs where to go if the result is not as simple; all that was computed is lost
   */
  SpeculationEmitter(Code code, Lanes lanes, Label differs) {
    this.code = code;
    this.lanes = lanes;
    this.differs = differs;
  }

  void emit(Op op) {
    if (op instanceof Op.Compare compare) {
      compare(compare);
      return;
    }
    Op.Binary binary = (Op.Binary) op;
    switch (binary.op()) {
      case SMIN, SMAX, UMIN, UMAX -> extremum(binary);
      case SDIV, UDIV, SREM, UREM -> division(binary);
      case AND, ASHR, LSHR -> bits(binary);
      default -> throw new IllegalArgumentException(binary.op().text());
    }
  }

  private Operands operands(Value left, Value right) {
    return Objects.requireNonNull(Speculation.operands(left, right, lanes.shapes()));
  }

  /** By how much the last lane's value differs from lane 0's. */
  private long span(Value linear) {
    return lanes.shape(linear).stride() * (Kind.lanes() * lanes.copies() - 1L);
  }

  private void leaveIf(String condition, Kind kind) {
    code.call("ScalarOps", condition + "_" + kind.suffix());
    code.builder().ifne(differs);
  }

  private void leaveIfWraps(Value linear, Kind kind, long span, boolean unsigned) {
    lanes.scalar(linear);
    pushConstant(kind, span);
    leaveIf(unsigned ? "wrapsUnsigned" : "wraps", kind);
  }

  private void keep(Op op) {
    lanes.allocate(op.results().getFirst());
    lanes.store(op.results().getFirst(), 0);
  }

  /** The linear operand is the result, in all lanes. */
  private void extremum(Op.Binary op) {
    Operands operands = operands(op.left(), op.right());
    Kind kind = Kind.of(op.result().type());
    long span = span(operands.linear());
    boolean unsigned = op.op() == BinaryOp.UMIN || op.op() == BinaryOp.UMAX;
    boolean least = op.op() == BinaryOp.SMIN || op.op() == BinaryOp.UMIN;
    leaveIfWraps(operands.linear(), kind, span, unsigned);
    pushLane(operands.linear(), kind, least == (span > 0) ? span : 0);
    lanes.scalar(operands.uniform());
    leaveIf((unsigned ? "u" : "s") + (least ? "gt" : "lt"), kind);
    lanes.scalar(operands.linear());
    keep(op);
  }

  /** All lanes have the same quotient. */
  private void division(Op.Binary op) {
    Kind kind = Kind.of(op.result().type());
    long span = span(op.left());
    boolean unsigned = op.op() == BinaryOp.UDIV || op.op() == BinaryOp.UREM;
    String sign = unsigned ? "u" : "s";
    if (!unsigned) {
      lanes.scalar(op.left());
      pushConstant(kind, 0);
      leaveIf("slt", kind);
    }
    leaveIfWraps(op.left(), kind, span, unsigned);
    lanes.scalar(op.right());
    pushConstant(kind, span);
    leaveIf(sign + "le", kind);

    lanes.scalar(op.left());
    lanes.scalar(op.right());
    code.call("ScalarOps", sign + "div_" + kind.suffix());
    int quotient = keepScalar(kind);
    lanes.scalar(op.left());
    code.load(kind.scalar(), quotient);
    lanes.scalar(op.right());
    code.call("ScalarOps", "mul_" + kind.suffix());
    code.call("ScalarOps", "sub_" + kind.suffix());
    int rest = keepScalar(kind);
    code.load(kind.scalar(), rest);
    lanes.scalar(op.right());
    pushConstant(kind, span);
    code.call("ScalarOps", "sub_" + kind.suffix());
    leaveIf(sign + "ge", kind);
    boolean divides = op.op() == BinaryOp.SDIV || op.op() == BinaryOp.UDIV;
    code.load(kind.scalar(), divides ? quotient : rest);
    keep(op);
  }

  private int keepScalar(Kind kind) {
    int slot = code.local(kind.scalar());
    code.store(kind.scalar(), slot);
    return slot;
  }

  /** The low bits do not overflow from lane to lane, so that the others are the same. */
  private void bits(Op.Binary op) {
    Kind kind = Kind.of(op.result().type());
    long constant = Objects.requireNonNull(lanes.shapes().constant(op.right()));
    long mask = Speculation.mask(op, constant);
    lanes.scalar(op.left());
    pushConstant(kind, mask);
    code.call("ScalarOps", "and_" + kind.suffix());
    int low = keepScalar(kind);
    code.load(kind.scalar(), low);
    pushConstant(kind, mask - span(op.left()));
    leaveIf("sgt", kind);
    if (op.op() == BinaryOp.AND) {
      code.load(kind.scalar(), low);
    } else {
      lanes.scalar(op.left());
      lanes.scalar(op.right());
      code.call("ScalarOps", op.op().text() + "_" + kind.suffix());
    }
    keep(op);
  }

  /**
   * A comparison that is taken to have one outcome for all lanes: computes it for lane 0, and jumps
   * if it may differ in another.
   */
  private void compare(Op.Compare op) {
    Operands operands = operands(op.left(), op.right());
    Value linear = operands.linear();
    Value uniform = operands.uniform();
    Kind kind = Kind.of(linear.type());
    long span = span(linear);
    if (op.op() == CompareOp.EQ || op.op() == CompareOp.NE) {
      speculateEqual(op, linear, uniform, kind, span);
    } else {
      speculateOrder(op, kind, span);
    }
  }

  private void speculateEqual(Op.Compare op, Value linear, Value uniform, Kind kind, long span) {
    lanes.scalar(span > 0 ? uniform : linear);
    lanes.scalar(span > 0 ? linear : uniform);
    code.call("ScalarOps", "sub_" + kind.suffix());
    pushConstant(kind, Math.abs(span));
    code.call("ScalarOps", "ule_" + kind.suffix());
    code.builder().ifne(differs);
    lanes.allocate(op.result());
    code.constant(op.op() == CompareOp.NE ? 1 : 0);
    lanes.store(op.result(), 0);
  }

  private void speculateOrder(Op.Compare op, Kind kind, long span) {
    boolean unsigned =
        switch (op.op()) {
          case ULT, ULE, UGT, UGE -> true;
          case EQ, NE, SLT, SLE, SGT, SGE, FEQ, FNE, FLT, FLE, FGT, FGE -> false;
        };
    leaveIfWraps(operands(op.left(), op.right()).linear(), kind, span, unsigned);
    lanes.allocate(op.result());
    pushLane(op.left(), kind, 0);
    pushLane(op.right(), kind, 0);
    code.call("ScalarOps", op.op().text() + "_" + kind.suffix());
    lanes.store(op.result(), 0);
    pushLane(op.left(), kind, span);
    pushLane(op.right(), kind, span);
    code.call("ScalarOps", op.op().text() + "_" + kind.suffix());
    lanes.scalar(op.result());
    code.builder().if_icmpne(differs);
  }

  private void pushLane(Value value, Kind kind, long span) {
    lanes.scalar(value);
    if (span != 0 && lanes.shape(value).isLinear()) {
      pushConstant(kind, span);
      code.call("ScalarOps", "add_" + kind.suffix());
    }
  }

  private void pushConstant(Kind kind, long value) {
    if (kind == Kind.LONG) {
      code.constant(value);
    } else {
      code.constant((int) value);
    }
  }
}
