package dev.heddle.compiler.math;

import java.util.Arrays;

/**
 * Powers of e, 2 and 10.
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
    Format format = x.format();
    double perUnit = format.pick(0x1.715476p+0, 0x1.71547652b82fep+0);
    return reduce(x, perUnit, ln2(format), ln2Low(format));
  }

  /** {@code e^r} for |r| <= ln 2 / 2. */
  private static Num smallExp(Num r) {
    Num q = r.polynomial(r.format().pick(EXP_SINGLE, EXP_DOUBLE));
    return r.timesPlus(r.timesPlus(q, 1), 1);
  }

  static Num exp(Num x) {
    Reduced reduced = reduceNatural(clampedForExp(x));
    return reduced.scale(smallExp(reduced.r()));
  }

  /** {@code e^x + 1} for an x from 1 to 45, which needs no care at the ends. */
  static Pair expPlusOne(Num x) {
    Reduced reduced = reduceNatural(x);
    Num mantissa = smallExp(reduced.r());
    Num power = power(reduced, 0);
    Num sum = mantissa.timesPlus(power, 1);
    return new Pair(sum, mantissa.timesPlus(power, x.constant(1).minus(sum)));
  }

  /** {@code 2^(n - less)}, which must be within the normal range. */
  private static Num power(Reduced reduced, int less) {
    Format format = reduced.r().format();
    Int exponent = reduced.shifted().bits().minus(format.bias() + less);
    return exponent.shiftLeft(format.fraction()).asNum();
  }

  /**
   * {@code e^x / 4} in two parts, which is finite a little further than {@code e^x}; x is not below
   * 0 by more than the logarithm of the smallest normal number.
   */
  static Pair quarterExp(Num x) {
    Precise precise = Precise.of(x);
    Pair mantissa = precise.mantissa();
    Num scale = power(precise.reduced(), 2);
    return new Pair(mantissa.high().times(scale), mantissa.low().times(scale));
  }

  /** {@code e^x * factor}, for an x for which {@code e^x} neither overflows nor vanishes. */
  static Num expTimes(Pair x, Pair factor) {
    Precise precise = Precise.of(x);
    return precise.reduced().scale(precise.mantissa().times(factor).value());
  }

  /**
   * {@code e^x = 2^n (1 + r + tail)}.
   *
   * @param r exact but for its last bit, which {@code tail} knows
   */
  private record Precise(Reduced reduced, Num r, Num tail) {
    static Precise of(Num x) {
      Reduced reduced = reduceNatural(x);
      return of(reduced, rest(reduced, x));
    }

    static Precise of(Pair x) {
      Reduced reduced = reduceNatural(x.high());
      return of(reduced, rest(reduced, x.high()).plus(x.low()).normal());
    }

    /** What of x is left beside n. */
    private static Pair rest(Reduced reduced, Num x) {
      Num n = reduced.n();
      Num second = n.times(ln2Low(x.format()));
      Num first = n.timesPlus(-ln2(x.format()), x);
      Num r = first.minus(second);
      return new Pair(r, first.minus(r).minus(second));
    }

    private static Precise of(Reduced reduced, Pair rest) {
      Num r = rest.high();
      Num q = r.polynomial(r.format().pick(EXP_SINGLE, EXP_DOUBLE));
      Num low = rest.low().timesPlus(r, rest.low());
      return new Precise(reduced, r, r.squared().timesPlus(q, low));
    }

    Pair mantissa() {
      return Pair.ordered(r.constant(1), r).plus(tail).normal();
    }
  }

  private static double ln2(Format format) {
    return format.pick(0x1.62e430p-1, 0x1.62e42fefa39efp-1);
  }

  private static double ln2Low(Format format) {
    return format.pick(-0x1.05c610p-29, 0x1.abc9e3b39803fp-56);
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
    Format format = high.format();
    double shift = shift(format);
    Num shifted = high.plus(shift);
    Num rest = high.minus(shifted.minus(shift));
    double[] coefficients = format.pick(EXP2_SINGLE, EXP2_DOUBLE);
    if (format.isSingle()) {
      Num r = rest.plus(low);
      return scale(r.timesPlus(r.polynomial(coefficients), 1), shifted);
    }
    Pair r = Pair.sum(rest, low);
    double first = coefficients[0];
    Pair linear = Pair.product(r.high(), high.constant(first));
    Num linearLow = r.low().timesPlus(first, linear.low());
    Num q = r.high().polynomial(Arrays.copyOfRange(coefficients, 1, coefficients.length));
    Pair sum = Pair.ordered(high.constant(1), linear.high());
    Num tail = r.high().squared().timesPlus(q, linearLow);
    return scale(sum.plus(tail).value(), shifted);
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
   * {@code 2^n (r + tail) + (2^n - 1)}, halved until the end so that it overflows where it should.
   */
  static Num expm1(Num x) {
    Format format = x.format();
    Num clamped = x.clamped(format.pick(-18, -40), format.pick(89, 710));
    Precise precise = Precise.of(clamped);
    Num half = power(precise.reduced(), 1);
    Pair less = Pair.ordered(half, half.constant(-0.5));
    Pair main = Pair.ordered(less.high(), half.times(precise.r())).plus(less.low());
    Num sum = half.timesPlus(precise.tail(), main.low()).plus(main.high());
    Condition tiny = x.abs().lessThan(Math.scalb(1.0, -format.fraction() - 2));
    return tiny.select(x, sum.plus(sum));
  }
}
