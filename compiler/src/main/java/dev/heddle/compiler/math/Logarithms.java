package dev.heddle.compiler.math;

/**
 * Logarithms.
 *
 * <p>Method: {@code x = 2^e m} with m near 1, by integer arithmetic on the bits. In single
 * precision {@code log(1 + f)} is a polynomial in {@code f = m - 1}, {@code 2/3 <= m < 4/3}; in
 * double precision it is a polynomial in the square of {@code s = f / (2 + f)}, {@code sqrt(1/2) <=
 * m < sqrt(2)}, where {@code log m = 2 s + s^3 R(s^2)}. Minimax for the relative error.
 */
final class Logarithms {
  /** R in {@code log(1 + f) = f + f^2 R(f)}, -1/3 <= f <= 1/3; relative error 2^-27.6. */
  private static final double[] LOG_SINGLE = {
    -0x1.000000p-1,
    0x1.5554fap-2,
    -0x1.ffff94p-3,
    0x1.99d58cp-3,
    -0x1.557e20p-3,
    0x1.1e8248p-3,
    -0x1.f6b7c0p-4,
    0x1.1ff43ep-3,
    -0x1.ff94c6p-4
  };

  /** R in {@code log2(1 + f) = f log2(e) + f^2 R(f)}, as m lies in double precision; 2^-30. */
  private static final double[] LOG2_SINGLE = {
    -0x1.715476p-1,
    0x1.ec7086p-2,
    -0x1.7154d6p-2,
    0x1.277fcap-2,
    -0x1.ec619ap-3,
    0x1.a3ec8ep-3,
    -0x1.6fe634p-3,
    0x1.61f068p-3,
    -0x1.529d3ap-3,
    0x1.74d152p-4
  };

  /** R in {@code log10(1 + f) = f log10(e) + f^2 R(f)}; relative error 2^-27.6. */
  private static final double[] LOG10_SINGLE = {
    -0x1.bcb7b2p-3,
    0x1.287a2ep-3,
    -0x1.bcb66cp-4,
    0x1.63f6dep-4,
    -0x1.28c0f2p-4,
    0x1.f22708p-5,
    -0x1.b0f8b8p-5,
    0x1.f21e54p-5,
    -0x1.cc3252p-5
  };

  /** R in {@code log m = 2 s + s^3 R(s^2)}; relative error 2^-59.5. */
  private static final double[] LOG_DOUBLE = {
    0x1.5555555555593p-1,
    0x1.999999997f9cdp-2,
    0x1.249249422ee16p-2,
    0x1.c71c51d25e623p-3,
    0x1.74664b2107ccbp-3,
    0x1.39a0685640b44p-3,
    0x1.2f1392f425eafp-3
  };

  /** The bits of 2/3 and of sqrt(1/2), where m starts. */
  private static final long TWO_THIRDS = 0x3f2aaaabL;

  static final long ROOT_HALF_SINGLE = 0x3f3504f3L;
  static final long ROOT_HALF_DOUBLE = 0x3fe6a09e667f3bcdL;

  private Logarithms() {}

  /** {@code x = 2^e m}, for a positive finite x. */
  record Split(Num e, Num m) {}

  /** Splits so that m starts at the number whose bits are {@code start}. */
  static Split split(Num x, long start) {
    Format format = x.format();
    int fraction = format.fraction();
    Condition tiny = x.lessThan(format.smallestNormal());
    Num normal = tiny.select(x.times(Math.scalb(1.0, fraction)), x);
    Int bits = normal.bits();
    Int exponent = bits.minus(start).and(-1L << fraction);
    Num scaled = exponent.toNum();
    Num offset = tiny.select(x.constant(-fraction), x.constant(0));
    Num e = scaled.timesPlus(Math.scalb(1.0, -fraction), offset);
    return new Split(e, bits.minus(exponent).asNum());
  }

  /** The logarithm of a number that may have none: of infinity, zero, a negative number, NaN. */
  private static Num forAll(Num x, Num result) {
    double infinity = Double.POSITIVE_INFINITY;
    Num upToInfinity = x.lessThan(infinity).select(result, x);
    Num special = x.equalTo(0).select(-infinity, x.constant(Double.NaN));
    return x.greaterThan(0).select(upToInfinity, special);
  }

  static Num log(Num x) {
    if (x.format().isSingle()) {
      Split split = split(x, TWO_THIRDS);
      Num f = split.m().minus(1);
      return forAll(x, split.e().timesPlus(0x1.62e430p-1, logSingle(f)));
    }
    Split split = split(x, ROOT_HALF_DOUBLE);
    return forAll(x, naturalDouble(split.e(), split.m().minus(1)));
  }

  private static Num logSingle(Num f) {
    return f.squared().timesPlus(f.polynomial(LOG_SINGLE), f);
  }

  /** {@code e ln 2 + log(1 + f)}; the high part of ln 2 has zeros where e has bits. */
  private static Num naturalDouble(Num e, Num f) {
    Num low = e.timesPlus(0x1.a39ef35793c76p-33, correctionDouble(f).negated());
    return e.timesPlus(0x1.62e42fee00000p-1, f.plus(low));
  }

  /** {@code f - log(1 + f)}, which is {@code s (f - s^2 R)}. */
  private static Num correctionDouble(Num f) {
    Num s = f.over(f.plus(2));
    Num z = s.squared();
    return s.times(f.minus(z.times(z.polynomial(LOG_DOUBLE))));
  }

  static Num log2(Num x) {
    if (x.format().isSingle()) {
      Split split = split(x, ROOT_HALF_SINGLE);
      Num f = split.m().minus(1);
      Num low = f.timesPlus(0x1.4ae0c0p-26, f.squared().times(f.polynomial(LOG2_SINGLE)));
      return forAll(x, f.timesPlus(0x1.715476p+0, low).plus(split.e()));
    }
    Split split = split(x, ROOT_HALF_DOUBLE);
    Num f = split.m().minus(1);
    Num low = correctionDouble(f).negated();
    Num tail = low.times(0x1.71547652b82fep+0).plus(f.times(0x1.777d0ffda0d24p-56));
    return forAll(x, f.timesPlus(0x1.71547652b82fep+0, tail).plus(split.e()));
  }

  static Num log10(Num x) {
    if (x.format().isSingle()) {
      Split split = split(x, TWO_THIRDS);
      Num f = split.m().minus(1);
      Num low = f.timesPlus(-0x1.5b235ep-27, f.squared().times(f.polynomial(LOG10_SINGLE)));
      Num tail = split.e().timesPlus(-0x1.ec10c0p-27, low);
      Num logM = f.timesPlus(0x1.bcb7b2p-2, tail);
      return forAll(x, split.e().timesPlus(0x1.344136p-2, logM));
    }
    Split split = split(x, ROOT_HALF_DOUBLE);
    Num f = split.m().minus(1);
    Num low = correctionDouble(f).negated();
    Num tail = low.times(0x1.bcb7b1526e50ep-2).plus(f.times(0x1.95355baaafad3p-57));
    Num all = split.e().timesPlus(-0x1.9dc1da994fd21p-59, tail);
    Num logM = f.timesPlus(0x1.bcb7b1526e50ep-2, all);
    return forAll(x, split.e().timesPlus(0x1.34413509f79ffp-2, logM));
  }

  /**
   * The exponent comes from {@code 1 + x}, the rest from x itself, so that nothing is rounded off.
   */
  static Num log1p(Num x) {
    Format format = x.format();
    Num u = x.plus(1);
    Int one = u.constant(1).bits();
    Int exponent = u.bits().minus(start(format)).and(-1L << format.fraction());
    Num scale = one.minus(exponent).asNum();
    Num m = u.bits().minus(exponent).asNum();
    Condition large = x.greaterThan(Math.scalb(1.0, format.fraction() + 7));
    Num f = large.select(m.minus(1), x.timesPlus(scale, scale.minus(1)));
    Num e = exponent.toNum().times(Math.scalb(1.0, -format.fraction()));
    Num lost = large.select(0, x.timesPlus(scale, scale.minus(1).minus(f)));
    return x.equalTo(0).select(x, forAll(u, precise(e, f, tail(f).plus(corrected(lost, f)))));
  }

  /** The logarithm of {@code x * 2^twos} for a positive, normal x below 2^127 or 2^1023. */
  static Num log(Pair x, int twos) {
    Format format = x.high().format();
    Int bits = x.high().bits();
    Int exponent = bits.minus(start(format)).and(-1L << format.fraction());
    Num scale = x.high().constant(1).bits().minus(exponent).asNum();
    Num f = bits.minus(exponent).asNum().minus(1);
    Num rest = tail(f).plus(corrected(x.low().times(scale), f));
    Num e = exponent.toNum().timesPlus(Math.scalb(1.0, -format.fraction()), twos);
    return precise(e, f, rest);
  }

  /** {@code log(1 + f + low) - log(1 + f)}, nearly {@code low / (1 + f)}. */
  private static Num corrected(Num low, Num f) {
    Num slope = f.timesPlus(f, f.negated());
    return low.timesPlus(slope, low);
  }

  private static long start(Format format) {
    return format.isSingle() ? TWO_THIRDS : ROOT_HALF_DOUBLE;
  }

  /** {@code log(1 + f) - f}. */
  private static Num tail(Num f) {
    return f.format().isSingle()
        ? f.squared().times(f.polynomial(LOG_SINGLE))
        : correctionDouble(f).negated();
  }

  /** {@code e ln 2 + f + tail}, of which the first sum is exact. */
  private static Num precise(Num e, Num f, Num tail) {
    double ln2 = f.format().pick(0x1.62e430p-1, 0x1.62e42fefa39efp-1);
    double ln2Low = f.format().pick(-0x1.05c610p-29, 0x1.abc9e3b39803fp-56);
    Num sum = e.timesPlus(ln2, f);
    Num lost = f.minus(e.timesPlus(-ln2, sum));
    return sum.plus(lost.plus(e.timesPlus(ln2Low, tail)));
  }
}
