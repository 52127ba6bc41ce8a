package dev.heddle.compiler.math;

/**
 * Sine, cosine and tangent of reduced angles, by polynomials in {@code r^2}, minimax for the
 * relative error. The low part of r counts: without it the errors of r and of the result would add
 * up to more than a unit in the last place.
 */
final class Trigonometry {
  /** p in {@code sin r = r + r^3 p(r^2)}; relative error 2^-27.8 and 2^-57.9. */
  private static final double[] SIN_SINGLE = {-0x1.555544p-3, 0x1.1106c6p-7, -0x1.991c28p-13};

  private static final double[] SIN_DOUBLE = {
    -0x1.5555555555548p-3,
    0x1.111111110f730p-7,
    -0x1.a01a019be9903p-13,
    0x1.71de355616605p-19,
    -0x1.ae5e4cabeb47fp-26,
    0x1.5d8bc94e5bb04p-33
  };

  /** p in {@code cos r = 1 - r^2 / 2 + r^4 p(r^2)}; relative error 2^-33 and 2^-63.8. */
  private static final double[] COS_SINGLE = {0x1.55554ap-5, -0x1.6c0c26p-10, 0x1.99e718p-16};

  private static final double[] COS_DOUBLE = {
    0x1.555555555554ap-5,
    -0x1.6c16c16c14e00p-10,
    0x1.a01a019c5c3efp-16,
    -0x1.27e4f7cd411e7p-22,
    0x1.1ee9c34a4048ep-29,
    -0x1.8f99dbe07e89cp-37
  };

  /** p in {@code tan r = r + r^3 p(r^2)}; relative error 2^-29.6 and 2^-58.6. */
  private static final double[] TAN_SINGLE = {
    0x1.555560p-2,
    0x1.110d9ep-3,
    0x1.bad9c6p-5,
    0x1.5cc08ap-6,
    0x1.62cd20p-7,
    0x1.9aa7f2p-14,
    0x1.1e94b8p-8
  };

  private static final double[] TAN_DOUBLE = {
    0x1.555555555555ep-2, 0x1.11111111105d1p-3, 0x1.ba1ba1babf497p-5, 0x1.664f485d1f921p-6,
    0x1.226e3a8232461p-7, 0x1.d6d2e78cd14cdp-9, 0x1.7db18fae3e490p-10, 0x1.34bc368e5fc07p-11,
    0x1.ff29537e3484cp-13, 0x1.5eafa25311ea5p-14, 0x1.194e494d57435p-14, -0x1.a93dfdc27a6dcp-16,
    0x1.95383f27bdc87p-15, -0x1.93ad955088c3fp-16, 0x1.46d0fdf993705p-17
  };

  private Trigonometry() {}

  static Num sin(Num x, Angles.Angle angle) {
    return x.equalTo(0).select(x, wave(angle));
  }

  static Num cos(Angles.Angle angle) {
    return wave(angle.turned());
  }

  static Num tan(Num x, Angles.Angle angle) {
    return x.equalTo(0).select(x, tangent(angle));
  }

  /** Integers give a zero of their own sign. */
  static Num sinpi(Num x, Angles.Angle angle) {
    Num sine = wave(angle);
    return sine.equalTo(0).select(x.constant(0).signFlippedBy(x), sine);
  }

  /** The sum makes every zero positive. */
  static Num cospi(Angles.Angle angle) {
    return wave(angle.turned()).plus(0);
  }

  /** Zero at 0 and infinity half a turn on are positive, and change their signs every turn. */
  static Num tanpi(Num x, Angles.Angle angle) {
    Num tangent = tangent(angle);
    Int odd = angle.quadrant().and(2).shiftLeft(x.format().bits() - 2);
    Num zero = x.constant(0).bits().xor(odd).asNum().signFlippedBy(x);
    Num pole = x.constant(Double.POSITIVE_INFINITY).bits().xor(odd).asNum();
    Condition exact = angle.r().high().equalTo(0);
    return exact.select(angle.quadrant().hasBits(1).select(pole, zero), tangent);
  }

  /** The square of r, in which its low part shows. */
  private static Num squared(Pair r) {
    return r.high().timesPlus(r.high(), r.low().plus(r.low()).times(r.high()));
  }

  /** The sine of {@code quadrant * pi/2 + r}. */
  private static Num wave(Angles.Angle angle) {
    Pair r = angle.r();
    Num z = squared(r);
    Condition odd = angle.quadrant().hasBits(1);
    Num value = odd.select(cosOf(z), sinOf(r, z));
    Int sign = angle.quadrant().and(2).shiftLeft(z.format().bits() - 2);
    return value.bits().xor(sign).asNum();
  }

  private static Num sinOf(Pair r, Num z) {
    Num p = z.polynomial(z.format().pick(SIN_SINGLE, SIN_DOUBLE));
    return r.high().plus(r.high().times(z).timesPlus(p, r.low()));
  }

  private static Num cosOf(Num z) {
    Num p = z.polynomial(z.format().pick(COS_SINGLE, COS_DOUBLE));
    return z.timesPlus(z.timesPlus(p, -0.5), 1);
  }

  /** Of r, or {@code -1 / tan r} with what the tangent loses by rounding. */
  private static Num tangent(Angles.Angle angle) {
    Num r = angle.r().high();
    Pair z = Pair.product(r, r);
    Pair cube = Pair.product(r, z.high());
    Num p = z.high().polynomial(r.format().pick(TAN_SINGLE, TAN_DOUBLE));
    Num rough = cube.high().timesPlus(p, r);
    Num slope = rough.timesPlus(rough, 1);
    // what the square lost counts about half: p + z p'(z) is 1/3 to 0.6
    Num lost = z.low().timesPlus(r.times(0.5), cube.low().times(p));
    Num low = cube.high().timesPlus(p, lost);
    Pair even = Pair.ordered(r, angle.r().low().timesPlus(slope, low));
    Num inverse = r.constant(-1).over(even.high());
    Num rest = inverse.timesPlus(even.low(), inverse.timesPlus(even.high(), 1));
    Num odd = inverse.timesPlus(rest, inverse);
    return angle.quadrant().hasBits(1).select(odd, even.high());
  }
}
