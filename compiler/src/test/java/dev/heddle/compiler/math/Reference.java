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
    };
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
