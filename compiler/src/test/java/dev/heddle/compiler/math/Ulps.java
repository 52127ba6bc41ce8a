package dev.heddle.compiler.math;

/** Errors in units in the last place. */
final class Ulps {
  private Ulps() {}

  /** How far {@code got} is from {@code exact}; 0 where both are NaN or the same infinity. */
  static double of(float got, double exact) {
    float rounded = (float) exact;
    if (Double.isNaN(exact) || !Float.isFinite(rounded) || !Float.isFinite(got)) {
      return special(got, rounded, exact);
    }
    if (got == 0 && rounded == 0) {
      return 0;
    }
    return Math.abs(got - exact) / unit(exact);
  }

  /** A result beyond the largest float counts as the next number would. */
  private static double special(float got, float rounded, double exact) {
    if (Float.isNaN(rounded) || Float.isNaN(got)) {
      return Float.isNaN(rounded) && Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (got == rounded) {
      return 0;
    }
    double next = Math.copySign(0x1p128, exact);
    double value = Float.isInfinite(got) ? Math.copySign(next, got) : got;
    return Math.abs(value - (Math.abs(exact) > 0x1p128 ? next : exact)) / 0x1p104;
  }

  private static double unit(double exact) {
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    return Math.scalb(1.0, exponent - 23);
  }
}
