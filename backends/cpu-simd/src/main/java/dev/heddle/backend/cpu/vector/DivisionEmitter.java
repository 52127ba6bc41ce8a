package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;

/** Divisions and remainders of integers, which may fault. */
final class DivisionEmitter {
  private final Code code;
  private final Unit unit;
  private final Lanes lanes;
  private final LaunchState state;
  private final VectorTransfer transfer;

  DivisionEmitter(Code code, Unit unit, Lanes lanes, LaunchState state, VectorTransfer transfer) {
    this.code = code;
    this.unit = unit;
    this.lanes = lanes;
    this.state = state;
    this.transfer = transfer;
  }

  /** Emits an integer division or remainder; a zero divisor of an active lane is a fault. */
  void divide(Op.Binary op, Exec exec, Runnable quotient) {
    Long divisor = lanes.shapes().constant(op.right());
    if (divisor == null || divisor == 0) {
      faultOnZero(op, exec);
    }
    Kind kind = Kind.of(op.result().type());
    if (kind == Kind.LONG && lanes.shape(op.result()).varying()) {
      divideStaged(op);
    } else {
      quotient.run();
    }
  }

  private void faultOnZero(Op.Binary op, Exec exec) {
    Label fine = code.label();
    if (lanes.shape(op.right()).uniform()) {
      pushZeroTest(op.right());
      code.builder().ifeq(fine);
      state.pushActive(exec);
    } else {
      pushZeroMask(op.right(), exec);
    }
    int active = code.keepLong();
    code.longValue(active);
    code.constant(0L);
    code.builder().lcmp().ifeq(fine);
    code.longValue(active);
    state.pushFaultPlace(FaultBlock.entry(unit.sites().number(op)));
    code.call("SlowPath", "divisionByZero");
    code.bind(fine);
  }

  private void pushZeroTest(Value divisor) {
    lanes.scalar(divisor);
    if (Kind.of(divisor.type()) == Kind.LONG) {
      code.constant(0L);
      code.call("ScalarOps", "eq_l");
    } else {
      code.constant(0);
      code.call("ScalarOps", "eq_i");
    }
  }

  private void pushZeroMask(Value divisor, Exec exec) {
    Kind kind = Kind.of(divisor.type());
    for (int part = 0; part < kind.parts(); part++) {
      lanes.vector(divisor, part);
      if (kind == Kind.LONG) {
        code.constant(0L);
      } else {
        code.constant(0);
      }
      code.call(kind.ops(), "broadcast");
      code.call(kind.ops(), "eq");
    }
    if (kind == Kind.LONG) {
      code.call("MaskOps", "join");
    }
    if (!exec.all()) {
      code.vector(exec.slot());
      code.call("MaskOps", "and");
    }
    code.call("MaskOps", "bits");
  }

  private void divideStaged(Op.Binary op) {
    lanes.allocate(op.result());
    transfer.stageValue(op.left(), Stage.VALUES);
    transfer.stageValue(op.right(), Stage.SECOND);
    code.longValue(state.stage);
    code.constant(
        switch (op.op()) {
          case SDIV -> 0;
          case SREM -> 1;
          case UDIV -> 2;
          case UREM -> 3;
          default -> throw new IllegalArgumentException(op.op().text());
        });
    code.call("SlowPath", "divide");
    transfer.loadStaged(op.result());
  }
}
