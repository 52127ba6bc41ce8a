package dev.heddle.testkit.accuracy;

/** The error and gamma functions. */
final class Special {
  private static final Twofold TWO_OVER_ROOT_PI = Twofold.of(2).over(Twofold.PI.sqrt());
  private static final Twofold HALF_LOG_TWO_PI = Elementary.log(Twofold.PI.scaled(1)).scaled(-1);

  /** The coefficients of Stirling's series: Bernoulli's number 2k over {@code 2k (2k - 1)}. */
  private static final Twofold[] STIRLING = stirling();

  private Special() {}

  private static Twofold[] stirling() {
    double[][] fractions = {
      {1, 12},
      {-1, 360},
      {1, 1260},
      {-1, 1680},
      {1, 1188},
      {-691, 360360},
      {1, 156},
      {-3617, 122400},
      {43867, 244188},
      {-174611, 125400},
      {77683, 5796},
      {-236364091, 1506960},
      {657931, 300},
      {-3392780147.0, 93960}
    };
    Twofold[] coefficients = new Twofold[fractions.length];
    for (int i = 0; i < fractions.length; i++) {
      coefficients[i] = Twofold.of(fractions[i][0]).over(fractions[i][1]);
    }
    return coefficients;
  }

  /** A series of positive terms: {@code 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!}. */
  static Twofold erf(double x) {
    if (Math.abs(x) > 10) {
      return Twofold.of(Math.signum(x));
    }
    if (Math.abs(x) > 3) {
      return x < 0 ? erfc(-x).plus(-1) : Twofold.ONE.minus(erfc(x));
    }
    Twofold square = Twofold.product(x, x);
    Twofold term = Twofold.of(x);
    Twofold sum = term;
    for (int n = 1; Math.abs(term.high()) > Math.abs(sum.high()) * 0x1p-108; n++) {
      term = term.times(square.scaled(1)).over(2 * n + 1);
      sum = sum.plus(term);
    }
    return sum.times(TWO_OVER_ROOT_PI).times(Elementary.exp(square.negated()));
  }

  /** From 3 on by a continued fraction, evaluated from far behind. */
  static Twofold erfc(double x) {
    if (x < 3) {
      return Twofold.ONE.minus(erf(x));
    }
    Twofold fraction = Twofold.of(x);
    for (int k = 80; k >= 1; k--) {
      fraction = Twofold.of(k / 2.0).over(fraction).plus(x);
    }
    Twofold exponential = Elementary.exp(Twofold.product(x, x).negated());
    return exponential.times(TWO_OVER_ROOT_PI).scaled(-1).over(fraction);
  }

  /** The logarithm of the gamma function of a positive number. */
  private static Twofold logGamma(Twofold x) {
    if (x.high() > 0x1p60) {
      return x.times(Elementary.log(x).plus(-1));
    }
    Twofold product = Twofold.ONE;
    Twofold y = x;
    while (y.high() < 30) {
      product = product.times(y);
      y = y.plus(1);
    }
    Twofold inverse = Twofold.ONE.over(y);
    Twofold square = inverse.squared();
    Twofold series = Twofold.ZERO;
    for (int i = STIRLING.length - 1; i >= 0; i--) {
      series = series.times(square).plus(STIRLING[i]);
    }
    Twofold log = y.plus(-0.5).times(Elementary.log(y)).minus(y).plus(HALF_LOG_TWO_PI);
    return log.plus(series.times(inverse)).minus(Elementary.log(product));
  }

  /** The logarithm of the magnitude of the gamma function. */
  static Twofold lgamma(double x) {
    if (Math.abs(x) < 0x1p-300) {
      return Elementary.log(Twofold.of(Math.abs(x))).negated();
    }
    if (x > 0) {
      return logGamma(Twofold.of(x));
    }
    Twofold sine = Circular.ofTurns(x).sin().abs();
    Twofold reflected = logGamma(Twofold.sum(1, -x));
    return Elementary.log(Twofold.PI.over(sine)).minus(reflected);
  }

  static Twofold tgamma(double x) {
    Twofold magnitude = Elementary.exp(lgamma(x));
    return x < 0 && Circular.ofTurns(x).sin().high() < 0 ? magnitude.negated() : magnitude;
  }
}
