package dev.heddle.compiler.math;

/**
 * The inverses of sine, cosine and tangent, also in half turns, by polynomials that are minimax for
 * the relative error. Results are sums of a main part and a small rest, so that little more than
 * the last addition rounds.
 */
final class Arcs {
  /** p in {@code asin x = x + x^3 p(x^2)}, |x| <= 1/2; relative error 2^-27.6 and 2^-59.8. */
  private static final double[] ASIN_SINGLE = {
    0x1.5555c8p-3, 0x1.330202p-4, 0x1.747c02p-5, 0x1.8c3ae8p-6, 0x1.595f9ap-5
  };

  private static final double[] ASIN_DOUBLE = {
    0x1.5555555555577p-3, 0x1.333333332e134p-4, 0x1.6db6db72123ecp-5, 0x1.f1c71a94ff7cdp-6,
    0x1.6e8bdedf6d1acp-6, 0x1.1c49f05f1a209p-6, 0x1.ca1f8e88d3d53p-7, 0x1.75857585a4664p-7,
    0x1.613d3c7069476p-7, 0x1.e5e7752b6c37bp-9, 0x1.63a1d3392cc41p-6, -0x1.58069cf06fa7ep-6,
    0x1.0b4a0e5f0db9cp-5
  };

  /** p in {@code atan x = x + x^3 p(x^2)}, |x| <= 1; relative error 2^-28.5 and 2^-58. */
  private static final double[] ATAN_SINGLE = {
    -0x1.55553ep-2,
    0x1.9991e4p-3,
    -0x1.242086p-3,
    0x1.c08c44p-4,
    -0x1.5808c2p-4,
    0x1.da27a8p-5,
    -0x1.fd7646p-6,
    0x1.641896p-7,
    -0x1.d33c5cp-10
  };

  private static final double[] ATAN_DOUBLE = {
    -0x1.5555555555555p-2, 0x1.99999999998fdp-3, -0x1.249249248f1bbp-3, 0x1.c71c71c60d15fp-4,
    -0x1.745d172a6764bp-4, 0x1.3b13af627a74dp-4, -0x1.1110fa7acfa60p-4, 0x1.e1e0480206760p-5,
    -0x1.af1d4c16e019dp-5, 0x1.85dbc1aa4bca8p-5, -0x1.63247da61baa8p-5, 0x1.44099c818d895p-5,
    -0x1.24d9cacc9a34cp-5, 0x1.011da92d5b904p-5, -0x1.aa7548f0f2fb4p-6, 0x1.42d20a0ae9417p-6,
    -0x1.ade009be726c5p-7, 0x1.e47dc5ed4a5f8p-8, -0x1.bb5c5b7d66d14p-9, 0x1.3958b85500f2cp-10,
    -0x1.3eca898976b3ep-12, 0x1.9d849fe9bce12p-15, -0x1.ffee1657c6695p-19
  };

  private Arcs() {}

  static Num asin(Num x) {
    return asinInTwo(x.abs()).value().signFlippedBy(x);
  }

  static Num acos(Num x) {
    return acosInTwo(x).value();
  }

  static Num atan(Num x) {
    return atanInTwo(x.abs()).value().signFlippedBy(x);
  }

  static Num atan2(Num y, Num x) {
    return defined(y, x, atan2InTwo(y, x).value());
  }

  static Num asinpi(Num x) {
    return perPi(asinInTwo(x.abs())).signFlippedBy(x);
  }

  static Num acospi(Num x) {
    return perPi(acosInTwo(x));
  }

  static Num atanpi(Num x) {
    return perPi(atanInTwo(x.abs())).signFlippedBy(x);
  }

  static Num atan2pi(Num y, Num x) {
    return defined(y, x, perPi(atan2InTwo(y, x)));
  }

  private static Num defined(Num y, Num x, Num result) {
    return x.isNan().or(y.isNan()).select(Double.NaN, result.signFlippedBy(y));
  }

  /**
   * In half turns. Before the product the smallest numbers are made larger, so that none is lost.
   */
  private static Num perPi(Pair radians) {
    Format format = radians.high().format();
    double grow = Math.scalb(1.0, format.fraction() + 2);
    Pair normal = radians.normal();
    Pair large = new Pair(normal.high().times(grow), normal.low().times(grow));
    Num inverse = large.high().constant(format.pick(0x1.45f306p-2, 0x1.45f306dc9c883p-2));
    Num inverseLow = inverse.constant(format.pick(0x1.b93910p-27, -0x1.6b01ec5417056p-56));
    Pair turns = large.times(new Pair(inverse, inverseLow));
    return turns.value().times(1 / grow);
  }

  /** {@code n pi/2 + b}, for a b of at most pi/2 and an n of 0 to 2. */
  private static Pair halfPisPlus(Num n, Pair b) {
    Format format = n.format();
    Num high = n.times(Angles.halfPi(format));
    Pair sum = Pair.ordered(high, b.high());
    Num low = n.timesPlus(Angles.halfPiLow(format), b.low());
    return sum.plus(low);
  }

  /**
   * An inverse sine.
   *
   * @param large whether it is, for {@code a = |x| > 1/2}, that of {@code sqrt((1 - a) / 2)}, which
   *     is {@code (pi/2 - asin a) / 2}; else it is that of a
   */
  private record Arcsine(Condition large, Pair value) {
    static Arcsine of(Num a) {
      Condition large = a.greaterThan(0.5);
      Num half = a.timesPlus(-0.5, 0.5);
      Pair root = Pair.root(half, half.constant(0));
      Num z = large.select(half, a.squared());
      Num s = large.select(root.high(), a);
      Num p = z.polynomial(a.format().pick(ASIN_SINGLE, ASIN_DOUBLE));
      Num tail = s.times(z).timesPlus(p, large.select(root.low(), 0));
      return new Arcsine(large, new Pair(s, tail));
    }

    /** Twice the value, negated. */
    Pair minusTwice() {
      return new Pair(value.high().times(-2), value.low().times(-2));
    }
  }

  private static Pair asinInTwo(Num a) {
    Arcsine arcsine = Arcsine.of(a);
    Pair near = halfPisPlus(a.constant(1), arcsine.minusTwice());
    return arcsine.large().select(near, arcsine.value());
  }

  /** {@code pi/2 - s}, or for a large |x| {@code 2s} or {@code pi - 2s}. */
  private static Pair acosInTwo(Num x) {
    Arcsine arcsine = Arcsine.of(x.abs());
    Condition negative = x.lessThan(0);
    Condition large = arcsine.large();
    Pair s = large.select(arcsine.minusTwice(), arcsine.value());
    Num n = large.select(negative.select(2, x.constant(0)), 1);
    return halfPisPlus(n, negative.select(s, s.negated()));
  }

  private static Pair atanInTwo(Num a) {
    Condition large = a.greaterThan(1);
    Num limited = a.greaterThan(0x1p60).select(0x1p60, a);
    Num inverse = limited.constant(1).over(limited);
    Num rest = inverse.negated().timesPlus(limited, 1).times(inverse);
    Num t = large.select(inverse, a);
    Pair small = new Pair(t, tail(t, large.select(rest, 0)));
    return large.select(halfPisPlus(a.constant(1), small.negated()), small);
  }

  /** What {@code atan(t + low)} has beyond t; the cube of t knows what its products lost. */
  private static Num tail(Num t, Num low) {
    Pair z = Pair.product(t, t);
    Pair cube = Pair.product(t, z.high());
    Num cubeLow = t.timesPlus(z.low(), cube.low());
    Num p = z.high().polynomial(t.format().pick(ATAN_SINGLE, ATAN_DOUBLE));
    // nearly low / (1 + t^2)
    Num lost = low.timesPlus(z.high().times(-0.5), low);
    return cube.high().timesPlus(p, cubeLow.timesPlus(p, lost));
  }

  /** Of the magnitude of y. Tiny operands are made larger, so that the quotient's rest is right. */
  private static Pair atan2InTwo(Num y, Num x) {
    Format format = x.format();
    Num a = x.abs();
    Num b = y.abs();
    Condition steep = b.greaterThan(a);
    Num larger = steep.select(b, a);
    Num smaller = steep.select(a, b);
    Num scale =
        larger
            .lessThan(format.pick(0x1p-60, 0x1p-900))
            .select(format.pick(0x1p64, 0x1p120), one(x));
    Num high = larger.times(scale);
    Num low = smaller.times(scale);
    Num quotient = low.over(high);
    Num rest = quotient.negated().timesPlus(high, low).over(high);
    Condition diagonal = low.equalTo(high);
    Num t = diagonal.select(larger.equalTo(0).select(0, one(x)), quotient);
    Num lost = high.lessThan(Double.POSITIVE_INFINITY).and(diagonal.not()).select(rest, 0);
    Pair small = new Pair(t, tail(t, lost));
    Condition negative = x.bits().isNegative();
    Num n = steep.select(1, negative.select(2, x.constant(0)));
    return halfPisPlus(n, steep.equalTo(negative).select(small, small.negated()));
  }

  private static Num one(Num like) {
    return like.constant(1);
  }
}
