package dev.heddle.compiler.math;

/**
 * A number as the unevaluated sum of two, of which the second is small beside the first: about
 * twice the precision of its type.
 */
record Pair(Num high, Num low) {
  /** {@code a + b}, exactly; a must not be smaller than b, unless it is 0. */
  static Pair ordered(Num a, Num b) {
    Num high = a.plus(b);
    return new Pair(high, b.minus(high.minus(a)));
  }

  /** {@code a + b}, exactly. */
  static Pair sum(Num a, Num b) {
    Num high = a.plus(b);
    Num fromB = high.minus(a);
    return new Pair(high, a.minus(high.minus(fromB)).plus(b.minus(fromB)));
  }

  /** {@code a * b}, exactly. */
  static Pair product(Num a, Num b) {
    Num high = a.times(b);
    return new Pair(high, a.timesPlus(b, high.negated()));
  }

  /** The square root of {@code square + low}, of which the low part may be zero. */
  static Pair root(Num square, Num low) {
    Num root = square.sqrt();
    Num rest = root.negated().timesPlus(root, square).plus(low);
    // nothing is added to a root that is not zero itself
    Num twice = root.plus(root).plus(root.format().smallestNormal());
    return new Pair(root, rest.over(twice));
  }

  Pair plus(Num b) {
    return new Pair(high, low.plus(b));
  }

  Pair negated() {
    return new Pair(high.negated(), low.negated());
  }

  /** The same number with a high part that is the whole rounded. */
  Pair normal() {
    return ordered(high, low);
  }

  /** The product, but for what is far below its low part. */
  Pair times(Pair b) {
    Pair product = product(high, b.high);
    return product.plus(high.timesPlus(b.low, low.times(b.high)));
  }

  /** The quotient, but for what is far below its low part. */
  Pair over(Pair b) {
    Num quotient = high.over(b.high);
    Num rest = quotient.negated().timesPlus(b.high, high);
    Num all = rest.plus(quotient.negated().timesPlus(b.low, low));
    return new Pair(quotient, all.over(b.high));
  }

  /** Rounded to one number. */
  Num value() {
    return high.plus(low);
  }
}
