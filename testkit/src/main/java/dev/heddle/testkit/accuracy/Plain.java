package dev.heddle.testkit.accuracy;

/**
 * The functions in double precision, from those of the JDK: good to a few units of a double, which
 * is far beyond what floats show; and what they give for infinities, zeroes and NaN.
 */
final class Plain {
  private Plain() {}

  /** The sine of {@code pi x} plus that many quarter turns. */
  private static double turns(double x, int quarters) {
    double rest = StrictMath.IEEEremainder(x, 2);
    double n = Math.rint(2 * rest);
    double r = (rest - n / 2) * Math.PI;
    int turned = ((int) n + quarters) & 3;
    double value = (turned & 1) == 0 ? StrictMath.sin(r) : StrictMath.cos(r);
    return (turned & 2) == 0 ? value : -value;
  }

  static double sinpi(double x) {
    double sine = turns(x, 0);
    return sine == 0 ? Math.copySign(0, x) : sine;
  }

  static double cospi(double x) {
    return turns(x, 1) + 0.0;
  }

  static double tanpi(double x) {
    double rest = StrictMath.IEEEremainder(x, 2);
    boolean odd = Math.abs(rest) == 1;
    if (rest == 0 || odd) {
      return Math.copySign(0, odd ? -x : x);
    }
    if (Math.abs(rest) == 0.5) {
      return rest == 0.5 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return turns(x, 0) / turns(x, 1);
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double small = StrictMath.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(a > 1e9 ? StrictMath.log(a) + StrictMath.log(2) : small, x);
  }

  static double acosh(double x) {
    double t = x - 1;
    if (t < 0) {
      return Double.NaN;
    }
    return x > 1e9
        ? StrictMath.log(x) + StrictMath.log(2)
        : StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    return StrictMath.log1p(2 * a / (1 - a)) * Math.copySign(0.5, x);
  }

  /** As C99 has it: Java's power differs where the base is 1 or -1. */
  static double pow(double x, double y) {
    boolean one = x == 1 || x == -1 && Double.isInfinite(y);
    return one ? 1 : StrictMath.pow(x, y);
  }

  static double powr(double x, double y) {
    boolean noLimit = y == 0 && (x == 0 || Double.isInfinite(x)) || x == 1 && Double.isInfinite(y);
    boolean undefined = x < 0 || noLimit || Double.isNaN(x) || Double.isNaN(y);
    return undefined ? Double.NaN : pow(Math.abs(x), y);
  }

  /** For a whole n. */
  static double rootn(double x, double n) {
    boolean odd = n % 2 != 0;
    if (n == 0 || Double.isNaN(x) || x < 0 && !odd) {
      return Double.NaN;
    }
    double root = StrictMath.pow(Math.abs(x), 1 / n);
    return odd ? Math.copySign(root, x) : root;
  }

  static double erf(double x) {
    if (Double.isNaN(x) || Math.abs(x) > 6) {
      return Double.isNaN(x) ? x : Math.signum(x);
    }
    double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 0x1p-60; n++) {
      term *= 2 * square / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-square) * sum;
  }

  static double erfc(double x) {
    if (!(x >= 2)) {
      return 1 - erf(x);
    }
    if (x > 30) {
      return 0;
    }
    double fraction = x;
    for (int k = 100; k >= 1; k--) {
      fraction = x + k / 2.0 / fraction;
    }
    // the rounding of x * x would show in the exponential
    double square = x * x;
    double low = Math.fma(x, x, -square);
    return StrictMath.exp(-square) * (1 - low) / Math.sqrt(Math.PI) / fraction;
  }

  /** The logarithm of the gamma function's magnitude, by way of {@link Special}. */
  static double lgamma(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return Math.abs(x);
    }
    boolean pole = x <= 0 && x == Math.rint(x);
    return pole || x > 2.5563481638716906e305
        ? Double.POSITIVE_INFINITY
        : Special.lgamma(x).value();
  }

  static double tgamma(double x) {
    if (x == 0) {
      return 1 / x;
    }
    if (x < 0 && x == Math.rint(x)) {
      return Double.NaN;
    }
    if (Double.isNaN(x) || x > 172) {
      return x + Double.POSITIVE_INFINITY;
    }
    double magnitude =
        x < -184 ? 0 : Math.abs(x) < 1e-300 ? 1 / Math.abs(x) : Math.abs(Special.tgamma(x).value());
    boolean negative = x < 0 && Math.floor(x) % 2 != 0;
    return negative ? -magnitude : magnitude;
  }
}
