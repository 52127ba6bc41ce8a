package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Memory;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.ScalarMath;
import dev.heddle.compiler.ir.Type;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The static methods that generated code calls, and how they are chosen by type. */
final class Calls {
  static final Call FLOAT_FROM_BITS =
      Call.of(Float.class, "intBitsToFloat", float.class, int.class);
  static final Call DOUBLE_FROM_BITS =
      Call.of(Double.class, "longBitsToDouble", double.class, long.class);
  static final Call FLOAT_BITS = Call.of(Float.class, "floatToRawIntBits", int.class, float.class);
  static final Call DOUBLE_BITS =
      Call.of(Double.class, "doubleToRawLongBits", long.class, double.class);
  static final Call COMPARE_UNSIGNED_LONG =
      Call.of(Long.class, "compareUnsigned", int.class, long.class, long.class);
  static final Call COMPARE_UNSIGNED_INT =
      Call.of(Integer.class, "compareUnsigned", int.class, int.class, int.class);
  static final Call RECORD_FAULT =
      Call.of(
          FaultBlock.class,
          "record",
          void.class,
          long.class,
          int.class,
          long.class,
          long.class,
          long.class,
          long.class);
  static final Call CLAMP =
      Call.of(ScalarOps.class, "clamp", long.class, long.class, long.class, int.class);
  static final Call ZERO = Call.of(Memory.class, "zero", void.class, long.class, long.class);
  static final Call FENCE = Call.of(VarHandle.class, "fullFence", void.class);

  private Calls() {}

  /** A method of {@link ScalarMath} on operands and a result of one type. */
  static Call math(String name, Type type, int operands) {
    return same(ScalarMath.class, name, type, operands);
  }

  /** A method of {@code owner} on operands and a result of one type. */
  static Call same(Class<?> owner, String name, Type type, int operands) {
    Class<?>[] parameters = new Class<?>[operands];
    Arrays.fill(parameters, javaType(type));
    return Call.of(owner, name, javaType(type), parameters);
  }

  static Call canonical(Type type) {
    return math("canonical", type, 1);
  }

  /** The atomic operation on memory that other threads see. */
  static Call atomic(AtomicOp op, Type type) {
    String name = op == AtomicOp.COMPARE_EXCHANGE ? "compareExchange" : op.text();
    Class<?>[] parameters = new Class<?>[1 + op.operands()];
    Arrays.fill(parameters, javaType(type));
    parameters[0] = long.class;
    return Call.of(ScalarOps.class, name, javaType(type), parameters);
  }

  static Call load(Type type) {
    return switch (type) {
      case BOOL -> Call.of(ScalarOps.class, "bool", int.class, long.class);
      case I8 -> Call.of(Memory.class, "i8", byte.class, long.class);
      case I16, F16 -> Call.of(Memory.class, "i16", short.class, long.class);
      case I32 -> Call.of(Memory.class, "i32", int.class, long.class);
      case I64 -> Call.of(Memory.class, "i64", long.class, long.class);
      case F32 -> Call.of(Memory.class, "f32", float.class, long.class);
      case F64 -> Call.of(Memory.class, "f64", double.class, long.class);
    };
  }

  static Call store(Type type) {
    return switch (type) {
      case BOOL, I8 -> Call.of(Memory.class, "i8", void.class, long.class, byte.class);
      case I16, F16 -> Call.of(Memory.class, "i16", void.class, long.class, short.class);
      case I32 -> Call.of(Memory.class, "i32", void.class, long.class, int.class);
      case I64 -> Call.of(Memory.class, "i64", void.class, long.class, long.class);
      case F32 -> Call.of(Memory.class, "f32", void.class, long.class, float.class);
      case F64 -> Call.of(Memory.class, "f64", void.class, long.class, double.class);
    };
  }

  static Class<?> javaType(Type type) {
    return switch (type) {
      case BOOL, I8, I16, I32, F16 -> int.class;
      case I64 -> long.class;
      case F32 -> float.class;
      case F64 -> double.class;
    };
  }
}
