package dev.heddle.compiler.math;

import java.util.Arrays;

/**
 * Powers and roots of any order: {@code 2^(y log2 |x|)}, the logarithm, the exponent and their
 * product each as the sum of two numbers, and then the cases of C99: what 0, infinity, a negative x
 * and a NaN give.
 */
final class Powers {
  /** P in {@code log2 m = s (2 / ln 2 + s^2 P(s^2))}; relative error 2^-36.4 and 2^-66.6. */
  private static final double[] POW_SINGLE = {
    0x1.ec709ep-1, 0x1.2776e2p-1, 0x1.a5ceb8p-2, 0x1.58b528p-2
  };

  private static final double[] POW_DOUBLE = {
    0x1.ec709dc3a03fdp-1, 0x1.2776c50ef9e70p-1, 0x1.a61762a72f463p-2, 0x1.484b1436a71ccp-2,
    0x1.0c9a5e1ba8881p-2, 0x1.c6a14956c98efp-3, 0x1.878d6064ed3a1p-3, 0x1.870ee0c6786a5p-3
  };

  private Powers() {}

  static Num pow(Num x, Num y) {
    Num a = x.abs();
    Num halfY = y.times(0.5);
    Condition whole = y.rint().equalTo(y);
    Condition odd = whole.and(halfY.rint().equalTo(halfY).not());
    Num magnitude = magnitude(a, new Pair(y, y.constant(0)));
    Num signed = odd.select(magnitude.signFlippedBy(x), magnitude);
    Condition undefined = x.lessThan(0).and(whole.not()).and(a.lessThan(Double.POSITIVE_INFINITY));
    Num real = undefined.or(x.isNan()).or(y.isNan()).select(Double.NaN, signed);
    return y.equalTo(0).or(x.equalTo(1)).select(1, real);
  }

  /** As {@link #pow}, but defined by {@code exp(y log x)}: none where that has no limit. */
  static Num powr(Num x, Num y) {
    double infinity = Double.POSITIVE_INFINITY;
    Condition zeroPower = y.equalTo(0);
    Condition one = x.equalTo(1);
    Num magnitude = magnitude(x.abs(), new Pair(y, y.constant(0)));
    Num result = zeroPower.or(one).select(1, magnitude);
    Condition noLimit = zeroPower.and(x.equalTo(0).or(x.equalTo(infinity)));
    Condition undefined = noLimit.or(one.and(y.abs().equalTo(infinity))).or(x.lessThan(0));
    return undefined.or(x.isNan()).or(y.isNan()).select(Double.NaN, result);
  }

  /** {@code x^(n + low)} for integers of which {@code low}, below 256, shows whether it is odd. */
  static Num pown(Num x, Num n, Num low) {
    Num magnitude = magnitude(x.abs(), Pair.ordered(n, low));
    Num signed = isOdd(low).select(magnitude.signFlippedBy(x), magnitude);
    Num real = x.isNan().select(Double.NaN, signed);
    return n.plus(low).equalTo(0).or(x.equalTo(1)).select(1, real);
  }

  /**
   * The root of the order {@code n + low}, integers of which {@code low} shows whether it is odd.
   */
  static Num rootn(Num x, Num n, Num low) {
    Pair order = Pair.ordered(n, low);
    Pair power = new Pair(x.constant(1), x.constant(0)).over(order);
    Num magnitude = magnitude(x.abs(), power);
    Condition odd = isOdd(low);
    Num signed = odd.select(magnitude.signFlippedBy(x), magnitude);
    Num real = x.abs().equalTo(1).select(x.constant(1).signFlippedBy(x), signed);
    Condition undefined = x.lessThan(0).and(odd.not()).or(order.high().equalTo(0));
    return undefined.or(x.isNan()).select(Double.NaN, real);
  }

  private static Condition isOdd(Num whole) {
    Num half = whole.times(0.5);
    return half.rint().equalTo(half).not();
  }

  private static Num magnitude(Num a, Pair y) {
    double infinity = Double.POSITIVE_INFINITY;
    Pair log = log2(a);
    Condition finite = a.lessThan(infinity).and(a.greaterThan(0));
    Num limit = a.greaterThan(1).select(infinity, a.constant(-infinity));
    Num high = finite.select(log.high(), limit);
    Num product = y.high().times(high);
    Num error = y.high().timesPlus(high, product.negated());
    Num low = y.high().timesPlus(log.low(), y.low().timesPlus(log.high(), error));
    double range = a.format().pick(200, 1100);
    Num clamped = product.clamped(-range, range);
    Num smallLow = clamped.equalTo(product).select(low, 0);
    Num result = Exponentials.exp2(clamped, smallLow);
    return a.equalTo(1).select(1, result);
  }

  /** The logarithm to base 2 of a positive number. */
  static Pair log2(Num a) {
    Format format = a.format();
    Logarithms.Split split =
        Logarithms.split(
            a, format.isSingle() ? Logarithms.ROOT_HALF_SINGLE : Logarithms.ROOT_HALF_DOUBLE);
    Num m = split.m();
    Num f = m.minus(1);
    Num d = m.plus(1);
    Num dLow = m.minus(d.minus(1));
    Num s = f.over(d);
    Num rest = s.negated().timesPlus(dLow, s.negated().timesPlus(d, f));
    Num sLow = rest.over(d);
    double c = format.pick(0x1.715476p+1, 0x1.71547652b82fep+1);
    double cLow = format.pick(0x1.4ae0c0p-25, 0x1.777d0ffda0d24p-55);
    Num product = s.times(c);
    Num error = s.timesPlus(c, product.negated());
    Num tail = s.timesPlus(cLow, sLow.timesPlus(c, error));
    Pair high = Pair.ordered(split.e(), product);
    Pair cube = cube(new Pair(s, sLow));
    Pair all = Pair.ordered(high.high(), cube.high());
    return Pair.ordered(all.high(), all.low().plus(high.low().plus(tail.plus(cube.low()))));
  }

  /** {@code s^3 P(s^2)}: in one number it would cost large powers several units. */
  private static Pair cube(Pair s) {
    Pair z = s.times(s);
    double[] coefficients = z.high().format().pick(POW_SINGLE, POW_DOUBLE);
    Num first = z.high().constant(coefficients[0]);
    double[] others = Arrays.copyOfRange(coefficients, 1, coefficients.length);
    Pair p = Pair.ordered(first, z.high().times(z.high().polynomial(others)));
    return s.times(z).times(p);
  }
}
