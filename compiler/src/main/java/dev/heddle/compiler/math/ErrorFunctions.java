package dev.heddle.compiler.math;

/**
 * The error function and its complement.
 *
 * <p>Method: up to 1, {@code erf x = x + x p(x^2)}. Beyond, {@code erfc x = exp(-x^2) g(t) / (1 +
 * 2x)} with {@code t = (x - k) / (x + k)}, in which g, that is {@code (1 + 2x) exp(x^2) erfc x}, is
 * nearly a straight line.
 */
final class ErrorFunctions {
  /** p in {@code erf x = x + x p(x^2)}, |x| <= 1; relative error 2^-29 and 2^-56.3. */
  private static final double[] ERF_SINGLE = {
    0x1.06eba8p-3,
    -0x1.81273ep-2,
    0x1.ce2ce6p-4,
    -0x1.b7f71ap-6,
    0x1.53f22ep-8,
    -0x1.a351ccp-11,
    0x1.477390p-14
  };

  private static final double[] ERF_DOUBLE = {
    0x1.06eba8214db69p-3,
    -0x1.812746b037a25p-2,
    0x1.ce2f21a0458dbp-4,
    -0x1.b82ce31354edfp-6,
    0x1.565bcd2c6a5f0p-8,
    -0x1.c02db934e5a31p-11,
    0x1.f9a3b9949758ep-14,
    -0x1.f4dcf73930bf3p-17,
    0x1.ba696c2f42da5p-20,
    -0x1.639411cfd48d3p-23,
    0x1.133478cc42316p-26,
    -0x1.c540ee4be4d60p-30,
    0x1.3c676daa2d7ccp-33
  };

  /** g for 0 <= x <= 10.1 and k = 2; relative error 2^-25. */
  private static final double[] ERFC_SINGLE = {
    0x1.46e80ep+0,
    -0x1.7bf616p-4,
    -0x1.540848p-3,
    0x1.4ffc40p-3,
    -0x1.bc0aaap-5,
    -0x1.081b22p-7,
    0x1.1ad7eep-7,
    0x1.585568p-10,
    -0x1.426c36p-10,
    -0x1.a40bfcp-12
  };

  /** g for 0 <= x <= 27.5 and k = 4; relative error 2^-54.3. */
  private static final double[] ERFC_DOUBLE = {
    0x1.3ba5916e9fd7fp+0,
    -0x1.1df1ad154a28fp-3,
    0x1.f7f5df66fd7d4p-7,
    0x1.16ecefcfa53fep-4,
    -0x1.9ddb23c3e91bcp-4,
    0x1.7fee004e1141ap-4,
    -0x1.0fb06dfe47ad8p-4,
    0x1.3079edf6accd2p-5,
    -0x1.096238856dba9p-6,
    0x1.49c67277a4780p-8,
    -0x1.8d4a9989b6073p-11,
    -0x1.a1df1904bd3c6p-13,
    0x1.3be035d739207p-13,
    -0x1.995afed34312cp-16,
    -0x1.7883358c061f0p-17,
    0x1.7f3d4048c931fp-18,
    0x1.393b14daf1a62p-22,
    -0x1.bc5651c8601d1p-21,
    0x1.4a94a88bc3886p-24,
    0x1.e5ef25d23fe42p-24,
    -0x1.47f5753feafe3p-26,
    -0x1.1bbb6c4ff913bp-26,
    0x1.d443ff0e4c6bcp-30,
    0x1.1d6eb84c807d2p-29,
    0x1.34fe0c30eca2bp-32
  };

  private ErrorFunctions() {}

  static Num erf(Num x) {
    Num a = x.abs();
    Num large = x.constant(1).minus(largeErfc(a));
    return a.lessThan(1).select(smallErf(a), large).signFlippedBy(x);
  }

  static Num erfc(Num x) {
    Num a = x.abs();
    Num small = a.constant(1).minus(smallErf(a));
    Num positive = a.lessThan(0.5).select(small, largeErfc(a));
    return x.lessThan(0).select(x.constant(2).minus(positive), positive);
  }

  private static Num smallErf(Num a) {
    Num p = a.squared().polynomial(a.format().pick(ERF_SINGLE, ERF_DOUBLE));
    return a.timesPlus(p, a);
  }

  private static Num largeErfc(Num a) {
    Format format = a.format();
    double limit = format.pick(10.1f, 27.5);
    double k = format.pick(2, 4);
    Num x = a.greaterThan(limit).select(limit, a);
    Num t = x.minus(k).over(x.plus(k));
    Num g = t.polynomial(format.pick(ERFC_SINGLE, ERFC_DOUBLE));
    Num factor = g.over(x.plus(x).plus(1));
    Num square = x.squared();
    Num squareLow = x.timesPlus(x, square.negated());
    Num power = Exponentials.exp(square.negated());
    return power.timesPlus(squareLow.negated(), power).times(factor);
  }
}
