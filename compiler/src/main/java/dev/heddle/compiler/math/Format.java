package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.Type;

/**
 * The layout of a binary floating-point type.
 *
 * @param type F32 or F64
 * @param word the integer type of the same width
 * @param fraction number of stored fraction bits
 * @param bias of the exponent
 */
record Format(Type type, Type word, int fraction, int bias) {
  private static final Format SINGLE = new Format(Type.F32, Type.I32, 23, 127);
  private static final Format DOUBLE = new Format(Type.F64, Type.I64, 52, 1023);

  static Format of(Type type) {
    return switch (type) {
      case F32 -> SINGLE;
      case F64 -> DOUBLE;
      case BOOL, I8, I16, I32, I64, F16 ->
          throw new IllegalArgumentException("no math on " + type.text());
    };
  }

  boolean isSingle() {
    return type == Type.F32;
  }

  /** Width in bits. */
  int bits() {
    return type.bits();
  }

  /** 1.5 times two to the number of fraction bits: what is added to it is rounded to an integer. */
  double magic() {
    return 1.5 * Math.scalb(1.0, fraction);
  }

  /** The smallest normal number. */
  double smallestNormal() {
    return Math.scalb(1.0, 1 - bias);
  }

  /** The one of two constants that is for this type. */
  double pick(double single, double dbl) {
    return isSingle() ? single : dbl;
  }

  /** The one of two lists of coefficients that is for this type. */
  double[] pick(double[] single, double[] dbl) {
    return isSingle() ? single : dbl;
  }

  /** The bits of a number of this type, which must be exactly representable in it. */
  long bits(double value) {
    if (!isSingle()) {
      return Double.doubleToRawLongBits(value);
    }
    if (!Double.isNaN(value) && (float) value != value) {
      throw new IllegalArgumentException(Double.toHexString(value) + " is no float");
    }
    return Float.floatToRawIntBits((float) value);
  }
}
