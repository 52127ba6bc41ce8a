package dev.heddle.cli.bench;

/** Student's t distribution. */
final class StudentT {
  private static final int STEPS = 400;
  private static final double TINY = 1e-30;
  private static final double ENOUGH = 1e-14;

  private StudentT() {}

  /**
   * The probability of a value of at least {@code t}.
   *
   * @param freedom degrees of freedom, over 0
   */
  static double tail(double t, double freedom) {
    if (Double.isInfinite(t)) {
      return t > 0 ? 0 : 1;
    }
    double half = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
    return t > 0 ? half : 1 - half;
  }

  /** The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22). */
  private static double incompleteBeta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - incompleteBeta(1 - x, b, a);
    }
    double logFactor =
        a * Math.log(x) + b * Math.log(1 - x) - logGamma(a) - logGamma(b) + logGamma(a + b);
    return Math.exp(logFactor) / a / fraction(x, a, b);
  }

  /** {@code 1 + d1 / (1 + d2 / (1 + ...))}, evaluated forwards (modified Lentz). */
  private static double fraction(double x, double a, double b) {
    double value = 1;
    double c = 1;
    double d = 0;
    for (int i = 1; i <= STEPS; i++) {
      double m = i / 2;
      double term =
          i % 2 == 0
              ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
              : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + term * d);
      c = nonZero(1 + term / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < ENOUGH) {
        break;
      }
    }
    return value;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** By Stirling's series, from 8 on; below by the recurrence. */
  private static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 8) {
      shift += Math.log(y);
      y++;
    }
    double inverse = 1 / (y * y);
    double series =
        (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / y;
    return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}
