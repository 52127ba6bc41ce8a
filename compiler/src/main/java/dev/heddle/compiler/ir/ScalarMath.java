package dev.heddle.compiler.ir;

/**
 * The scalar operations of the IR that the JVM has no instruction or library method for, or only
 * one with other rules. {@link Arithmetic} is defined by them, and generated scalar code may call
 * them.
 */
public final class ScalarMath {
  /** The half-precision NaN that conversions yield. */
  public static final short HALF_NAN = 0x7E00;

  private static final double TWO_63 = 0x1p63;
  private static final double TWO_64 = 0x1p64;

  private ScalarMath() {}

  public static int smulhi(int a, int b) {
    return (int) (((long) a * b) >> 32);
  }

  public static int umulhi(int a, int b) {
    return (int) ((Integer.toUnsignedLong(a) * Integer.toUnsignedLong(b)) >>> 32);
  }

  public static long smulhi(long a, long b) {
    return Math.multiplyHigh(a, b);
  }

  public static long umulhi(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b);
  }

  /** The quotient, 0 if {@code b} is 0. */
  public static int sdiv(int a, int b) {
    return b == 0 ? 0 : a / b;
  }

  /** The remainder, 0 if {@code b} is 0. */
  public static int srem(int a, int b) {
    return b == 0 ? 0 : a % b;
  }

  /** The quotient, 0 if {@code b} is 0. */
  public static int udiv(int a, int b) {
    return b == 0 ? 0 : Integer.divideUnsigned(a, b);
  }

  /** The remainder, 0 if {@code b} is 0. */
  public static int urem(int a, int b) {
    return b == 0 ? 0 : Integer.remainderUnsigned(a, b);
  }

  /** The quotient, 0 if {@code b} is 0. */
  public static long sdiv(long a, long b) {
    return b == 0 ? 0 : a / b;
  }

  /** The remainder, 0 if {@code b} is 0. */
  public static long srem(long a, long b) {
    return b == 0 ? 0 : a % b;
  }

  /** The quotient, 0 if {@code b} is 0. */
  public static long udiv(long a, long b) {
    return b == 0 ? 0 : Long.divideUnsigned(a, b);
  }

  /** The remainder, 0 if {@code b} is 0. */
  public static long urem(long a, long b) {
    return b == 0 ? 0 : Long.remainderUnsigned(a, b);
  }

  public static int umin(int a, int b) {
    return Integer.compareUnsigned(a, b) < 0 ? a : b;
  }

  public static int umax(int a, int b) {
    return Integer.compareUnsigned(a, b) > 0 ? a : b;
  }

  public static long umin(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }

  public static long umax(long a, long b) {
    return Long.compareUnsigned(a, b) > 0 ? a : b;
  }

  /** The same value; the canonical NaN for any NaN. */
  public static float canonical(float value) {
    return value != value ? Float.NaN : value;
  }

  /** The same value; the canonical NaN for any NaN. */
  public static double canonical(double value) {
    return value != value ? Double.NaN : value;
  }

  /** The smaller; the other operand where one is NaN; -0 is less than +0. */
  public static float fmin(float a, float b) {
    if (a != a) {
      return canonical(b);
    }
    return b != b ? a : Math.min(a, b);
  }

  /** The larger; the other operand where one is NaN; -0 is less than +0. */
  public static float fmax(float a, float b) {
    if (a != a) {
      return canonical(b);
    }
    return b != b ? a : Math.max(a, b);
  }

  /** The smaller; the other operand where one is NaN; -0 is less than +0. */
  public static double fmin(double a, double b) {
    if (a != a) {
      return canonical(b);
    }
    return b != b ? a : Math.min(a, b);
  }

  /** The larger; the other operand where one is NaN; -0 is less than +0. */
  public static double fmax(double a, double b) {
    if (a != a) {
      return canonical(b);
    }
    return b != b ? a : Math.max(a, b);
  }

  /** Rounds toward zero; keeps the sign of a zero result. */
  public static float truncate(float value) {
    return (float) truncate((double) value);
  }

  /** Rounds toward zero; keeps the sign of a zero result. */
  public static double truncate(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  /** To a signed integer of 8 or 16 bits, toward zero, saturating; NaN gives 0. */
  public static int toSigned(double value, int bits) {
    int limit = 1 << (bits - 1);
    return Math.clamp((int) value, -limit, limit - 1);
  }

  /** To an unsigned integer of 8 or 16 bits, toward zero, saturating; NaN gives 0. */
  public static int toUnsigned(double value, int bits) {
    return Math.clamp((int) value, 0, (1 << bits) - 1);
  }

  /** To an unsigned 32-bit integer, toward zero, saturating; NaN gives 0. */
  public static int toUnsignedInt(double value) {
    return (int) Math.clamp((long) value, 0L, 0xFFFF_FFFFL);
  }

  /** To an unsigned 64-bit integer, toward zero, saturating; NaN gives 0. */
  public static long toUnsignedLong(double value) {
    if (!(value > 0)) {
      return 0;
    }
    if (value >= TWO_64) {
      return -1;
    }
    // the difference of two multiples of one ulp is exact
    return value < TWO_63 ? (long) value : (long) (value - TWO_63) ^ Long.MIN_VALUE;
  }

  /** The nearest float to an unsigned 64-bit integer, ties to even. */
  public static float unsignedToFloat(long value) {
    return value >= 0 ? (float) value : 2 * (float) halved(value);
  }

  /** The nearest double to an unsigned 64-bit integer, ties to even. */
  public static double unsignedToDouble(long value) {
    return value >= 0 ? (double) value : 2 * (double) halved(value);
  }

  /** Half of an unsigned integer with a lost bit kept as the lowest, so that rounding sees it. */
  private static long halved(long value) {
    return (value >>> 1) | (value & 1);
  }

  /** Exact; the canonical NaN for any NaN. */
  public static float halfToFloat(short half) {
    return canonical(Float.float16ToFloat(half));
  }

  /** To nearest even. */
  public static short floatToHalf(float value) {
    return value != value ? HALF_NAN : Float.floatToFloat16(value);
  }

  /** To nearest even, in one rounding. */
  public static short doubleToHalf(double value) {
    return floatToHalf(toOdd(value));
  }

  /**
   * Rounds to odd: truncated, with the lowest bit set if anything was lost. A later rounding to a
   * format narrower by at least two bits then gives what one rounding would (Boldo and Melquiond,
   * "Emulation of FMA and correctly rounded sums", 2008).
   */
  private static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || value != value) {
      return nearest;
    }
    int bits = Float.floatToRawIntBits(nearest);
    if (Math.abs((double) nearest) > Math.abs(value)) {
      bits--;
    }
    return Float.intBitsToFloat(bits | 1);
  }
}
