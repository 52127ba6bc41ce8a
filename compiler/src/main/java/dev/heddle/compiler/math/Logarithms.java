package dev.heddle.compiler.math;

/**
 * Logarithms and powers.
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

  /** P in {@code log2 m = s (2 / ln 2 + s^2 P(s^2))}; relative error 2^-36.4 and 2^-66.6. */
  private static final double[] POW_SINGLE = {
    0x1.ec709ep-1, 0x1.2776e2p-1, 0x1.a5ceb8p-2, 0x1.58b528p-2
  };

  private static final double[] POW_DOUBLE = {
    0x1.ec709dc3a03fdp-1, 0x1.2776c50ef9e70p-1, 0x1.a61762a72f463p-2, 0x1.484b1436a71ccp-2,
    0x1.0c9a5e1ba8881p-2, 0x1.c6a14956c98efp-3, 0x1.878d6064ed3a1p-3, 0x1.870ee0c6786a5p-3
  };

  /** The bits of 2/3 and of sqrt(1/2), where m starts. */
  private static final long TWO_THIRDS = 0x3f2aaaabL;

  private static final long ROOT_HALF_SINGLE = 0x3f3504f3L;
  private static final long ROOT_HALF_DOUBLE = 0x3fe6a09e667f3bcdL;

  private Logarithms() {}

  /** {@code x = 2^e m}, for a positive finite x. */
  private record Split(Num e, Num m) {}

  /** Splits so that m starts at the number whose bits are {@code start}. */
  private static Split split(Num x, long start) {
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
    long start = format.isSingle() ? TWO_THIRDS : ROOT_HALF_DOUBLE;
    Int exponent = u.bits().minus(start).and(-1L << format.fraction());
    Num scale = one.minus(exponent).asNum();
    Num m = u.bits().minus(exponent).asNum();
    Condition large = x.greaterThan(Math.scalb(1.0, format.fraction() + 7));
    Num f = large.select(m.minus(1), x.timesPlus(scale, scale.minus(1)));
    Num e = exponent.toNum().times(Math.scalb(1.0, -format.fraction()));
    Num result = format.isSingle() ? e.timesPlus(0x1.62e430p-1, logSingle(f)) : naturalDouble(e, f);
    return x.equalTo(0).select(x, forAll(u, result));
  }

  /**
   * {@code 2^(y log2 |x|)}, the logarithm and the product each as the sum of two numbers, and then
   * the cases of C99: what 0, infinity, a negative x and a NaN give.
   */
  static Num pow(Num x, Num y) {
    Num a = x.abs();
    Num magnitude = magnitudeOfPow(a, y);
    Num halfY = y.times(0.5);
    Condition whole = y.rint().equalTo(y);
    Condition odd = whole.and(halfY.rint().equalTo(halfY).not());
    Num signed = odd.select(magnitude.signFlippedBy(x), magnitude);
    Condition undefined = x.lessThan(0).and(whole.not()).and(a.lessThan(Double.POSITIVE_INFINITY));
    Num real = undefined.or(x.isNan()).or(y.isNan()).select(Double.NaN, signed);
    return y.equalTo(0).or(x.equalTo(1)).select(1, real);
  }

  private static Num magnitudeOfPow(Num a, Num y) {
    double infinity = Double.POSITIVE_INFINITY;
    Sum log = log2InTwoParts(a);
    Condition finite = a.lessThan(infinity).and(a.greaterThan(0));
    Num limit = a.greaterThan(1).select(infinity, a.constant(-infinity));
    Num high = finite.select(log.high(), limit);
    Num product = y.times(high);
    Num error = y.timesPlus(high, product.negated());
    Num low = y.timesPlus(log.low(), error);
    double range = y.format().pick(200, 1100);
    Num clamped = product.clamped(-range, range);
    Num smallLow = clamped.equalTo(product).select(low, 0);
    Num result = Exponentials.exp2(clamped, smallLow);
    return a.equalTo(1).select(1, result);
  }

  /** A number as the sum of a high part and what that lacks. */
  private record Sum(Num high, Num low) {}

  private static Sum log2InTwoParts(Num a) {
    Format format = a.format();
    Split split = split(a, format.isSingle() ? ROOT_HALF_SINGLE : ROOT_HALF_DOUBLE);
    Num m = split.m();
    Num f = m.minus(1);
    Num d = m.plus(1);
    Num dLow = m.minus(d.minus(1));
    Num s = f.over(d);
    Num rest = s.negated().timesPlus(dLow, s.negated().timesPlus(d, f));
    Num sLow = rest.over(d);
    double c = format.pick(0x1.715476p+1, 0x1.71547652b82fep+1);
    double cLow = format.pick(0x1.4ae0c0p-25, 0x1.777d0ffda0d24p-55);
    Num z = s.squared();
    Num p = z.polynomial(format.pick(POW_SINGLE, POW_DOUBLE));
    Num product = s.times(c);
    Num error = s.timesPlus(c, product.negated());
    Num low = s.times(z).timesPlus(p, s.timesPlus(cLow, sLow.timesPlus(c, error)));
    Num high = split.e().plus(product);
    Num lost = product.minus(high.minus(split.e()));
    Num allLow = lost.plus(low);
    Num sum = high.plus(allLow);
    return new Sum(sum, allLow.minus(sum.minus(high)));
  }
}
