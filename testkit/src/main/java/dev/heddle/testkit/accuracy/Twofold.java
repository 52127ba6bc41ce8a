package dev.heddle.testkit.accuracy;

/**
 * A number as the unevaluated sum of two doubles, good to about 100 bits, after Dekker and Knuth.
 *
 * @param low at most half a unit in the last place of {@code high}
 */
public record Twofold(double high, double low) {
  static final Twofold ZERO = of(0);
  static final Twofold ONE = of(1);
  static final Twofold PI = new Twofold(0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53);
  static final Twofold LN_2 = new Twofold(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
  static final Twofold LN_10 = new Twofold(0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53);

  static Twofold of(double value) {
    return new Twofold(value, 0);
  }

  /** For an a that is not smaller than b. */
  static Twofold ordered(double a, double b) {
    double high = a + b;
    return new Twofold(high, b - (high - a));
  }

  static Twofold sum(double a, double b) {
    double high = a + b;
    double fromB = high - a;
    return new Twofold(high, a - (high - fromB) + (b - fromB));
  }

  static Twofold product(double a, double b) {
    double high = a * b;
    return new Twofold(high, Math.fma(a, b, -high));
  }

  Twofold plus(Twofold b) {
    Twofold highs = sum(high, b.high);
    Twofold lows = sum(low, b.low);
    Twofold first = ordered(highs.high, highs.low + lows.high);
    return ordered(first.high, first.low + lows.low);
  }

  Twofold plus(double b) {
    Twofold highs = sum(high, b);
    return ordered(highs.high, highs.low + low);
  }

  Twofold minus(Twofold b) {
    return plus(b.negated());
  }

  Twofold negated() {
    return new Twofold(-high, -low);
  }

  Twofold abs() {
    return high < 0 ? negated() : this;
  }

  Twofold times(Twofold b) {
    double product = high * b.high;
    double rest = Math.fma(high, b.high, -product);
    return ordered(product, Math.fma(high, b.low, Math.fma(low, b.high, rest)));
  }

  Twofold times(double b) {
    double product = high * b;
    return ordered(product, Math.fma(low, b, Math.fma(high, b, -product)));
  }

  Twofold squared() {
    return times(this);
  }

  /** Times a power of two. */
  Twofold scaled(int exponent) {
    return new Twofold(Math.scalb(high, exponent), Math.scalb(low, exponent));
  }

  Twofold over(Twofold b) {
    double first = high / b.high;
    Twofold rest = minus(b.times(first));
    double second = rest.high / b.high;
    double third = rest.minus(b.times(second)).high / b.high;
    return ordered(first, second).plus(third);
  }

  Twofold over(double b) {
    double first = high / b;
    Twofold rest = minus(product(first, b));
    return ordered(first, (rest.high + rest.low) / b);
  }

  Twofold sqrt() {
    if (high == 0) {
      return this;
    }
    double root = Math.sqrt(high);
    Twofold rest = minus(product(root, root));
    Twofold once = ordered(root, rest.high / (2 * root));
    return once.plus(minus(once.squared()).high / (2 * root));
  }

  double value() {
    return high + low;
  }
}
