package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Type;

/**
 * How IR types and values are spelled in OpenCL C. Integers are unsigned, halves are their bits.
 */
final class CType {
  private CType() {}

  /** The type of a variable. */
  static String of(Type type) {
    return switch (type) {
      case BOOL -> "bool";
      case I8 -> "uchar";
      case I16, F16 -> "ushort";
      case I32 -> "uint";
      case I64 -> "ulong";
      case F32 -> "float";
      case F64 -> "double";
    };
  }

  /** The signed type of an integer. */
  static String signed(Type type) {
    return switch (type) {
      case I8 -> "char";
      case I16 -> "short";
      case I32 -> "int";
      case I64 -> "long";
      case BOOL, F16, F32, F64 -> throw new IllegalArgumentException("no integer: " + type);
    };
  }

  /** The type of an element in memory; it may alias any other. */
  static String memory(Type type) {
    return switch (type) {
      case BOOL, I8 -> "uchar";
      case I16, F16 -> "memory_ushort";
      case I32 -> "memory_uint";
      case I64 -> "memory_ulong";
      case F32 -> "memory_float";
      case F64 -> "memory_double";
    };
  }

  /** A kernel parameter's type; {@code bool} is not allowed there. */
  static String parameter(Type type) {
    return type == Type.BOOL ? "uchar" : of(type);
  }

  static String zero(Type type) {
    return constant(type, 0);
  }

  static String constant(Type type, long bits) {
    return switch (type) {
      case BOOL -> bits == 0 ? "false" : "true";
      case I8 -> "(uchar)" + bits;
      case I16, F16 -> "(ushort)" + bits;
      case I32 -> bits + "u";
      case I64 -> Long.toUnsignedString(bits) + "ul";
      case F32 -> floatConstant((int) bits);
      case F64 -> doubleConstant(bits);
    };
  }

  private static String floatConstant(int bits) {
    float value = Float.intBitsToFloat(bits);
    if (!Float.isFinite(value)) {
      return "as_float(0x" + Integer.toHexString(bits) + "u)";
    }
    return signed(bits < 0, Float.toHexString(value) + "f");
  }

  private static String doubleConstant(long bits) {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value)) {
      return "as_double(0x" + Long.toHexString(bits) + "ul)";
    }
    return signed(bits < 0, Double.toHexString(value));
  }

  private static String signed(boolean negative, String literal) {
    return negative ? "(" + literal + ")" : literal;
  }
}
