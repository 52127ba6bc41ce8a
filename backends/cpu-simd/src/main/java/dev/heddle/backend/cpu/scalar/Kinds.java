package dev.heddle.backend.cpu.scalar;

import dev.heddle.compiler.ir.Type;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * How IR values live in the JVM. BOOL is an int 0 or 1; I8, I16 and F16 (its bits) are ints with
 * the sign copied upwards; the others are the JVM's own types.
 */
final class Kinds {
  private Kinds() {}

  static TypeKind kind(Type type) {
    return switch (type) {
      case BOOL, I8, I16, I32, F16 -> TypeKind.INT;
      case I64 -> TypeKind.LONG;
      case F32 -> TypeKind.FLOAT;
      case F64 -> TypeKind.DOUBLE;
    };
  }

  static ClassDesc descriptor(Type type) {
    return switch (type) {
      case BOOL, I8, I16, I32, F16 -> ConstantDescs.CD_int;
      case I64 -> ConstantDescs.CD_long;
      case F32 -> ConstantDescs.CD_float;
      case F64 -> ConstantDescs.CD_double;
    };
  }

  /** Copies the sign of a narrow integer upwards, after an operation on ints. */
  static void narrow(CodeBuilder code, Type type) {
    switch (type) {
      case I8 -> code.i2b();
      case I16, F16 -> code.i2s();
      case BOOL -> code.iconst_1().iand();
      case I32, I64, F32, F64 -> {}
    }
  }

  /** The int on the stack, zero bits above the type's width. */
  static void unsigned(CodeBuilder code, Type type) {
    switch (type) {
      case I8 -> code.loadConstant(0xFF).iand();
      case I16 -> code.loadConstant(0xFFFF).iand();
      case BOOL, I32, I64, F16, F32, F64 -> {}
    }
  }

  static void constant(CodeBuilder code, Type type, long bits) {
    switch (type) {
      case BOOL, I32 -> code.loadConstant((int) bits);
      case I8 -> code.loadConstant((int) (byte) bits);
      case I16, F16 -> code.loadConstant((int) (short) bits);
      case I64 -> code.loadConstant(bits);
      case F32 -> floatConstant(code, (int) bits);
      case F64 -> doubleConstant(code, bits);
    }
  }

  private static void floatConstant(CodeBuilder code, int bits) {
    float value = Float.intBitsToFloat(bits);
    if (value != value) {
      // the constant pool need not keep a NaN's bits
      code.loadConstant(bits);
      Calls.FLOAT_FROM_BITS.emit(code);
    } else {
      code.loadConstant(value);
    }
  }

  private static void doubleConstant(CodeBuilder code, long bits) {
    double value = Double.longBitsToDouble(bits);
    if (value != value) {
      code.loadConstant(bits);
      Calls.DOUBLE_FROM_BITS.emit(code);
    } else {
      code.loadConstant(value);
    }
  }
}
