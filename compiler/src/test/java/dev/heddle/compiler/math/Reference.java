package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.BuiltinOp;

/** The functions in double precision, good to a few of its ULP: far beyond what floats show. */
final class Reference {
  private Reference() {}

  static double of(BuiltinOp op, double x, double y) {
    return switch (op) {
      case EXP -> StrictMath.exp(x);
      case EXP2 -> StrictMath.pow(2, x);
      case EXP10 -> StrictMath.pow(10, x);
      case EXPM1 -> StrictMath.expm1(x);
      case LOG -> StrictMath.log(x);
      case LOG2 -> StrictMath.log(x) / StrictMath.log(2);
      case LOG10 -> StrictMath.log10(x);
      case LOG1P -> StrictMath.log1p(x);
      case POW -> pow(x, y);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      case ASIN -> StrictMath.asin(x);
      case ACOS -> StrictMath.acos(x);
      case ATAN -> StrictMath.atan(x);
      case ATAN2 -> StrictMath.atan2(x, y);
      case SINH -> StrictMath.sinh(x);
      case COSH -> StrictMath.cosh(x);
      case TANH -> StrictMath.tanh(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case CBRT -> StrictMath.cbrt(x);
      case HYPOT -> StrictMath.hypot(x, y);
      case ERF -> erf(x);
      case ERFC -> erfc(x);
      case FMOD -> x % y;
      case REMAINDER -> StrictMath.IEEEremainder(x, y);
      case SINPI -> turns(x, 0);
      case COSPI -> turns(x, 1) + 0;
      case TANPI -> tanpi(x);
      case ASINPI -> StrictMath.asin(x) / Math.PI;
      case ACOSPI -> StrictMath.acos(x) / Math.PI;
      case ATANPI -> StrictMath.atan(x) / Math.PI;
      case ATAN2PI -> StrictMath.atan2(x, y) / Math.PI;
      case ASINH -> asinh(x);
      case ACOSH -> acosh(x);
      case ATANH -> StrictMath.log1p(2 * Math.abs(x) / (1 - Math.abs(x))) * Math.copySign(0.5, x);
      case POWR -> powr(x, y);
      case POWN, ROOTN, REMQUO, LGAMMA, TGAMMA ->
          throw new IllegalArgumentException("tested apart: " + op);
    };
  }

  /** The sine of {@code pi x} plus that many quarter turns. */
  private static double turns(double x, int quarters) {
    double rest = StrictMath.IEEEremainder(x, 2);
    double n = Math.rint(2 * rest);
    double r = (rest - n / 2) * Math.PI;
    int turned = ((int) n + quarters) & 3;
    double value = (turned & 1) == 0 ? StrictMath.sin(r) : StrictMath.cos(r);
    double signed = (turned & 2) == 0 ? value : -value;
    return signed == 0 ? Math.copySign(0, x) * (1 - quarters) : signed;
  }

  private static double tanpi(double x) {
    double rest = StrictMath.IEEEremainder(x, 2);
    boolean odd = Math.abs(rest) == 1;
    if (rest == 0 || odd) {
      return Math.copySign(0, odd ? -x : x);
    }
    double cosine = turns(x, 1);
    return cosine == 0
        ? rest == 0.5 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY
        : turns(x, 0) / cosine;
  }

  private static double asinh(double x) {
    double a = Math.abs(x);
    double small = StrictMath.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(a > 1e9 ? StrictMath.log(a) + StrictMath.log(2) : small, x);
  }

  private static double acosh(double x) {
    double t = x - 1;
    return x < 1
        ? Double.NaN
        : x > 1e9
            ? StrictMath.log(x) + StrictMath.log(2)
            : StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double powr(double x, double y) {
    boolean noLimit = y == 0 && (x == 0 || Double.isInfinite(x)) || x == 1 && Double.isInfinite(y);
    return x < 0 || noLimit || Double.isNaN(x) || Double.isNaN(y)
        ? Double.NaN
        : pow(Math.abs(x), y);
  }

  /** As C99 has it: Java's power differs where the base is 1 or -1. */
  private static double pow(double x, double y) {
    boolean one = x == 1 || x == -1 && Double.isInfinite(y);
    return one ? 1 : StrictMath.pow(x, y);
  }

  /** A series of positive terms: {@code 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!}. */
  private static double erf(double x) {
    if (!(Math.abs(x) < 6)) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** From 2 on by a continued fraction, evaluated from far behind. */
  private static double erfc(double x) {
    if (!(x >= 2)) {
      return 1 - erf(x);
    }
    if (x > 100) {
      return 0;
    }
    double fraction = x;
    for (int k = 200; k >= 1; k--) {
      fraction = x + k / 2.0 / fraction;
    }
    // the rounding of x * x would show in the exponential
    double square = x * x;
    double low = Math.fma(x, x, -square);
    return StrictMath.exp(-square) * (1 - low) / Math.sqrt(Math.PI) / fraction;
  }
}
