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

  /** g for 0.46 <= x <= 10.1 and k = 2; relative error 2^-27.2 with the low part. */
  private static final double[] ERFC_SINGLE = {
    0x1.46e80ep+0,
    -0x1.7bf5dep-4,
    -0x1.54080ap-3,
    0x1.4ff8fap-3,
    -0x1.bc14fcp-5,
    -0x1.067988p-7,
    0x1.1b6aa2p-7,
    0x1.3196a6p-10,
    -0x1.47d2b2p-10,
    -0x1.08c67ep-12
  };

  /** g for 0.46 <= x <= 27.5 and k = 4; relative error 2^-56.2 with the low part. */
  private static final double[] ERFC_DOUBLE = {
    0x1.3ba5916e9fd7fp+0,
    -0x1.1df1ad154a28ep-3,
    0x1.f7f5df66fd717p-7,
    0x1.16ecefcfa52c6p-4,
    -0x1.9ddb23c3e8b02p-4,
    0x1.7fee004e1491fp-4,
    -0x1.0fb06dfe538b3p-4,
    0x1.3079edf6267dbp-5,
    -0x1.09623882c5364p-6,
    0x1.49c672a73c495p-8,
    -0x1.8d4a9c4ab341cp-11,
    -0x1.a1df428221d19p-13,
    0x1.3be06e2f2319cp-13,
    -0x1.995527123cebdp-16,
    -0x1.788e9fa4e11acp-17,
    0x1.7ef7d4d45a3c0p-18,
    0x1.3c2354b975204p-22,
    -0x1.b81d7d0efeeb1p-21,
    0x1.3c832f2161dc9p-24,
    0x1.bc7a98d47e25bp-24,
    -0x1.26482cc2bb22dp-26,
    -0x1.4e8daf80c54e4p-27,
    0x1.acd617f67b2f6p-30
  };

  /** What the first coefficients lack. */
  private static final double ERFC_LOW_SINGLE = 0x1.b22486p-27;

  private static final double ERFC_LOW_DOUBLE = -0x1.a4acbd08e373cp-55;

  private ErrorFunctions() {}

  static Num erf(Num x) {
    Num a = x.abs();
    Num large = x.constant(1).minus(largeErfc(a));
    return a.lessThan(1).select(smallErf(a), large).signFlippedBy(x);
  }

  static Num erfc(Num x) {
    Num a = x.abs();
    Num small = a.constant(1).minus(smallErf(a));
    Num positive = a.lessThan(0.46875).select(small, preciseErfc(a));
    return x.lessThan(0).select(x.constant(2).minus(positive), positive);
  }

  private static Num smallErf(Num a) {
    Num p = a.squared().polynomial(a.format().pick(ERF_SINGLE, ERF_DOUBLE));
    return a.timesPlus(p, a);
  }

  /** {@code (x - k) / (x + k)}. */
  private static Num mapped(Num x) {
    double k = x.format().pick(2, 4);
    return x.minus(k).over(x.plus(k));
  }

  /** Good enough for what is taken from 1. */
  private static Num largeErfc(Num a) {
    Num x = limited(a);
    Num g = mapped(x).polynomial(a.format().pick(ERFC_SINGLE, ERFC_DOUBLE));
    Num factor = g.over(x.plus(x).plus(1));
    Pair square = Pair.product(x, x).negated();
    Num power = Exponentials.exp(square.high());
    return power.timesPlus(square.low(), power).times(factor);
  }

  private static Num limited(Num a) {
    double limit = a.format().pick(10.1f, 27.5);
    return a.greaterThan(limit).select(limit, a);
  }

  private static Num preciseErfc(Num a) {
    Format format = a.format();
    Num x = limited(a);
    double[] coefficients = format.pick(ERFC_SINGLE, ERFC_DOUBLE);
    Num t = mapped(x);
    double[] others = coefficients.clone();
    others[0] = format.pick(ERFC_LOW_SINGLE, ERFC_LOW_DOUBLE);
    Pair g = Pair.ordered(x.constant(coefficients[0]), t.polynomial(others));
    Pair factor = g.over(Pair.sum(x.plus(x), x.constant(1)));
    return Exponentials.expTimes(Pair.product(x, x).negated(), factor);
  }
}
