package dev.heddle.backend.cpu.scalar;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ScalarMath;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import java.lang.classfile.CodeBuilder;

/**
 * The instructions of each operator: operands on the stack, result on the stack. JVM instructions
 * where they mean exactly the same, else a static method.
 */
final class Instructions {
  private static final Call SQRT = Calls.same(Math.class, "sqrt", Type.F64, 1);
  private static final Call FLOOR = Calls.same(Math.class, "floor", Type.F64, 1);
  private static final Call CEIL = Calls.same(Math.class, "ceil", Type.F64, 1);
  private static final Call RINT = Calls.same(Math.class, "rint", Type.F64, 1);

  private Instructions() {}

  /**
   * @param exact whether the bits of a NaN result count; FNEG and FABS then work on bits, since the
   *     JVM leaves a NaN's sign open
   */
  static void unary(CodeBuilder code, UnaryOp op, Type type, boolean exact) {
    switch (op) {
      case NEG -> {
        if (type == Type.I64) {
          code.lneg();
        } else {
          code.ineg();
          Kinds.narrow(code, type);
        }
      }
      case NOT -> {
        if (type == Type.I64) {
          code.loadConstant(-1L).lxor();
        } else {
          code.loadConstant(type == Type.BOOL ? 1 : -1).ixor();
        }
      }
      case CLZ -> {
        Kinds.unsigned(code, type);
        count(code, "numberOfLeadingZeros", type);
        if (type == Type.I8 || type == Type.I16) {
          code.loadConstant(32 - type.bits()).isub();
        }
      }
      case CTZ -> {
        if (type == Type.I8 || type == Type.I16) {
          code.loadConstant(1 << type.bits()).ior();
        }
        count(code, "numberOfTrailingZeros", type);
      }
      case POPCOUNT -> {
        Kinds.unsigned(code, type);
        count(code, "bitCount", type);
      }
      case FNEG -> negate(code, type, exact);
      case FABS -> absolute(code, type, exact);
      case SQRT -> inDouble(code, type, SQRT);
      case FLOOR -> inDouble(code, type, FLOOR);
      case CEIL -> inDouble(code, type, CEIL);
      case RINT -> inDouble(code, type, RINT);
      case FTRUNC -> Calls.math("truncate", type, 1).emit(code);
    }
  }

  private static void negate(CodeBuilder code, Type type, boolean exact) {
    if (!exact) {
      if (type == Type.F32) {
        code.fneg();
      } else {
        code.dneg();
      }
      return;
    }
    bits(code, type);
    if (type == Type.F32) {
      code.loadConstant(Integer.MIN_VALUE).ixor();
    } else {
      code.loadConstant(Long.MIN_VALUE).lxor();
    }
    fromBits(code, type);
  }

  private static void absolute(CodeBuilder code, Type type, boolean exact) {
    if (!exact) {
      Calls.same(Math.class, "abs", type, 1).emit(code);
      return;
    }
    bits(code, type);
    if (type == Type.F32) {
      code.loadConstant(Integer.MAX_VALUE).iand();
    } else {
      code.loadConstant(Long.MAX_VALUE).land();
    }
    fromBits(code, type);
  }

  private static void count(CodeBuilder code, String name, Type type) {
    if (type == Type.I64) {
      Call.of(Long.class, name, int.class, long.class).emit(code);
      code.i2l();
    } else {
      Call.of(Integer.class, name, int.class, int.class).emit(code);
    }
  }

  /** Exact for rounding, correctly rounded for the square root. */
  private static void inDouble(CodeBuilder code, Type type, Call call) {
    if (type == Type.F32) {
      code.f2d();
    }
    call.emit(code);
    if (type == Type.F32) {
      code.d2f();
    }
  }

  private static void bits(CodeBuilder code, Type type) {
    (type == Type.F32 ? Calls.FLOAT_BITS : Calls.DOUBLE_BITS).emit(code);
  }

  private static void fromBits(CodeBuilder code, Type type) {
    (type == Type.F32 ? Calls.FLOAT_FROM_BITS : Calls.DOUBLE_FROM_BITS).emit(code);
  }

  static void fma(CodeBuilder code, Type type) {
    Calls.same(Math.class, "fma", type, 3).emit(code);
  }

  /** Divisors are not zero. */
  static void binary(CodeBuilder code, BinaryOp op, Type type) {
    switch (type) {
      case I64 -> longs(code, op);
      case F32 -> floats(code, op);
      case F64 -> doubles(code, op);
      case BOOL, I8, I16, I32 -> {
        ints(code, op, type);
        if (mayOverflow(op)) {
          Kinds.narrow(code, type);
        }
      }
      case F16 -> throw wrong(op, type);
    }
  }

  private static boolean mayOverflow(BinaryOp op) {
    return switch (op) {
      case ADD, SUB, MUL, SDIV, UDIV, UREM, SHL, LSHR, UMULHI -> true;
      default -> false;
    };
  }

  /** Whether both operands must have zero bits above a narrow type's width. */
  static boolean takesUnsigned(BinaryOp op, Type type) {
    boolean narrow = type == Type.I8 || type == Type.I16;
    return narrow && (op == BinaryOp.UDIV || op == BinaryOp.UREM || op == BinaryOp.UMULHI);
  }

  private static void ints(CodeBuilder code, BinaryOp op, Type type) {
    boolean narrow = type != Type.I32;
    switch (op) {
      case ADD -> code.iadd();
      case SUB -> code.isub();
      case MUL -> code.imul();
      case SMULHI -> {
        if (narrow) {
          code.imul().loadConstant(type.bits()).ishr();
        } else {
          Calls.math("smulhi", Type.I32, 2).emit(code);
        }
      }
      case UMULHI -> {
        if (narrow) {
          code.imul().loadConstant(type.bits()).iushr();
        } else {
          Calls.math("umulhi", Type.I32, 2).emit(code);
        }
      }
      case SDIV -> code.idiv();
      case UDIV -> Calls.same(Integer.class, "divideUnsigned", Type.I32, 2).emit(code);
      case SREM -> code.irem();
      case UREM -> Calls.same(Integer.class, "remainderUnsigned", Type.I32, 2).emit(code);
      case AND -> code.iand();
      case OR -> code.ior();
      case XOR -> code.ixor();
      case SHL -> {
        narrowCount(code, type);
        code.ishl();
      }
      case ASHR -> {
        narrowCount(code, type);
        code.ishr();
      }
      case LSHR -> {
        narrowCount(code, type);
        if (narrow) {
          code.swap();
          Kinds.unsigned(code, type);
          code.swap();
        }
        code.iushr();
      }
      case ROTL -> {
        if (narrow) {
          code.loadConstant(type.bits());
          Calls.same(ScalarOps.class, "rotateLeft", Type.I32, 3).emit(code);
        } else {
          Calls.same(Integer.class, "rotateLeft", Type.I32, 2).emit(code);
        }
      }
      case SMIN -> Calls.same(Math.class, "min", Type.I32, 2).emit(code);
      case SMAX -> Calls.same(Math.class, "max", Type.I32, 2).emit(code);
      case UMIN -> Calls.math("umin", Type.I32, 2).emit(code);
      case UMAX -> Calls.math("umax", Type.I32, 2).emit(code);
      case FADD, FSUB, FMUL, FDIV, FMIN, FMAX -> throw wrong(op, type);
    }
  }

  private static void narrowCount(CodeBuilder code, Type type) {
    if (type == Type.I8 || type == Type.I16) {
      code.loadConstant(type.bits() - 1).iand();
    }
  }

  private static void longs(CodeBuilder code, BinaryOp op) {
    switch (op) {
      case ADD -> code.ladd();
      case SUB -> code.lsub();
      case MUL -> code.lmul();
      case SMULHI -> Calls.math("smulhi", Type.I64, 2).emit(code);
      case UMULHI -> Calls.math("umulhi", Type.I64, 2).emit(code);
      case SDIV -> code.ldiv();
      case UDIV -> Calls.same(Long.class, "divideUnsigned", Type.I64, 2).emit(code);
      case SREM -> code.lrem();
      case UREM -> Calls.same(Long.class, "remainderUnsigned", Type.I64, 2).emit(code);
      case AND -> code.land();
      case OR -> code.lor();
      case XOR -> code.lxor();
      case SHL -> code.l2i().lshl();
      case ASHR -> code.l2i().lshr();
      case LSHR -> code.l2i().lushr();
      case ROTL -> {
        code.l2i();
        Call.of(Long.class, "rotateLeft", long.class, long.class, int.class).emit(code);
      }
      case SMIN -> Calls.same(Math.class, "min", Type.I64, 2).emit(code);
      case SMAX -> Calls.same(Math.class, "max", Type.I64, 2).emit(code);
      case UMIN -> Calls.math("umin", Type.I64, 2).emit(code);
      case UMAX -> Calls.math("umax", Type.I64, 2).emit(code);
      case FADD, FSUB, FMUL, FDIV, FMIN, FMAX -> throw wrong(op, Type.I64);
    }
  }

  private static void floats(CodeBuilder code, BinaryOp op) {
    switch (op) {
      case FADD -> code.fadd();
      case FSUB -> code.fsub();
      case FMUL -> code.fmul();
      case FDIV -> code.fdiv();
      case FMIN -> Calls.math("fmin", Type.F32, 2).emit(code);
      case FMAX -> Calls.math("fmax", Type.F32, 2).emit(code);
      default -> throw wrong(op, Type.F32);
    }
  }

  private static void doubles(CodeBuilder code, BinaryOp op) {
    switch (op) {
      case FADD -> code.dadd();
      case FSUB -> code.dsub();
      case FMUL -> code.dmul();
      case FDIV -> code.ddiv();
      case FMIN -> Calls.math("fmin", Type.F64, 2).emit(code);
      case FMAX -> Calls.math("fmax", Type.F64, 2).emit(code);
      default -> throw wrong(op, Type.F64);
    }
  }

  static void convert(CodeBuilder code, ConvertOp op, Type from, Type to) {
    switch (op) {
      case TRUNC -> {
        if (from == Type.I64) {
          code.l2i();
        }
        Kinds.narrow(code, to);
      }
      case SEXT -> {
        if (to == Type.I64) {
          code.i2l();
        }
      }
      case ZEXT -> zeroExtend(code, from, to);
      case S_TO_F -> {
        if (from == Type.I64) {
          toFloat(code, to);
        } else if (to == Type.F32) {
          code.i2f();
        } else {
          code.i2d();
        }
      }
      case U_TO_F -> unsignedToFloat(code, from, to);
      case F_TO_S -> toSigned(code, from, to);
      case F_TO_U -> toUnsigned(code, from, to);
      case F_EXTEND -> extend(code, from, to);
      case F_TRUNC -> {
        if (to == Type.F32) {
          code.d2f();
        } else if (from == Type.F32) {
          Call.of(ScalarMath.class, "floatToHalf", short.class, float.class).emit(code);
        } else {
          Call.of(ScalarMath.class, "doubleToHalf", short.class, double.class).emit(code);
        }
      }
      case BITCAST -> bitcast(code, from, to);
    }
  }

  private static void zeroExtend(CodeBuilder code, Type from, Type to) {
    Kinds.unsigned(code, from);
    if (to == Type.I64) {
      code.i2l();
      if (from == Type.I32) {
        code.loadConstant(0xFFFF_FFFFL).land();
      }
    } else {
      Kinds.narrow(code, to);
    }
  }

  private static void toFloat(CodeBuilder code, Type to) {
    if (to == Type.F32) {
      code.l2f();
    } else {
      code.l2d();
    }
  }

  private static void unsignedToFloat(CodeBuilder code, Type from, Type to) {
    switch (from) {
      case I64 -> {
        String name = to == Type.F32 ? "unsignedToFloat" : "unsignedToDouble";
        Call.of(ScalarMath.class, name, Calls.javaType(to), long.class).emit(code);
      }
      case I32 -> {
        code.i2l().loadConstant(0xFFFF_FFFFL).land();
        toFloat(code, to);
      }
      default -> {
        Kinds.unsigned(code, from);
        if (to == Type.F32) {
          code.i2f();
        } else {
          code.i2d();
        }
      }
    }
  }

  private static void toSigned(CodeBuilder code, Type from, Type to) {
    switch (to) {
      case I8, I16 -> {
        widen(code, from);
        code.loadConstant(to.bits());
        Call.of(ScalarMath.class, "toSigned", int.class, double.class, int.class).emit(code);
      }
      case I32 -> {
        if (from == Type.F32) {
          code.f2i();
        } else {
          code.d2i();
        }
      }
      case I64 -> {
        if (from == Type.F32) {
          code.f2l();
        } else {
          code.d2l();
        }
      }
      case BOOL, F16, F32, F64 -> throw wrong(ConvertOp.F_TO_S, to);
    }
  }

  private static void toUnsigned(CodeBuilder code, Type from, Type to) {
    widen(code, from);
    switch (to) {
      case I8, I16 -> {
        code.loadConstant(to.bits());
        Call.of(ScalarMath.class, "toUnsigned", int.class, double.class, int.class).emit(code);
        Kinds.narrow(code, to);
      }
      case I32 -> Call.of(ScalarMath.class, "toUnsignedInt", int.class, double.class).emit(code);
      case I64 -> Call.of(ScalarMath.class, "toUnsignedLong", long.class, double.class).emit(code);
      case BOOL, F16, F32, F64 -> throw wrong(ConvertOp.F_TO_U, to);
    }
  }

  private static void widen(CodeBuilder code, Type from) {
    if (from == Type.F32) {
      code.f2d();
    }
  }

  private static void extend(CodeBuilder code, Type from, Type to) {
    if (from == Type.F16) {
      code.i2s();
      Call.of(ScalarMath.class, "halfToFloat", float.class, short.class).emit(code);
    }
    if (to == Type.F64) {
      code.f2d();
    }
  }

  private static void bitcast(CodeBuilder code, Type from, Type to) {
    if (from == Type.F32 || from == Type.F64) {
      bits(code, from);
    } else if (to == Type.F32 || to == Type.F64) {
      fromBits(code, to);
    }
  }

  private static IllegalArgumentException wrong(Enum<?> op, Type type) {
    return new IllegalArgumentException(op + " does not compute with " + type.text());
  }
}
