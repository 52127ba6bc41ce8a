package dev.heddle.testkit.accuracy;

/**
 * Exponentials and logarithms of finite numbers at which they are finite and not zero. What the
 * JDK's own functions give is mended by a step of Newton's method.
 */
final class Elementary {
  private static final int HALVINGS = 8;

  /** What two doubles lack of ln 2. */
  private static final double LN_2_LOWEST = 0x1.7b57a079a1934p-111;

  private static final Twofold[] INVERSES = inverses();

  private Elementary() {}

  /** 1 / n. */
  private static Twofold[] inverses() {
    Twofold[] inverses = new Twofold[40];
    for (int n = 1; n < inverses.length; n++) {
      inverses[n] = Twofold.ONE.over(n);
    }
    return inverses;
  }

  static Twofold exp(Twofold x) {
    if (Math.abs(x.high()) > 2000) {
      return exp(Twofold.of(Math.copySign(2000, x.high())));
    }
    double n = Math.rint(x.high() / Twofold.LN_2.high());
    Twofold rest = x.minus(Twofold.LN_2.times(n)).minus(Twofold.of(n * LN_2_LOWEST));
    return smallExpMinusOne(rest).plus(1).scaled((int) n);
  }

  /** By a series of the 256th part, and the doubling {@code p (2 + p)}. */
  private static Twofold smallExpMinusOne(Twofold x) {
    Twofold r = x.scaled(-HALVINGS);
    Twofold sum = INVERSES[12];
    for (int n = 11; n >= 1; n--) {
      sum = sum.times(r).plus(1).times(INVERSES[n]);
    }
    Twofold p = sum.times(r);
    for (int i = 0; i < HALVINGS; i++) {
      p = p.times(p.plus(2));
    }
    return p;
  }

  static Twofold expm1(Twofold x) {
    return Math.abs(x.high()) < 0.35 ? smallExpMinusOne(x) : exp(x).plus(-1);
  }

  static Twofold log(Twofold x) {
    if (x.high() < Double.MIN_NORMAL) {
      return log(x.scaled(200)).minus(Twofold.LN_2.times(200));
    }
    int exponent = Math.getExponent(x.high());
    exponent += Math.scalb(x.high(), -exponent) > 1.4 ? 1 : 0;
    Twofold near = x.scaled(-exponent / 2).scaled(exponent / 2 - exponent);
    return Twofold.LN_2.times(exponent).plus(smallLog1p(near.plus(-1)));
  }

  static Twofold log1p(Twofold x) {
    return Math.abs(x.high()) < 0.4 ? smallLog1p(x) : log(x.plus(1));
  }

  /** {@code e = (1 + x) exp(-y) - 1} for a y that is nearly log(1 + x). */
  private static Twofold smallLog1p(Twofold x) {
    double y = StrictMath.log1p(x.high());
    Twofold p = expm1(Twofold.of(-y));
    Twofold e = p.plus(x).plus(x.times(p));
    return Twofold.of(y).plus(e.minus(e.squared().scaled(-1)));
  }

  static Twofold sinh(double x) {
    if (x < 0) {
      return sinh(-x).negated();
    }
    if (x > 100) {
      return halfExp(x);
    }
    Twofold p = expm1(Twofold.of(x));
    return p.plus(p.over(p.plus(1))).scaled(-1);
  }

  static Twofold cosh(double x) {
    if (Math.abs(x) > 100) {
      return halfExp(Math.abs(x));
    }
    Twofold e = exp(Twofold.of(x));
    return e.plus(Twofold.ONE.over(e)).scaled(-1);
  }

  /** {@code e^x / 2}, beside which {@code e^-x} is nothing. */
  private static Twofold halfExp(double x) {
    return exp(Twofold.of(x).minus(Twofold.LN_2));
  }

  static Twofold tanh(double x) {
    if (x < 0) {
      return tanh(-x).negated();
    }
    Twofold p = expm1(Twofold.of(2 * Math.min(x, 300)));
    return p.over(p.plus(2));
  }

  static Twofold asinh(double x) {
    double a = Math.abs(x);
    Twofold result;
    if (a > 0x1p300) {
      result = log(Twofold.of(a)).plus(Twofold.LN_2);
    } else {
      Twofold square = Twofold.product(a, a);
      Twofold root = square.plus(1).sqrt();
      result = log1p(square.over(root.plus(1)).plus(a));
    }
    return x < 0 ? result.negated() : result;
  }

  static Twofold acosh(double x) {
    if (x > 0x1p300) {
      return log(Twofold.of(x)).plus(Twofold.LN_2);
    }
    Twofold t = Twofold.sum(x, -1);
    return log1p(t.plus(t.squared().plus(t.scaled(1)).sqrt()));
  }

  static Twofold atanh(double x) {
    return log1p(Twofold.of(2 * x).over(Twofold.sum(1, -x))).scaled(-1);
  }

  /** {@code x^y} for a positive x. */
  static Twofold pow(double x, Twofold y) {
    return exp(log(Twofold.of(x)).times(y));
  }

  static Twofold cbrt(double x) {
    double y = StrictMath.cbrt(x);
    int exponent = Math.getExponent(y);
    double near = Math.scalb(y, -exponent);
    double scaled = Math.scalb(Math.scalb(x, -exponent), -2 * exponent);
    Twofold cube = Twofold.product(near, near).times(near);
    Twofold step = cube.minus(Twofold.of(scaled)).over(Twofold.product(near, near).times(3));
    // Newton's step leaves the square of the error over the root
    Twofold once = Twofold.of(near).minus(step);
    return once.minus(step.squared().over(near)).scaled(exponent);
  }

  static Twofold hypot(double x, double y) {
    int exponent = Math.max(Math.getExponent(x), Math.getExponent(y));
    double a = Math.scalb(x, -exponent);
    double b = Math.scalb(y, -exponent);
    return Twofold.product(a, a).plus(Twofold.product(b, b)).sqrt().scaled(exponent);
  }

  static Twofold sqrt(double x) {
    int half = Math.getExponent(x) / 2;
    return Twofold.of(Math.scalb(x, -2 * half)).sqrt().scaled(half);
  }

  static Twofold rsqrt(double x) {
    return Twofold.ONE.over(sqrt(x));
  }
}
