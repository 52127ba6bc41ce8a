package dev.heddle.cli.run;

/** Distances in units in the last place. */
final class Ulps {
  private Ulps() {}

  /** How many representable numbers lie between two; NaNs are equal to each other only. */
  static long between(double a, double b, boolean asDouble) {
    if (a != a || b != b) {
      return a != a && b != b ? 0 : Long.MAX_VALUE;
    }
    long x =
        asDouble ? ordered(Double.doubleToLongBits(a)) : ordered(Float.floatToIntBits((float) a));
    long y =
        asDouble ? ordered(Double.doubleToLongBits(b)) : ordered(Float.floatToIntBits((float) b));
    long distance = x - y;
    boolean overflow = ((x ^ y) & (x ^ distance)) < 0;
    return overflow ? Long.MAX_VALUE : Math.abs(distance);
  }

  private static long ordered(long bits) {
    return bits < 0 ? Long.MIN_VALUE - bits : bits;
  }

  private static long ordered(int bits) {
    return bits < 0 ? (long) Integer.MIN_VALUE - bits : bits;
  }
}
