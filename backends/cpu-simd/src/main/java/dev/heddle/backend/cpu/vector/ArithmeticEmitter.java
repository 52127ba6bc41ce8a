package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.Set;

/**
 * Emits operators: on scalars where the result is uniform or linear (lane 0's value then), else on
 * vectors. Operations of either form have the same names.
 */
final class ArithmeticEmitter {
  private final Code code;
  private final Lanes lanes;
  private final Set<Value> steps;
  private final int oneSlot;

  /**
   * @param steps values that a loop's next trip starts with
   * @param oneSlot a local that holds 1 without C2 knowing: a loop that C2 takes for a counted one
   *     is unrolled, and unrolled vector code spills
   */
  ArithmeticEmitter(Code code, Lanes lanes, Set<Value> steps, int oneSlot) {
    this.code = code;
    this.lanes = lanes;
    this.steps = steps;
    this.oneSlot = oneSlot;
  }

  /** Pushes operands and applies operations, in one of the two forms. */
  private final class Form {
    final boolean vector;
    final Kind kind;
    final int part;

    Form(boolean vector, Kind kind, int part) {
      this.vector = vector;
      this.kind = kind;
      this.part = part;
    }

    void push(Value value) {
      if (vector) {
        lanes.vector(value, part);
      } else {
        lanes.scalar(value);
      }
    }

    void pushUnsigned(Value value) {
      push(value);
      extend(value.type(), "zext");
    }

    /** Extends from 8 or 16 bits. */
    void extend(Type type, String how) {
      if (type == Type.I8 || type == Type.I16) {
        code.call(vector ? "IntOps" : "ScalarOps", how + type.bits());
      }
    }

    void constant(int value) {
      code.constant(value);
      if (vector) {
        code.call("IntOps", "broadcast");
      }
    }

    void apply(String name) {
      if (vector) {
        code.call(kind.ops(), name);
      } else {
        code.call("ScalarOps", name + "_" + kind.suffix());
      }
    }

    int keep() {
      TypeKind type = vector ? TypeKind.REFERENCE : kind.scalar();
      int slot = code.local(type);
      code.store(type, slot);
      return slot;
    }

    void again(int slot) {
      code.load(vector ? TypeKind.REFERENCE : kind.scalar(), slot);
    }
  }

  private interface Computation {
    void emit(Form form);
  }

  /** Emits a computation once for scalars, or once for each vector of the result. */
  private void compute(Value result, Kind kind, Computation computation) {
    lanes.allocate(result);
    boolean vector = lanes.shape(result).varying();
    for (int part = 0; part < (vector ? kind.parts() : 1); part++) {
      computation.emit(new Form(vector, kind, part));
      lanes.store(result, part);
    }
  }

  private static boolean small(Type type) {
    return type == Type.I8 || type == Type.I16;
  }

  void unary(Op.Unary op) {
    Kind kind = Kind.of(op.result().type());
    compute(op.result(), kind, form -> unary(op, form));
  }

  private void unary(Op.Unary op, Form form) {
    Type type = op.result().type();
    Value operand = op.operand();
    switch (op.op()) {
      case CLZ, CTZ, POPCOUNT -> {
        form.pushUnsigned(operand);
        countBits(op.op(), type, form);
      }
      case NOT -> {
        form.push(operand);
        if (type == Type.BOOL && !form.vector) {
          code.constant(1);
          code.builder().ixor();
        } else {
          form.apply("not");
        }
      }
      case FNEG, FABS -> {
        if (form.vector) {
          lanes.vectorInto(operand, op.result(), form.part);
        } else {
          lanes.scalarInto(operand, op.result());
        }
        form.apply(op.op().text());
      }
      case NEG -> {
        form.push(operand);
        form.apply("neg");
        form.extend(type, "sext");
      }
      case SQRT, FLOOR, CEIL, FTRUNC, RINT -> {
        form.push(operand);
        form.apply(op.op().text());
      }
    }
  }

  private void countBits(UnaryOp op, Type type, Form form) {
    if (op == UnaryOp.CTZ && small(type)) {
      form.constant(1 << type.bits());
      form.apply("or");
    }
    form.apply(op.text());
    if (op == UnaryOp.CLZ && small(type)) {
      form.constant(32 - type.bits());
      form.apply("sub");
    }
  }

  void binary(Op.Binary op) {
    Kind kind = Kind.of(op.result().type());
    compute(op.result(), kind, form -> binary(op, form));
  }

  private void binary(Op.Binary op, Form form) {
    Type type = op.result().type();
    switch (op.op()) {
      case SHL, ASHR, LSHR, ROTL -> shift(op, form);
      case SMULHI, UMULHI -> highProduct(op, form);
      case UMIN, UMAX, UDIV, UREM -> {
        form.pushUnsigned(op.left());
        form.pushUnsigned(op.right());
        form.apply(op.op().text());
        form.extend(type, "sext");
      }
      case ADD, SUB -> {
        form.push(op.left());
        pushStep(op, form);
        form.apply(op.op().text());
        form.extend(type, "sext");
      }
      case MUL, SDIV, SREM -> {
        form.push(op.left());
        form.push(op.right());
        form.apply(op.op().text());
        form.extend(type, "sext");
      }
      case FMIN, FMAX -> extremum(op, form);
      case AND, OR, XOR, SMIN, SMAX, FADD, FSUB, FMUL, FDIV -> {
        form.push(op.left());
        form.push(op.right());
        form.apply(op.op().text());
      }
    }
  }

  private void pushStep(Op.Binary op, Form form) {
    Long step = lanes.shapes().constant(op.right());
    if (form.vector || step == null || !steps.contains(op.result())) {
      form.push(op.right());
      return;
    }
    code.builder().iload(oneSlot);
    if (form.kind == Kind.LONG) {
      code.builder().i2l();
      code.constant((long) step);
      code.builder().lmul();
    } else {
      code.constant(step.intValue());
      code.builder().imul();
    }
  }

  /** A constant that is neither a zero nor NaN saves most of the work. */
  private void extremum(Op.Binary op, Form form) {
    Value plain = plainConstant(op.right()) ? op.right() : op.left();
    Value other = plain.equals(op.right()) ? op.left() : op.right();
    form.push(other);
    form.push(plain);
    form.apply(op.op().text() + (form.vector && plainConstant(plain) ? "Plain" : ""));
  }

  private boolean plainConstant(Value value) {
    if (!(lanes.shapes().definition(value) instanceof Op.Constant constant)) {
      return false;
    }
    double number =
        value.type() == Type.F32
            ? Float.intBitsToFloat((int) constant.bits())
            : Double.longBitsToDouble(constant.bits());
    return number != 0 && number == number;
  }

  private void shift(Op.Binary op, Form form) {
    Type type = op.result().type();
    Long count = lanes.shapes().constant(op.right());
    boolean unsigned = op.op() == BinaryOp.LSHR || op.op() == BinaryOp.ROTL;
    form.push(op.left());
    if (unsigned) {
      form.extend(type, "zext");
    }
    if (small(type) && op.op() == BinaryOp.ROTL) {
      rotateSmall(op, form);
    } else if (form.vector && count != null) {
      code.constant((int) (count & (type.bits() - 1)));
      code.call(form.kind.ops(), op.op().text() + "By");
    } else {
      form.push(op.right());
      maskCount(type, form);
      form.apply(op.op().text());
    }
    form.extend(type, "sext");
  }

  private void maskCount(Type type, Form form) {
    if (small(type)) {
      form.constant(type.bits() - 1);
      form.apply("and");
    }
  }

  /** With the zero-extended operand on the stack. */
  private void rotateSmall(Op.Binary op, Form form) {
    Type type = op.result().type();
    int operand = form.keep();
    form.push(op.right());
    maskCount(type, form);
    int count = form.keep();
    form.again(operand);
    form.again(count);
    form.apply("shl");
    form.again(operand);
    form.constant(type.bits());
    form.again(count);
    form.apply("sub");
    form.apply("lshr");
    form.apply("or");
  }

  private void highProduct(Op.Binary op, Form form) {
    Type type = op.result().type();
    boolean unsigned = op.op() == BinaryOp.UMULHI;
    if (unsigned) {
      form.pushUnsigned(op.left());
      form.pushUnsigned(op.right());
    } else {
      form.push(op.left());
      form.push(op.right());
    }
    if (small(type)) {
      form.apply("mul");
      form.constant(type.bits());
      form.apply("ashr");
    } else {
      form.apply(op.op().text());
    }
    form.extend(type, "sext");
  }

  void fma(Op.Fma op) {
    Kind kind = Kind.of(op.result().type());
    compute(
        op.result(),
        kind,
        form -> {
          form.push(op.a());
          form.push(op.b());
          form.push(op.c());
          form.apply("fma");
        });
  }

  void compare(Op.Compare op) {
    Kind kind = Kind.of(op.left().type());
    if (lanes.shape(op.result()).varying() && kind.parts() == 2) {
      compareHalves(op, kind);
      return;
    }
    lanes.allocate(op.result());
    Form form = new Form(lanes.shape(op.result()).varying(), kind, 0);
    compare(op, form);
    lanes.store(op.result(), 0);
  }

  private void compareHalves(Op.Compare op, Kind kind) {
    compare(op, new Form(true, kind, 0));
    int low = code.keepVector();
    compare(op, new Form(true, kind, 1));
    int high = code.keepVector();
    code.vector(low);
    code.vector(high);
    code.call("MaskOps", "join");
    lanes.bind(op.result(), Place.mask(code.keepVector(), low, high));
  }

  private void compare(Op.Compare op, Form form) {
    boolean unsigned =
        switch (op.op()) {
          case ULT, ULE, UGT, UGE -> true;
          case EQ, NE, SLT, SLE, SGT, SGE, FEQ, FNE, FLT, FLE, FGT, FGE -> false;
        };
    if (unsigned) {
      form.pushUnsigned(op.left());
      form.pushUnsigned(op.right());
    } else {
      form.push(op.left());
      form.push(op.right());
    }
    form.apply(op.op().text());
  }

  void select(Op.Select op) {
    Kind kind = Kind.of(op.result().type());
    boolean branch = !lanes.shape(op.condition()).varying();
    compute(
        op.result(),
        kind,
        form -> {
          if (branch) {
            selectByBranch(op, form);
          } else if (form.vector) {
            lanes.vectorInto(op.ifFalse(), op.result(), form.part);
            lanes.vectorInto(op.ifTrue(), op.result(), form.part);
            lanes.maskFor(op.condition(), kind, form.part);
            code.call(kind.ops(), "blend");
          } else {
            // the same value either way
            form.push(op.ifTrue());
          }
        });
  }

  private void selectByBranch(Op.Select op, Form form) {
    Label otherwise = code.label();
    Label end = code.label();
    TypeKind type = form.vector ? TypeKind.REFERENCE : form.kind.scalar();
    int slot = code.local(type);
    lanes.jumpUnless(op.condition(), otherwise);
    pushInto(op.ifTrue(), op.result(), form);
    code.store(type, slot);
    code.jump(end);
    code.bind(otherwise);
    pushInto(op.ifFalse(), op.result(), form);
    code.store(type, slot);
    code.bind(end);
    code.load(type, slot);
  }

  private void pushInto(Value value, Value result, Form form) {
    if (form.vector) {
      lanes.vectorInto(value, result, form.part);
    } else {
      lanes.scalarInto(value, result);
    }
  }
}
