package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.List;

/**
 * Sine, cosine, tangent and their inverses.
 *
 * <p>Method: {@code x = n pi/2 + r}, |r| a little above pi/4 at most, with pi/2 as the sum of three
 * numbers up to a bound (2^17 and 2^20) and by {@link HugeAngles} beyond it, in a branch that is
 * nearly never taken; then polynomials in {@code r^2}, minimax for the relative error.
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

  /** p in {@code asin x = x + x^3 p(x^2)}, |x| <= 1/2; relative error 2^-27.6 and 2^-55.8. */
  private static final double[] ASIN_SINGLE = {
    0x1.5555cap-3, 0x1.33015ep-4, 0x1.748cc4p-5, 0x1.8b8d4cp-6, 0x1.59fa5cp-5
  };

  private static final double[] ASIN_DOUBLE = {
    0x1.5555555555384p-3, 0x1.333333336ffd4p-4, 0x1.6db6db4178200p-5, 0x1.f1c72c8fb8271p-6,
    0x1.6e89ebd4f36bfp-6, 0x1.1c6c64980513ep-6, 0x1.c6f35f3f488f8p-7, 0x1.8f08db268ad67p-7,
    0x1.a9657ea5b6fa5p-8, 0x1.41a402cd013d2p-6, -0x1.0c84bee974262p-6, 0x1.065de13a922c0p-5
  };

  /** p in {@code atan x = x + x^3 p(x^2)}, |x| <= 1; relative error 2^-25.4 and 2^-55.3. */
  private static final double[] ATAN_SINGLE = {
    -0x1.5554dcp-2,
    0x1.9978ecp-3,
    -0x1.230a9cp-3,
    0x1.b4df40p-4,
    -0x1.3552c0p-4,
    0x1.61f4d6p-5,
    -0x1.0c2160p-6,
    0x1.7ebd80p-9
  };

  private static final double[] ATAN_DOUBLE = {
    -0x1.5555555555526p-2, 0x1.99999999955b4p-3, -0x1.249249237f58fp-3, 0x1.c71c717fcfe35p-4,
    -0x1.745d11ae7d38bp-4, 0x1.3b13669a855eap-4, -0x1.110e51294017dp-4, 0x1.e1bba67ba94b6p-5,
    -0x1.ae5e72c87b14bp-5, 0x1.82dad6cb97b79p-5, -0x1.59a3fa70e6e87p-5, 0x1.2c2e4db74c2f7p-5,
    -0x1.e9f9cc1e62f04p-6, 0x1.683c6336152e4p-6, -0x1.c78ee3d44bf2dp-7, 0x1.d7b7a43cfa6d7p-8,
    -0x1.7a37d2b7a22dep-9, 0x1.b3f7f91de4815p-11, -0x1.3f3399a6e1eb0p-13, 0x1.bbe8e688cd960p-17
  };

  private static final double HALF_PI_SINGLE = 0x1.921fb6p+0;
  private static final double HALF_PI_SINGLE_LOW = -0x1.777a5cp-25;
  private static final double HALF_PI_DOUBLE = 0x1.921fb54442d18p+0;
  private static final double HALF_PI_DOUBLE_LOW = 0x1.1a62633145c07p-54;

  private Trigonometry() {}

  /**
   * An angle as {@code quadrant * pi/2 + r}.
   *
   * @param quadrant only its low two bits count
   */
  record Angle(Int quadrant, Num r) {}

  /** Reduces an angle; the result serves sine, cosine and tangent of it. */
  static Angle reduce(Num x) {
    Format format = x.format();
    Num bound = x.constant(format.pick(0x1p17, 0x1p20));
    Condition huge = x.abs().greaterThan(bound);
    Angle near = reduceNear(x);
    x.builder().open(List.of());
    Angle far = HugeAngles.reduce(x);
    Region farRegion = x.builder().close(handedOver(far));
    x.builder().open(List.of());
    Region nearRegion = x.builder().close(handedOver(near));
    Value quadrant = x.builder().fresh(format.word());
    Value r = x.builder().fresh(format.type());
    x.builder()
        .add(
            new Op.If(
                List.of(quadrant, r), huge.value(), farRegion, nearRegion, x.builder().span()));
    return new Angle(new Int(x.builder(), quadrant), new Num(x.builder(), r));
  }

  private static Terminator handedOver(Angle angle) {
    return new Terminator.Yield(List.of(angle.quadrant().value(), angle.r().value()));
  }

  private static Angle reduceNear(Num x) {
    Format format = x.format();
    Num shifted = x.timesPlus(format.pick(0x1.45f306p-1, 0x1.45f306dc9c883p-1), format.magic());
    Num n = shifted.minus(format.magic());
    Num r = n.timesPlus(-format.pick(HALF_PI_SINGLE, HALF_PI_DOUBLE), x);
    r = n.timesPlus(-format.pick(HALF_PI_SINGLE_LOW, HALF_PI_DOUBLE_LOW), r);
    r = n.timesPlus(format.pick(0x1.ee59dap-50, 0x1.f1976b7ed8fbcp-110), r);
    return new Angle(shifted.bits(), r);
  }

  private static Num sinOf(Num r) {
    Num z = r.squared();
    Num p = z.polynomial(r.format().pick(SIN_SINGLE, SIN_DOUBLE));
    return r.times(z).timesPlus(p, r);
  }

  private static Num cosOf(Num r) {
    Num z = r.squared();
    Num p = z.polynomial(r.format().pick(COS_SINGLE, COS_DOUBLE));
    return z.timesPlus(z.timesPlus(p, -0.5), 1);
  }

  static Num sin(Num x, Angle angle) {
    return x.equalTo(0).select(x, wave(angle.quadrant(), angle.r()));
  }

  static Num cos(Angle angle) {
    return wave(angle.quadrant().plus(1), angle.r());
  }

  /** The sine of {@code quadrant * pi/2 + r}. */
  private static Num wave(Int quadrant, Num r) {
    Num value = quadrant.hasBits(1).select(cosOf(r), sinOf(r));
    Int sign = quadrant.and(2).shiftLeft(r.format().bits() - 2);
    return value.bits().xor(sign).asNum();
  }

  static Num tan(Num x, Angle angle) {
    Num sin = sinOf(angle.r());
    Num cos = cosOf(angle.r());
    Condition odd = angle.quadrant().hasBits(1);
    Num result = odd.select(cos.negated(), sin).over(odd.select(sin, cos));
    return x.equalTo(0).select(x, result);
  }

  /** {@code n pi/2 - b}, of which pi/2 is more precise than its type; n is 1 or 2. */
  private static Num halfPisMinus(int n, Num b) {
    return halfPisMinus(n, b, b.constant(0));
  }

  /** {@code n pi/2 - b - c} for a c that is smaller than b. */
  private static Num halfPisMinus(int n, Num b, Num c) {
    Format format = b.format();
    Num high = b.constant(n * format.pick(HALF_PI_SINGLE, HALF_PI_DOUBLE));
    double low = n * format.pick(HALF_PI_SINGLE_LOW, HALF_PI_DOUBLE_LOW);
    return high.minus(b).minus(c.minus(low));
  }

  /**
   * An inverse sine as {@code s + tail}.
   *
   * @param large whether it is, for {@code a = |x| > 1/2}, that of {@code sqrt((1 - a) / 2)}, which
   *     is {@code (pi/2 - asin a) / 2}; else it is that of a
   */
  private record Arcsine(Condition large, Num s, Num tail) {
    static Arcsine of(Num a) {
      Condition large = a.greaterThan(0.5);
      Num half = a.timesPlus(-0.5, 0.5);
      Num z = large.select(half, a.squared());
      Num s = large.select(half.sqrt(), a);
      Num p = z.polynomial(a.format().pick(ASIN_SINGLE, ASIN_DOUBLE));
      return new Arcsine(large, s, s.times(z).times(p));
    }
  }

  static Num asin(Num x) {
    Arcsine arcsine = Arcsine.of(x.abs());
    Num s = arcsine.s();
    Num tail = arcsine.tail();
    Num near = halfPisMinus(1, s.plus(s), tail.plus(tail));
    return arcsine.large().select(near, s.plus(tail)).signFlippedBy(x);
  }

  static Num acos(Num x) {
    Arcsine arcsine = Arcsine.of(x.abs());
    Num s = arcsine.s();
    Num tail = arcsine.tail();
    Num twice = s.plus(tail).times(2);
    Num opposite = halfPisMinus(2, s.plus(s), tail.plus(tail));
    Num steep = x.lessThan(0).select(opposite, twice);
    Num flat = halfPisMinus(1, s.signFlippedBy(x), tail.signFlippedBy(x));
    return arcsine.large().select(steep, flat);
  }

  static Num atan(Num x) {
    Num a = x.abs();
    Condition large = a.greaterThan(1);
    Num t = large.select(x.constant(1).over(a), a);
    Num small = smallAtan(t);
    return large.select(halfPisMinus(1, small), small).signFlippedBy(x);
  }

  private static Num smallAtan(Num t) {
    Num z = t.squared();
    Num p = z.polynomial(t.format().pick(ATAN_SINGLE, ATAN_DOUBLE));
    return t.times(z).timesPlus(p, t);
  }

  static Num atan2(Num y, Num x) {
    Num a = x.abs();
    Num b = y.abs();
    Condition steep = b.greaterThan(a);
    Num low = steep.select(a, b);
    Num high = steep.select(b, a);
    Num quotient = low.over(high);
    Num defined = high.equalTo(0).select(0, quotient);
    Num t = low.equalTo(Double.POSITIVE_INFINITY).select(1, defined);
    Num flat = smallAtan(t);
    Num first = steep.select(halfPisMinus(1, flat), flat);
    Num second = halfPisMinus(2, first);
    Num result = x.bits().isNegative().select(second, first).signFlippedBy(y);
    return x.isNan().or(y.isNan()).select(Double.NaN, result);
  }
}
