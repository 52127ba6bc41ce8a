package dev.heddle.compiler.math;

/**
 * Powers of e, 2 and 10, and the hyperbolic functions.
 *
 * <p>Method: {@code x = n ln 2 + r} with an integer n and {@code |r| <= ln 2 / 2}, by adding and
 * subtracting a large constant; {@code e^r} by a polynomial; and {@code 2^n} as the product of two
 * powers of two, so that results beyond the normal range are rounded once. The polynomials are
 * minimax for the relative error (Remez exchange in 200 bits, the leading coefficients rounded to
 * the type before the others are fitted).
 */
final class Exponentials {
  /** q in {@code e^r = 1 + r + r^2 q(r)}, |r| <= ln 2 / 2; relative error 2^-28.2 and 2^-57.9. */
  private static final double[] EXP_SINGLE = {
    0x1.fffffcp-2, 0x1.55548cp-3, 0x1.555864p-5, 0x1.123deep-7, 0x1.6ab9d8p-10
  };

  private static final double[] EXP_DOUBLE = {
    0x1.000000000000ap-1, 0x1.5555555555502p-3, 0x1.5555555550604p-5, 0x1.11111111251c0p-7,
    0x1.6c16c184b4d21p-10, 0x1.a01a013b8270cp-13, 0x1.a01998946f749p-16, 0x1.71def915c187dp-19,
    0x1.28aecaa451039p-22, 0x1.adcd848f0b139p-26
  };

  /** q in {@code 2^r = 1 + r q(r)}, |r| <= 1/2; relative error 2^-27.5 and 2^-57.1. */
  static final double[] EXP2_SINGLE = {
    0x1.62e432p-1, 0x1.ebfbe6p-3, 0x1.c6ada8p-5, 0x1.3b21cap-7, 0x1.5fbc88p-10, 0x1.4bdb3ep-13
  };

  static final double[] EXP2_DOUBLE = {
    0x1.62e42fefa39efp-1, 0x1.ebfbdff82c5b3p-3, 0x1.c6b08d704a26fp-5, 0x1.3b2ab6fb9dab2p-7,
    0x1.5d87fe784587ap-10, 0x1.43091316809b1p-13, 0x1.ffcbfe661b334p-17, 0x1.62bfb49944be0p-20,
    0x1.b52083d25f779p-24, 0x1.e63b9946eb79bp-28, 0x1.f0e5b06c1bdc5p-32
  };

  /** q in {@code 10^r = 1 + r q(r)}, |r| <= log10(2) / 2; relative error 2^-28.5 and 2^-57.4. */
  private static final double[] EXP10_SINGLE = {
    0x1.26bb1cp+1, 0x1.53524ap+1, 0x1.046f98p+1, 0x1.2bd9bep+0, 0x1.156e02p-1, 0x1.a6b194p-3
  };

  private static final double[] EXP10_DOUBLE = {
    0x1.26bb1bbb55516p+1, 0x1.53524c73cea7ap+1, 0x1.0470591de2aaep+1, 0x1.2bd7609fd46d7p+0,
    0x1.1429ffd255deap-1, 0x1.a7ed70a402516p-3, 0x1.16e4de21690cbp-4, 0x1.41165b1107fdbp-6,
    0x1.489c435cc7914p-8, 0x1.2f77f1c488882p-10, 0x1.f2599ef79abd7p-13
  };

  /** p in {@code sinh x = x + x^3 p(x^2)}, |x| <= 1; relative error 2^-31.6 and 2^-62.9. */
  private static final double[] SINH_SINGLE = {
    0x1.555556p-3, 0x1.1110e0p-7, 0x1.a022bcp-13, 0x1.756c1ep-19
  };

  private static final double[] SINH_DOUBLE = {
    0x1.5555555555555p-3, 0x1.111111111119bp-7, 0x1.a01a01a00735bp-13, 0x1.71de3a68d55cfp-19,
    0x1.ae644113d12c1p-26, 0x1.61315cc750d74p-33, 0x1.a65744edb326bp-41, 0x1.d4f6e5c8f2148p-48
  };

  /** p in {@code tanh x = x + x^3 p(x^2)}, |x| <= 0.55; relative error 2^-28.4 and 2^-64.5. */
  private static final double[] TANH_SINGLE = {
    -0x1.55553ep-2, 0x1.1109bep-3, -0x1.b89abap-5, 0x1.54c3bcp-6, -0x1.828730p-8
  };

  private static final double[] TANH_DOUBLE = {
    -0x1.5555555555555p-2, 0x1.1111111111080p-3, -0x1.ba1ba1ba10e23p-5, 0x1.664f487f8e608p-6,
    -0x1.226e34cf717d7p-7, 0x1.d6d3b1023a160p-9, -0x1.7da103cbd2d78p-10, 0x1.3539023816af4p-11,
    -0x1.f349cc4e90a53p-13, 0x1.88d7b8b53ae57p-14, -0x1.11328d6206140p-15, 0x1.e4b6175fbdc3dp-18
  };

  private Exponentials() {}

  /** {@code x = n * unit + r}; {@code shifted} holds n in its low bits. */
  private record Reduced(Num shifted, Num n, Num r) {
    /** {@code p * 2^n}. */
    Num scale(Num p) {
      return Exponentials.scale(p, shifted);
    }
  }

  /** A large constant: n added to it stands in the low bits, plus twice the bias. */
  private static double shift(Format format) {
    return format.magic() + 2 * format.bias();
  }

  private static Reduced reduce(Num x, double perUnit, double unitHigh, double unitLow) {
    double shift = shift(x.format());
    Num shifted = x.timesPlus(perUnit, shift);
    Num n = shifted.minus(shift);
    Num r = n.timesPlus(-unitHigh, x);
    return new Reduced(shifted, n, n.timesPlus(-unitLow, r));
  }

  /** Splits n, which is even or odd, into two exponents that both stay in range. */
  private static Num scale(Num p, Num shifted) {
    Int all = shifted.bits();
    Int half = all.shiftRight(1);
    int fraction = p.format().fraction();
    Num first = half.shiftLeft(fraction).asNum();
    Num second = all.minus(half).shiftLeft(fraction).asNum();
    return p.times(first).times(second);
  }

  private static Reduced reduceNatural(Num x) {
    return x.format().isSingle()
        ? reduce(x, 0x1.715476p+0, 0x1.62e430p-1, -0x1.05c610p-29)
        : reduce(x, 0x1.71547652b82fep+0, 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
  }

  /** {@code e^r - 1} for |r| <= ln 2 / 2. */
  private static Num smallExpMinusOne(Num r) {
    return r.squared().timesPlus(r.polynomial(r.format().pick(EXP_SINGLE, EXP_DOUBLE)), r);
  }

  static Num exp(Num x) {
    Reduced reduced = reduceNatural(clampedForExp(x));
    return reduced.scale(smallExpMinusOne(reduced.r()).plus(1));
  }

  /** {@code e^x / 2}, which is finite a little further than {@code e^x}. */
  private static Num halfExp(Num x) {
    Reduced reduced = reduceNatural(clampedForExp(x));
    return reduced.scale(smallExpMinusOne(reduced.r()).timesPlus(0.5, 0.5));
  }

  private static Num clampedForExp(Num x) {
    return x.clamped(x.format().pick(-104, -746), x.format().pick(90, 711));
  }

  static Num exp2(Num x) {
    Num clamped = x.clamped(x.format().pick(-151, -1076), x.format().pick(129, 1025));
    return exp2(clamped, x.constant(0));
  }

  /** {@code 2^(high + low)} for a small {@code low} and a {@code high} within the range of n. */
  static Num exp2(Num high, Num low) {
    double shift = shift(high.format());
    Num shifted = high.plus(shift);
    Num r = high.minus(shifted.minus(shift)).plus(low);
    Num q = r.polynomial(high.format().pick(EXP2_SINGLE, EXP2_DOUBLE));
    return scale(r.timesPlus(q, 1), shifted);
  }

  static Num exp10(Num x) {
    Num clamped = x.clamped(x.format().pick(-46, -325), x.format().pick(39, 309));
    Reduced reduced =
        x.format().isSingle()
            ? reduce(clamped, 0x1.a934f0p+1, 0x1.344136p-2, -0x1.ec10c0p-27)
            : reduce(clamped, 0x1.a934f0979a371p+1, 0x1.34413509f79ffp-2, -0x1.9dc1da994fd21p-59);
    Num r = reduced.r();
    Num q = r.polynomial(x.format().pick(EXP10_SINGLE, EXP10_DOUBLE));
    return reduced.scale(r.timesPlus(q, 1));
  }

  /**
   * {@code 2^n (e^r - 1) + (2^n - 1)}, halved until the end so that it overflows where it should.
   */
  static Num expm1(Num x) {
    Format format = x.format();
    Num clamped = x.clamped(format.pick(-18, -40), format.pick(89, 710));
    Reduced reduced = reduceNatural(clamped);
    Int exponent = reduced.shifted().bits().minus(format.bias() + 1);
    Num half = exponent.shiftLeft(format.fraction()).asNum();
    Num sum = half.timesPlus(smallExpMinusOne(reduced.r()), half.minus(0.5));
    return x.equalTo(0).select(x, sum.plus(sum));
  }

  static Num sinh(Num x) {
    Num a = x.abs();
    Num half = halfExp(a);
    Num large = half.minus(a.constant(0.25).over(half));
    Num z = x.squared();
    Num p = z.polynomial(x.format().pick(SINH_SINGLE, SINH_DOUBLE));
    Num small = a.times(z).timesPlus(p, a);
    return a.lessThan(1).select(small, large).signFlippedBy(x);
  }

  static Num cosh(Num x) {
    Num half = halfExp(x.abs());
    return half.plus(half.constant(0.25).over(half));
  }

  static Num tanh(Num x) {
    Num a = x.abs();
    Num limited = a.greaterThan(20).select(20, a);
    Num large = x.constant(1).minus(x.constant(2).over(exp(limited.plus(limited)).plus(1)));
    Num z = x.squared();
    Num p = z.polynomial(x.format().pick(TANH_SINGLE, TANH_DOUBLE));
    Num small = a.times(z).timesPlus(p, a);
    return a.lessThan(0.55f).select(small, large).signFlippedBy(x);
  }
}
