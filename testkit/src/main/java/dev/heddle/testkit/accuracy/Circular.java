package dev.heddle.testkit.accuracy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Sines, cosines and their inverses. */
final class Circular {
  /** pi/2 as four doubles. */
  private static final double[] HALF_PI = {
    0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110, 0x1.4cf98e804177dp-164
  };

  private static final int BITS = 3600;
  private static final BigInteger PI = pi();
  private static final Twofold[] INVERSES = inverses();

  private Circular() {}

  /** An angle reduced to {@code quadrant pi/2 + rest}, as its sine and cosine. */
  record Wave(Twofold sin, Twofold cos) {
    Wave turned(long quadrant) {
      return switch ((int) (quadrant & 3)) {
        case 0 -> this;
        case 1 -> new Wave(cos, sin.negated());
        case 2 -> new Wave(sin.negated(), cos.negated());
        default -> new Wave(cos.negated(), sin);
      };
    }
  }

  static Wave of(double x) {
    if (Math.abs(x) > 0x1p52) {
      return ofHuge(x);
    }
    double n = Math.rint(x / HALF_PI[0]);
    Twofold rest = Twofold.of(x).minus(Twofold.product(n, HALF_PI[0]));
    rest = rest.minus(Twofold.product(n, HALF_PI[1])).minus(Twofold.product(n, HALF_PI[2]));
    return series(rest.plus(-n * HALF_PI[3])).turned((long) n);
  }

  /** Of {@code pi x}. */
  static Wave ofTurns(double x) {
    double whole = StrictMath.IEEEremainder(x, 2);
    double n = Math.rint(2 * whole);
    return series(Twofold.PI.times(whole - n / 2)).turned((long) n);
  }

  /** With pi as an integer over {@code 2^3600}. */
  private static Wave ofHuge(double x) {
    BigInteger scaled = new BigDecimal(Math.abs(x)).toBigInteger().shiftLeft(BITS);
    BigInteger half = PI.shiftRight(1);
    // to the nearest multiple
    BigInteger[] division = scaled.add(half.shiftRight(1)).divideAndRemainder(half);
    BigInteger left = division[1].subtract(half.shiftRight(1));
    BigDecimal rest =
        new BigDecimal(left)
            .divide(new BigDecimal(BigInteger.ONE.shiftLeft(BITS)), new MathContext(60));
    double high = rest.doubleValue();
    double low = rest.subtract(new BigDecimal(high)).doubleValue();
    Wave wave =
        series(new Twofold(high, low)).turned(division[0].and(BigInteger.valueOf(3)).longValue());
    return x < 0 ? new Wave(wave.sin.negated(), wave.cos) : wave;
  }

  /** By Machin's formula. */
  private static BigInteger pi() {
    BigInteger one = BigInteger.ONE.shiftLeft(BITS + 64);
    return inverseTangent(one, 5)
        .shiftLeft(4)
        .subtract(inverseTangent(one, 239).shiftLeft(2))
        .shiftRight(64);
  }

  private static BigInteger inverseTangent(BigInteger one, int inverse) {
    BigInteger square = BigInteger.valueOf((long) inverse * inverse);
    BigInteger power = one.divide(BigInteger.valueOf(inverse));
    BigInteger sum = power;
    for (int n = 3; power.signum() != 0; n += 2) {
      power = power.divide(square).negate();
      sum = sum.add(power.divide(BigInteger.valueOf(n)));
    }
    return sum;
  }

  /** 1 / (n (n + 1)). */
  private static Twofold[] inverses() {
    Twofold[] inverses = new Twofold[28];
    for (int n = 1; n < inverses.length; n++) {
      inverses[n] = Twofold.ONE.over(n * (n + 1.0));
    }
    return inverses;
  }

  /** The series of a number of at most 0.8. */
  private static Wave series(Twofold x) {
    Twofold square = x.squared().negated();
    Twofold sine = Twofold.ONE;
    Twofold cosine = Twofold.ONE;
    for (int n = 26; n >= 2; n -= 2) {
      sine = sine.times(square).times(INVERSES[n]).plus(1);
      cosine = cosine.times(square).times(INVERSES[n - 1]).plus(1);
    }
    return new Wave(sine.times(x), cosine);
  }

  /**
   * The angle of a point; not both coordinates are 0, and neither is near the ends of the range.
   */
  static Twofold atan2(Twofold y, Twofold x) {
    double near = StrictMath.atan2(y.high(), x.high());
    Wave wave = of(near);
    Twofold across = y.times(wave.cos).minus(x.times(wave.sin));
    Twofold along = x.times(wave.cos).plus(y.times(wave.sin));
    Twofold d = across.over(along);
    return Twofold.of(near).plus(d.minus(d.squared().times(d).over(3)));
  }

  static Twofold atan2(double y, double x) {
    if (y == 0) {
      return Math.copySign(1, x) > 0 ? Twofold.of(y) : Twofold.PI.times(Math.copySign(1, y));
    }
    int exponent = Math.max(Math.getExponent(x), Math.getExponent(y));
    double scaledY = Math.scalb(y, -exponent);
    double scaledX = Math.scalb(x, -exponent);
    if (scaledX > 0 && Math.abs(scaledY) < 0x1p-200) {
      return Twofold.of(y).over(x);
    }
    return atan2(Twofold.of(scaledY), Twofold.of(scaledX));
  }

  static Twofold asin(double x) {
    return Math.abs(x) < 0x1p-200 ? Twofold.of(x) : atan2(Twofold.of(x), other(x));
  }

  static Twofold acos(double x) {
    return atan2(other(x), Twofold.of(x));
  }

  /** {@code sqrt(1 - x^2)}. */
  private static Twofold other(double x) {
    return Twofold.sum(1, -x).times(Twofold.sum(1, x)).sqrt();
  }
}
