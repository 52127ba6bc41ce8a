package dev.heddle.kernels;

/**
 * Floating-point numbers as integers of the same order: -0 below 0, NaN above all. The bits of
 * numbers of one sign already are in order; for negative ones it is turned round.
 */
final class Ordered {
  private Ordered() {}

  static int of(float value) {
    return turned(Float.floatToIntBits(value));
  }

  static float floatOf(int order) {
    return Float.intBitsToFloat(turned(order));
  }

  static long of(double value) {
    return turned(Double.doubleToLongBits(value));
  }

  static double doubleOf(long order) {
    return Double.longBitsToDouble(turned(order));
  }

  private static int turned(int bits) {
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  private static long turned(long bits) {
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }
}
