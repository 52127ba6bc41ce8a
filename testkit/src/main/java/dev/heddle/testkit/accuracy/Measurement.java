package dev.heddle.testkit.accuracy;

import dev.heddle.runtime.api.Session;
import java.util.Locale;

/** The largest error of a function, and where it was. */
final class Measurement {
  private static final double NEARLY_ALL = 0x1.ffffffffffff0p1023;

  private final Case test;
  private final boolean single;
  private long count;
  private boolean full;
  private double worst;
  private double atX;
  private double atY;

  private Measurement(Case test, boolean single) {
    this.test = test;
    this.single = single;
  }

  double worst() {
    return worst;
  }

  /** Every {@code stride}-th float from the bits {@code from} on, for a function of one operand. */
  static Measurement floats(Session session, Case test, long from, long to, long stride) {
    Measurement result = new Measurement(test, true);
    float[] xs = new float[Subject.BATCH];
    float[] got = new float[Subject.BATCH];
    try (Subject subject = new Subject(session, test, true)) {
      for (long bits = from; bits < to; bits += stride * Subject.BATCH) {
        for (int i = 0; i < Subject.BATCH; i++) {
          xs[i] = Float.intBitsToFloat((int) (bits + i * stride));
        }
        subject.run(xs, xs, got);
        for (int i = 0; i < Subject.BATCH; i++) {
          result.see(Ulps.of(got[i], test.plain().applyAsDouble(xs[i], 0)), xs[i], 0);
        }
      }
    }
    result.full = result.count == 1L << 32;
    return result;
  }

  static Measurement floatSamples(Session session, Case test, long count) {
    Measurement result = new Measurement(test, true);
    Samples samples = new Samples(test, true, 7);
    float[] xs = new float[Subject.BATCH];
    float[] ys = new float[Subject.BATCH];
    float[] got = new float[Subject.BATCH];
    try (Subject subject = new Subject(session, test, true)) {
      while (result.count < count) {
        for (int i = 0; i < Subject.BATCH; i++) {
          xs[i] = (float) samples.x();
          ys[i] = (float) samples.y();
        }
        subject.run(xs, ys, got);
        for (int i = 0; i < Subject.BATCH; i++) {
          double exact = test.plain().applyAsDouble(xs[i], ys[i]);
          result.see(Ulps.of(got[i], exact), xs[i], ys[i]);
        }
      }
    }
    return result;
  }

  static Measurement doubles(Session session, Case test, long count) {
    Measurement result = new Measurement(test, false);
    Samples samples = new Samples(test, false, 11);
    double[] xs = new double[Subject.BATCH];
    double[] ys = new double[Subject.BATCH];
    double[] got = new double[Subject.BATCH];
    try (Subject subject = new Subject(session, test, false)) {
      while (result.count < count) {
        for (int i = 0; i < Subject.BATCH; i++) {
          xs[i] = samples.x();
          ys[i] = test.operands() == 1 ? 0 : samples.y();
        }
        subject.run(xs, ys, got);
        for (int i = 0; i < Subject.BATCH; i++) {
          result.see(result.error(got[i], xs[i], ys[i]), xs[i], ys[i]);
        }
      }
    }
    return result;
  }

  /** Where a result is special or nearly so, the plain function says what is right. */
  private double error(double got, double x, double y) {
    double plain = test.plain().applyAsDouble(x, y);
    if (Double.doubleToLongBits(got) == Double.doubleToLongBits(plain)
        && (plain == 0 || !Double.isFinite(plain))) {
      return 0;
    }
    boolean ordinary = Double.isFinite(plain) && Math.abs(plain) > 0x1p-960;
    if (test.exact() == null || Double.isNaN(plain)) {
      return got == plain ? 0 : Double.POSITIVE_INFINITY;
    }
    if (ordinary && Double.isFinite(x) && Double.isFinite(y)) {
      return Ulps.of(got, test.exact().of(x, y), test.least());
    }
    // subnormal results and the last before an overflow: neither is good to more than that
    boolean close = Math.abs(got - plain) <= 16 * Math.ulp(plain);
    boolean overflow = Math.abs(got) >= NEARLY_ALL && Math.abs(plain) >= NEARLY_ALL;
    return close || overflow ? 0 : Double.POSITIVE_INFINITY;
  }

  private void see(double error, double x, double y) {
    count++;
    if (!(error <= worst)) {
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
      atX = x;
      atY = y;
    }
  }

  /** A row of the report. */
  String row() {
    String at = test.operands() == 1 ? hex(atX) : hex(atX) + ", " + hex(atY);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.4f | %s | %s |",
        test.name(),
        single ? "float" : "double",
        full ? "all 2^32" : String.format(Locale.ROOT, "%,d", count),
        worst,
        at,
        single ? test.limit() : "");
  }

  private String hex(double value) {
    return single ? Float.toHexString((float) value) : Double.toHexString(value);
  }
}
