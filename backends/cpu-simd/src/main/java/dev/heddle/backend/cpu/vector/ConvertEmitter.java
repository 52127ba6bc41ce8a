package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;

/** Emits conversions, on scalars or on vectors as the result's shape asks. */
final class ConvertEmitter {
  private final Code code;
  private final Lanes lanes;
  private final int stage;

  /**
   * @param stage the local with the address of the stage
   */
  ConvertEmitter(Code code, Lanes lanes, int stage) {
    this.code = code;
    this.lanes = lanes;
    this.stage = stage;
  }

  void convert(Op.Convert op) {
    lanes.allocate(op.result());
    if (lanes.shape(op.result()).varying()) {
      vector(op);
    } else {
      scalar(op);
      lanes.store(op.result(), 0);
    }
  }

  private void scalar(Op.Convert op) {
    Value operand = op.operand();
    Type from = operand.type();
    Type to = op.result().type();
    switch (op.op()) {
      case TRUNC -> {
        lanes.scalar(operand);
        if (from == Type.I64) {
          code.builder().l2i();
        }
        narrow("ScalarOps", to);
        if (to == Type.BOOL) {
          code.constant(1);
          code.builder().iand();
        }
      }
      case SEXT -> {
        lanes.scalar(operand);
        if (to == Type.I64) {
          code.builder().i2l();
        }
      }
      case ZEXT -> {
        lanes.scalar(operand);
        unsigned("ScalarOps", from);
        if (to == Type.I64) {
          code.call("ScalarOps", "zext32");
        } else {
          narrow("ScalarOps", to);
        }
      }
      case S_TO_F -> {
        lanes.scalar(operand);
        fromSigned(from, to);
      }
      case U_TO_F -> {
        lanes.scalar(operand);
        fromUnsigned(from, to);
      }
      case F_TO_S -> {
        lanes.scalar(operand);
        toSigned(from, to);
      }
      case F_TO_U -> {
        lanes.scalar(operand);
        toUnsigned(from, to);
      }
      case F_EXTEND -> {
        lanes.scalar(operand);
        if (from == Type.F16) {
          code.call("ScalarOps", "fromHalf");
        }
        if (to == Type.F64) {
          code.builder().f2d();
        }
      }
      case F_TRUNC -> {
        lanes.scalar(operand);
        if (to == Type.F32) {
          code.builder().d2f();
        } else {
          widen(from);
          code.call("ScalarOps", "toHalf");
        }
      }
      case BITCAST -> {
        lanes.visibleScalar(operand);
        bits(from, to);
      }
    }
  }

  private void narrow(String ops, Type to) {
    if (to == Type.I8 || to == Type.I16) {
      code.call(ops, "sext" + to.bits());
    }
  }

  private void unsigned(String ops, Type from) {
    if (from == Type.I8 || from == Type.I16) {
      code.call(ops, "zext" + from.bits());
    }
  }

  private void fromSigned(Type from, Type to) {
    if (from == Type.I64) {
      if (to == Type.F32) {
        code.builder().l2f();
      } else {
        code.builder().l2d();
      }
    } else if (to == Type.F32) {
      code.builder().i2f();
    } else {
      code.builder().i2d();
    }
  }

  private void fromUnsigned(Type from, Type to) {
    unsigned("ScalarOps", from);
    if (from != Type.I64) {
      code.call("ScalarOps", "zext32");
    }
    code.call("ScalarOps", to == Type.F32 ? "u2fLong" : "u2dLong");
  }

  private void widen(Type from) {
    if (from == Type.F32) {
      code.builder().f2d();
    }
  }

  private void toSigned(Type from, Type to) {
    widen(from);
    switch (to) {
      case I8 -> code.call("ScalarOps", "f2s8");
      case I16 -> code.call("ScalarOps", "f2s16");
      case I64 -> code.builder().d2l();
      case I32, BOOL, F16, F32, F64 -> code.builder().d2i();
    }
  }

  private void toUnsigned(Type from, Type to) {
    widen(from);
    switch (to) {
      case I8 -> code.call("ScalarOps", "u2s8");
      case I16 -> code.call("ScalarOps", "u2s16");
      case I64 -> code.call("ScalarOps", "f2u64");
      case I32, BOOL, F16, F32, F64 -> code.call("ScalarOps", "f2u32");
    }
  }

  private void bits(Type from, Type to) {
    Kind source = Kind.of(from);
    Kind target = Kind.of(to);
    if (source != target) {
      code.call("ScalarOps", "from_" + source.suffix());
    }
  }

  private void vector(Op.Convert op) {
    Value operand = op.operand();
    Value result = op.result();
    Type from = operand.type();
    Type to = result.type();
    switch (op.op()) {
      case TRUNC -> {
        if (from == Type.I64) {
          both(operand, "LongOps", "trunc");
        } else {
          lanes.vector(operand, 0);
        }
        if (to == Type.BOOL) {
          code.call("IntOps", "toMask");
        } else {
          narrow("IntOps", to);
        }
        lanes.store(result, 0);
      }
      case SEXT -> {
        if (to == Type.I64) {
          widen(operand, result, "sext");
        } else {
          lanes.vector(operand, 0);
          lanes.store(result, 0);
        }
      }
      case ZEXT -> zeroExtend(operand, result);
      case S_TO_F -> integerToFloat(operand, result, "s2");
      case U_TO_F -> integerToFloat(operand, result, "u2");
      case F_TO_S -> floatToInteger(operand, result, "f2s");
      case F_TO_U -> floatToInteger(operand, result, "f2u");
      case F_EXTEND -> extend(operand, result);
      case F_TRUNC -> {
        if (to == Type.F32) {
          both(operand, "DoubleOps", "toFloat");
          lanes.store(result, 0);
        } else {
          toHalf(operand, result);
        }
      }
      case BITCAST -> bitcast(operand, result);
    }
  }

  private void both(Value operand, String ops, String name) {
    lanes.vector(operand, 0);
    lanes.vector(operand, 1);
    code.call(ops, name);
  }

  /** An int vector to two long vectors. */
  private void widen(Value operand, Value result, String how) {
    lanes.vector(operand, 0);
    if (how.equals("zext")) {
      unsigned("IntOps", operand.type());
    }
    widenTop(result, how);
  }

  private void widenTop(Value result, String how) {
    int source = code.keepVector();
    code.vector(source);
    code.call("IntOps", how + "Low");
    lanes.store(result, 0);
    code.vector(source);
    code.call("IntOps", how + "High");
    lanes.store(result, 1);
  }

  private void zeroExtend(Value operand, Value result) {
    boolean isLong = result.type() == Type.I64;
    if (operand.type() == Type.BOOL && isLong) {
      for (int part = 0; part < 2; part++) {
        lanes.halfMask(operand, part);
        code.call("LongOps", "fromMask");
        lanes.store(result, part);
      }
    } else if (operand.type() == Type.BOOL) {
      lanes.vector(operand, 0);
      code.call("IntOps", "fromMask");
      lanes.store(result, 0);
    } else if (isLong) {
      widen(operand, result, "zext");
    } else {
      lanes.vector(operand, 0);
      unsigned("IntOps", operand.type());
      narrow("IntOps", result.type());
      lanes.store(result, 0);
    }
  }

  private void integerToFloat(Value operand, Value result, String how) {
    Type from = operand.type();
    boolean wide = from == Type.I64;
    if (result.type() == Type.F32) {
      if (wide) {
        both(operand, "LongOps", how + "f");
      } else {
        lanes.vector(operand, 0);
        boolean small = from != Type.I32;
        if (how.equals("u2")) {
          unsigned("IntOps", from);
        }
        code.call("IntOps", small ? "s2f" : how + "f");
      }
      lanes.store(result, 0);
      return;
    }
    for (int part = 0; part < 2; part++) {
      lanes.vector(operand, part == 1 && !wide ? 0 : part);
      if (wide) {
        code.call("LongOps", how + "d");
      } else {
        narrowToDouble(from, how, part);
      }
      lanes.store(result, part);
    }
  }

  private void narrowToDouble(Type from, String how, int part) {
    boolean unsigned = how.equals("u2");
    if (unsigned) {
      unsigned("IntOps", from);
    }
    String name = unsigned && from == Type.I32 ? "fromUnsigned" : "fromInt";
    code.call("DoubleOps", name + (part == 0 ? "Low" : "High"));
  }

  private void floatToInteger(Value operand, Value result, String how) {
    Type to = result.type();
    boolean fromDouble = operand.type() == Type.F64;
    if (to == Type.I64) {
      for (int part = 0; part < 2; part++) {
        lanes.vector(operand, fromDouble ? part : 0);
        if (fromDouble) {
          code.call("DoubleOps", how);
        } else {
          code.call("FloatOps", how + (part == 0 ? "Low" : "High"));
        }
        lanes.store(result, part);
      }
      return;
    }
    boolean small = to != Type.I32;
    if (fromDouble) {
      both(operand, "DoubleOps", how.equals("f2u") && !small ? "toUnsigned" : "toInt");
    } else {
      lanes.vector(operand, 0);
      code.call("FloatOps", small ? "f2s" : how);
    }
    if (small) {
      clamp(to, how.equals("f2u"));
    }
    lanes.store(result, 0);
  }

  private void clamp(Type to, boolean unsigned) {
    int range = 1 << to.bits();
    code.constant(unsigned ? 0 : -range / 2);
    code.constant(unsigned ? range - 1 : range / 2 - 1);
    code.call("IntOps", "clamp");
    narrow("IntOps", to);
  }

  private void extend(Value operand, Value result) {
    lanes.vector(operand, 0);
    if (operand.type() == Type.F16) {
      code.call("IntOps", "halfToFloat");
    }
    if (result.type() == Type.F32) {
      lanes.store(result, 0);
      return;
    }
    int source = code.keepVector();
    for (int part = 0; part < 2; part++) {
      code.vector(source);
      code.call("FloatOps", part == 0 ? "extendLow" : "extendHigh");
      lanes.store(result, part);
    }
  }

  private void toHalf(Value operand, Value result) {
    Kind kind = Kind.of(operand.type());
    for (int part = 0; part < kind.parts(); part++) {
      lanes.vector(operand, part);
      code.allMemory();
      Stage.address(code, stage, Stage.VALUES + part * 4 * Kind.lanes());
      code.call("MemoryOps", kind == Kind.DOUBLE ? "storeF64" : "storeF32");
    }
    code.longValue(stage);
    code.constant(operand.type().bytes());
    code.call("SlowPath", "toHalf");
    code.allMemory();
    Stage.address(code, stage, Stage.VALUES);
    code.call("MemoryOps", "load16");
    lanes.store(result, 0);
  }

  private void bitcast(Value operand, Value result) {
    Kind from = Kind.of(operand.type());
    Kind to = Kind.of(result.type());
    for (int part = 0; part < to.parts(); part++) {
      lanes.visibleVector(operand, part);
      if (from != to) {
        code.call(from.ops(), asName(to));
      }
      lanes.store(result, part);
    }
  }

  private static String asName(Kind to) {
    return switch (to) {
      case INT -> "asInt";
      case LONG -> "asLong";
      case FLOAT -> "asFloat";
      case DOUBLE -> "asDouble";
      case BOOL -> throw new IllegalArgumentException("bits of a BOOL");
    };
  }
}
