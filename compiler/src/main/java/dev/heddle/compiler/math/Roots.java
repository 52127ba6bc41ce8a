package dev.heddle.compiler.math;

/** Roots and what is made of squares. */
final class Roots {
  private Roots() {}

  /** The inverse of the rounded root, mended by half of what {@code x y^2} lacks of 1. */
  static Num rsqrt(Num x) {
    Num y = x.constant(1).over(x.sqrt());
    Pair root = Pair.product(x, y);
    Num rest = root.low().negated().timesPlus(y, root.high().negated().timesPlus(y, 1));
    Num mended = y.times(0.5).timesPlus(rest, y);
    return mended.isNan().select(y, mended);
  }

  /**
   * A first guess by dividing the bits by three, which divides the exponent; two steps of Halley's
   * method (three in double precision), each of which triples the correct bits; and a last step of
   * Newton's with the residual in extra precision.
   */
  static Num cbrt(Num x) {
    Format format = x.format();
    Num a = x.abs();
    Condition tiny = a.lessThan(format.smallestNormal());
    Condition large = a.greaterThan(format.pick(0x1p100, 0x1p1000));
    double step = format.pick(0x1p24, 0x1p54);
    double rootOfStep = format.pick(0x1p8, 0x1p18);
    Num normal = a.times(tiny.select(step, large.select(1 / step, a.constant(1))));
    Num t = guess(normal);
    for (int i = 0; i < (format.isSingle() ? 2 : 3); i++) {
      t = halley(normal, t);
    }
    Num square = t.squared();
    Num squareLow = t.timesPlus(t, square.negated());
    Num residual = square.negated().timesPlus(t, normal).minus(squareLow.times(t));
    Num root = t.plus(residual.over(square.times(3)));
    Num scale = tiny.select(1 / rootOfStep, large.select(rootOfStep, a.constant(1)));
    Num scaled = root.times(scale);
    Condition ordinary = a.greaterThan(0).and(a.lessThan(Double.POSITIVE_INFINITY));
    return ordinary.select(scaled.signFlippedBy(x), x.plus(x));
  }

  private static Num guess(Num a) {
    Format format = a.format();
    double third = format.pick(0x1.555556p-2, 0x1.5555555555555p-2);
    // two thirds of the bits of 1, less what makes the error of the straight line even
    double offset = format.pick(0x2a512d00L, 0x2a9f789300000000L);
    return a.bits().toNum().timesPlus(third, offset).toInt().asNum();
  }

  private static Num halley(Num a, Num t) {
    Num cube = t.squared().times(t);
    return t.times(cube.plus(a.plus(a)).over(cube.plus(cube).plus(a)));
  }

  /** Both squared after scaling by a power of two, so that nothing overflows or is lost. */
  static Num hypot(Num x, Num y) {
    Format format = x.format();
    double infinity = Double.POSITIVE_INFINITY;
    Num a = x.abs();
    Num b = y.abs();
    Condition swap = a.lessThan(b);
    Num high = swap.select(b, a);
    Num low = swap.select(a, b);
    Condition large = high.greaterThan(format.pick(0x1p62, 0x1p510));
    Condition small = high.lessThan(format.pick(0x1p-50, 0x1p-450));
    double shrink = format.pick(0x1p-66, 0x1p-520);
    double grow = format.pick(0x1p87, 0x1p600);
    Num up = large.select(shrink, small.select(grow, x.constant(1)));
    Num down = large.select(1 / shrink, small.select(1 / grow, x.constant(1)));
    Num h = high.times(up);
    Num l = low.times(up);
    Num result = h.timesPlus(h, l.squared()).sqrt().times(down);
    Condition infinite = a.equalTo(infinity).or(b.equalTo(infinity));
    return infinite.select(infinity, result);
  }
}
