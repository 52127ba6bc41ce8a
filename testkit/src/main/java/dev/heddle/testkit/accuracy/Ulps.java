package dev.heddle.testkit.accuracy;

/** Errors in units in the last place of the exact result. */
final class Ulps {
  private Ulps() {}

  /** How far {@code got} is from {@code exact}; 0 where both are NaN or the same infinity. */
  static double of(float got, double exact) {
    float rounded = (float) exact;
    if (got == rounded && (got == 0 || Float.isInfinite(got))) {
      return sameSign(got, exact) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isNaN(rounded) || Float.isNaN(got)) {
      return Float.isNaN(rounded) && Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isInfinite(got) || Float.isInfinite(rounded)) {
      return Math.abs(bounded(got, 0x1p128) - bounded(exact, 0x1p128)) / 0x1p104;
    }
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    // 2^(23 - exponent), by its bits
    return Math.abs(got - exact) * Double.longBitsToDouble((1023L + 23 - exponent) << 52);
  }

  private static boolean sameSign(double a, double b) {
    return Math.copySign(1, a) == Math.copySign(1, b);
  }

  /** A result beyond the largest number counts as the next number would. */
  private static double bounded(double value, double next) {
    return Math.abs(value) > next ? Math.copySign(next, value) : value;
  }

  /** Of a result that is no exact zero, infinity or NaN; in units of {@code least} at least. */
  static double of(double got, Twofold exact, double least) {
    if (Double.isNaN(got)) {
      return Double.POSITIVE_INFINITY;
    }
    double unit = Math.max(Math.ulp(exact.high()), Math.ulp(least));
    if (Double.isInfinite(got)) {
      return exact.high() == Double.MAX_VALUE ? 1 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(got - exact.high() - exact.low()) / unit;
  }
}
