package dev.heddle.compiler.math;

/**
 * The hyperbolic functions and their inverses: near zero by polynomials that are minimax for the
 * relative error, else by exponentials and logarithms in two parts.
 */
final class Hyperbolics {
  /** p in {@code sinh x = x + x^3 p(x^2)}, |x| <= 1; relative error 2^-31.6 and 2^-62.9. */
  private static final double[] SINH_SINGLE = {
    0x1.555556p-3, 0x1.1110e0p-7, 0x1.a022bcp-13, 0x1.756c1ep-19
  };

  private static final double[] SINH_DOUBLE = {
    0x1.5555555555555p-3, 0x1.111111111119bp-7, 0x1.a01a01a00735bp-13, 0x1.71de3a68d55cfp-19,
    0x1.ae644113d12c1p-26, 0x1.61315cc750d74p-33, 0x1.a65744edb326bp-41, 0x1.d4f6e5c8f2148p-48
  };

  /** p in {@code tanh x = x + x^3 p(x^2)}, |x| <= 15/16; relative error 2^-28.7 and 2^-63.1. */
  private static final double[] TANH_SINGLE = {
    -0x1.555548p-2,
    0x1.110e02p-3,
    -0x1.b9a178p-5,
    0x1.61b91ap-6,
    -0x1.0a27bap-7,
    0x1.41094ep-9,
    -0x1.aa9138p-12
  };

  private static final double[] TANH_DOUBLE = {
    -0x1.5555555555555p-2, 0x1.11111111110b5p-3, -0x1.ba1ba1ba1741dp-5, 0x1.664f4881e7e28p-6,
    -0x1.226e35451fb92p-7, 0x1.d6d3ccff8b5ecp-9, -0x1.7da32f1a89800p-10, 0x1.3556133528091p-11,
    -0x1.f55ed5fdad5e4p-13, 0x1.95d219706d281p-14, -0x1.46990d964b08fp-15, 0x1.0177557996cb6p-16,
    -0x1.7f961e8856359p-18, 0x1.f98ab56c65525p-20, -0x1.0a6270d8c971dp-21, 0x1.80b5edde4e3b1p-24,
    -0x1.153ed5fc70521p-27
  };

  /** p in {@code asinh x = x + x^3 p(x^2)}, |x| <= 1/2; relative error 2^-29.6 and 2^-62.6. */
  private static final double[] ASINH_SINGLE = {
    -0x1.555536p-3, 0x1.3324f0p-4, -0x1.6b9572p-5, 0x1.cd5e94p-6, -0x1.b1344cp-7
  };

  private static final double[] ASINH_DOUBLE = {
    -0x1.5555555555554p-3, 0x1.3333333332fe6p-4, -0x1.6db6db6d8917ap-5, 0x1.f1c71c5dc71e9p-6,
    -0x1.6e8ba0534b7f1p-6, 0x1.1c4e8dbc67878p-6, -0x1.c99356e96d69ap-7, 0x1.7a47e65d17bd1p-7,
    -0x1.3e131560aebecp-7, 0x1.09b71290dee64p-7, -0x1.9c46005225c5fp-8, 0x1.fb5f41e7da6e0p-9,
    -0x1.5be7fd4a2139cp-10
  };

  /** p in {@code atanh x = x + x^3 p(x^2)}, |x| <= 1/2; relative error 2^-29.4 and 2^-60.8. */
  private static final double[] ATANH_SINGLE = {
    0x1.555540p-2, 0x1.99a678p-3, 0x1.234d62p-3, 0x1.e40426p-4, 0x1.a6997cp-5, 0x1.6946fep-3
  };

  private static final double[] ATANH_DOUBLE = {
    0x1.555555555554cp-2, 0x1.999999999b3bap-3, 0x1.24924923c596ep-3, 0x1.c71c722c454e5p-4,
    0x1.745d087bb77e7p-4, 0x1.3b1516839bf24p-4, 0x1.10fa26a7a94a7p-4, 0x1.e3f1128d10780p-5,
    0x1.9e50bfe57001fp-5, 0x1.e824753ef7299p-5, -0x1.62bc314e5c138p-8, 0x1.66a229e49fdd1p-3,
    -0x1.921f35b1f3c9bp-3, 0x1.ee1be27b74740p-3
  };

  private Hyperbolics() {}

  /** {@code e^|x| / 4}, limited where {@code e^|x| / 2} overflows. */
  private static Pair quarter(Num a) {
    double limit = a.format().pick(89.5, 710.5);
    return Exponentials.quarterExp(a.greaterThan(limit).select(limit, a));
  }

  /** {@code e^-|x| / 4} from {@code e^|x| / 4}. */
  private static Num inverse(Pair quarter) {
    return quarter.high().constant(0.0625).over(quarter.high());
  }

  static Num sinh(Num x) {
    Num a = x.abs();
    Pair quarter = quarter(a);
    Pair difference = Pair.ordered(quarter.high(), inverse(quarter).negated());
    Num half = difference.plus(quarter.low()).value();
    Num small = odd(a, x.format().pick(SINH_SINGLE, SINH_DOUBLE));
    return a.lessThan(1).select(small, half.plus(half)).signFlippedBy(x);
  }

  static Num cosh(Num x) {
    Pair quarter = quarter(x.abs());
    Num half = Pair.ordered(quarter.high(), inverse(quarter)).plus(quarter.low()).value();
    return half.plus(half);
  }

  static Num tanh(Num x) {
    Num a = x.abs();
    Num limited = a.greaterThan(20).select(20, a);
    Pair divisor = Exponentials.expPlusOne(limited.plus(limited));
    Num quotient = x.constant(2).over(divisor.high());
    // of what the divisor lacks the quotient's half is the inverse
    Num lost = quotient.times(0.5).times(divisor.low());
    Num large = x.constant(1).minus(quotient.negated().timesPlus(lost, quotient));
    Num small = odd(a, x.format().pick(TANH_SINGLE, TANH_DOUBLE));
    return a.lessThan(0.9375).select(small, large).signFlippedBy(x);
  }

  /** {@code a + a^3 p(a^2)}. */
  private static Num odd(Num a, double[] coefficients) {
    Num z = a.squared();
    return a.times(z).timesPlus(z.polynomial(coefficients), a);
  }

  /** {@code log(a + sqrt(a^2 + 1))} for an a of at least 1/2. */
  static Num asinh(Num x) {
    Num a = x.abs();
    Num small = odd(a, x.format().pick(ASINH_SINGLE, ASINH_DOUBLE));
    Num large = logOfSum(a, 1);
    Num result = a.lessThan(0.5).select(small, large).signFlippedBy(x);
    return a.lessThan(Double.POSITIVE_INFINITY).select(result, x);
  }

  /** Near 1 {@code 2 asinh(sqrt((x - 1) / 2))}, else {@code log(x + sqrt(x^2 - 1))}. */
  static Num acosh(Num x) {
    Num t = x.minus(1);
    Num z = t.times(0.5);
    Pair root = Pair.root(z, z.constant(0));
    Num p = z.polynomial(x.format().pick(ASINH_SINGLE, ASINH_DOUBLE));
    Num small = root.high().plus(root.high().times(z).timesPlus(p, root.low()));
    Num result = t.greaterThan(0.5).select(logOfSum(x, -1), small.plus(small));
    return x.lessThan(Double.POSITIVE_INFINITY).select(result, x);
  }

  /** {@code log(a + sqrt(a^2 + c))}, quarters being added so that nothing overflows. */
  private static Num logOfSum(Num a, int c) {
    double bound = a.format().pick(0x1p30, 0x1p60);
    Condition huge = a.greaterThan(bound);
    Num limited = huge.select(bound, a);
    Pair square = Pair.product(limited, limited);
    Pair sum = Pair.sum(square.high(), a.constant(c));
    Pair root = Pair.root(sum.high(), sum.low().plus(square.low()));
    Num rootPart = huge.select(a, root.high()).times(0.25);
    Num part = a.times(0.25);
    Pair quarter = c > 0 ? Pair.ordered(rootPart, part) : Pair.ordered(part, rootPart);
    return Logarithms.log(quarter.plus(root.low().times(0.25)), 2);
  }

  /** {@code log((1 + a) / (1 - a)) / 2} for an a of at least 1/2. */
  static Num atanh(Num x) {
    Num a = x.abs();
    Num small = odd(a, x.format().pick(ATANH_SINGLE, ATANH_DOUBLE));
    Pair above = Pair.ordered(x.constant(1), a);
    Pair below = new Pair(x.constant(1).minus(a), x.constant(0));
    Num large = Logarithms.log(above.over(below), 0);
    Num special = a.equalTo(1).select(Double.POSITIVE_INFINITY, x.constant(Double.NaN));
    Num beyond = a.lessThan(1).select(large.times(0.5), special);
    return a.lessThan(0.5).select(small, beyond).signFlippedBy(x);
  }
}
