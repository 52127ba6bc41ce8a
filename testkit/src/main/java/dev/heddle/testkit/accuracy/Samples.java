package dev.heddle.testkit.accuracy;

import java.util.SplittableRandom;

/**
 * Operands from where errors are likely: a third of any bits, a third from the function's own
 * domain, the rest close to what is special: small multiples of pi/4 and of 1/4, the thresholds of
 * powers of two, and special values.
 */
final class Samples {
  private static final double[] SPECIAL = {
    0,
    1,
    0.5,
    2,
    3,
    1.5,
    0x1.fffffep-1,
    0x1.000002p0,
    88.72284,
    103.97,
    709.78,
    745.13,
    Float.MIN_NORMAL,
    Float.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MIN_VALUE,
    0x1p24,
    0x1p53,
    1e10,
    Float.MAX_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NaN,
    128,
    149.5,
    1e30,
    1e300
  };

  private final SplittableRandom random;
  private final Case.Domain domain;
  private final boolean single;

  Samples(Case test, boolean single, long seed) {
    this.domain = test.domain();
    this.single = single;
    random = new SplittableRandom(seed);
  }

  double x() {
    return operand(domain.low(), domain.high());
  }

  double y() {
    double y = operand(domain.lowY(), domain.highY());
    return domain.whole() ? whole(y) : y;
  }

  /** An int; a float keeps no more than its own bits of it. */
  private double whole(double y) {
    int n = random.nextInt(8) == 0 ? random.nextInt() >> random.nextInt(32) : (int) y;
    return single ? (float) n == 0x1p31f ? 0x1.fffffep30f : (float) n : n;
  }

  private double operand(double low, double high) {
    return switch (random.nextInt(3)) {
      case 0 -> anyBits();
      case 1 -> random.nextDouble(low, Math.nextUp(high));
      default -> nearSpecial();
    };
  }

  private double anyBits() {
    return single
        ? Float.intBitsToFloat(random.nextInt())
        : Double.longBitsToDouble(random.nextLong());
  }

  private double nearSpecial() {
    double center =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(1, 64) * (Math.PI / 4);
          case 1 -> random.nextInt(1, 64) * 0.25;
          case 2 -> Math.scalb(1.0, random.nextInt(-160, 160));
          default -> SPECIAL[random.nextInt(SPECIAL.length)];
        };
    double distance = Math.scalb(random.nextDouble(-1, 1), -random.nextInt(single ? 26 : 54));
    double value = random.nextBoolean() ? center : center + center * distance;
    double rounded = single ? (float) value : value;
    return random.nextBoolean() ? rounded : -rounded;
  }
}
