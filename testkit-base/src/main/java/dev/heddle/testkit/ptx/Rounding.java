package dev.heddle.testkit.ptx;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Rounds numbers to a floating-point type, in every mode of cvt: to the nearest by Java's casts,
 * which are IEEE 754's; in the others to a neighbour of that.
 */
final class Rounding {
  private Rounding() {}

  /** Of a finite number, which is exact. */
  static long ofDouble(double exact, String mode, PtxType to) {
    double magnitude = Math.abs(exact);
    boolean negative = Math.copySign(1, exact) < 0;
    long nearest =
        switch (to) {
          case F16 -> nearestHalf(magnitude);
          case F32 -> Float.floatToRawIntBits((float) magnitude);
          default -> Double.doubleToRawLongBits(magnitude);
        };
    int order = Double.compare(value(nearest, to), magnitude);
    return signed(directed(nearest, order, negative, mode), negative, to);
  }

  /** Of a 64-bit number, with or without a sign. */
  static long ofInteger(long exact, boolean hasSign, String mode, PtxType to) {
    boolean negative = hasSign && exact < 0;
    long magnitude = negative ? -exact : exact;
    long nearest =
        switch (to) {
          // what a double cannot hold is far beyond the largest half anyway
          case F16 -> nearestHalf(nearestDouble(magnitude));
          case F32 -> Float.floatToRawIntBits(nearestFloat(magnitude));
          default -> Double.doubleToRawLongBits(nearestDouble(magnitude));
        };
    int order = compare(value(nearest, to), magnitude);
    return signed(directed(nearest, order, negative, mode), negative, to);
  }

  /**
   * @param order whether the nearest magnitude lies below, at or above the exact one
   */
  private static long directed(long nearest, int order, boolean negative, String mode) {
    if (mode.equals("rn")) {
      return nearest;
    }
    boolean towardZero = mode.equals("rz") || mode.equals("rm") != negative;
    if (towardZero) {
      return order > 0 ? nearest - 1 : nearest;
    }
    return order < 0 ? nearest + 1 : nearest;
  }

  private static long signed(long magnitude, boolean negative, PtxType to) {
    return negative ? magnitude | 1L << (to.bits() - 1) : magnitude;
  }

  private static double value(long bits, PtxType type) {
    return switch (type) {
      case F16 -> Float.float16ToFloat((short) bits);
      case F32 -> Float.intBitsToFloat((int) bits);
      default -> Double.longBitsToDouble(bits);
    };
  }

  private static int compare(double value, long unsigned) {
    if (Double.isInfinite(value)) {
      return 1;
    }
    BigInteger whole = new BigInteger(Long.toUnsignedString(unsigned));
    return new BigDecimal(value).compareTo(new BigDecimal(whole));
  }

  /** By way of a float rounded to odd, so that it is rounded once. */
  private static long nearestHalf(double magnitude) {
    float near = (float) magnitude;
    if (near > magnitude) {
      near = Math.nextDown(near);
    }
    int odd = near == magnitude ? 0 : 1;
    return Float.floatToFloat16(Float.intBitsToFloat(Float.floatToRawIntBits(near) | odd)) & 0xFFFF;
  }

  private static float nearestFloat(long unsigned) {
    return unsigned >= 0 ? (float) unsigned : 2 * (float) (unsigned >>> 1 | unsigned & 1);
  }

  private static double nearestDouble(long unsigned) {
    return unsigned >= 0 ? (double) unsigned : 2 * (double) (unsigned >>> 1 | unsigned & 1);
  }
}
