package dev.heddle.compiler.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sequences against better results: dense samples, edges of the ranges, special values. */
class MathFunctionsTest {
  private static final float[] SPECIAL = {
    0f,
    1f,
    0.5f,
    2f,
    3f,
    4f,
    1.5f,
    1e-3f,
    0x1.fffffep-1f,
    0x1.000002p0f,
    88.72284f,
    103.97f,
    0x1p-126f,
    0x1p-149f,
    0x1.fffffep-127f,
    0x1p24f,
    0x1p31f,
    0x1.921fb6p0f,
    0x1.921fb6p1f,
    1e10f,
    0x1.fffffep127f,
    Float.POSITIVE_INFINITY,
    Float.NaN,
    7f,
    1e30f,
    0x1.6a09e6p-1f,
    128f,
    149.5f
  };

  private static List<Float> special() {
    List<Float> all = new ArrayList<>();
    for (float value : SPECIAL) {
      all.add(value);
      all.add(-value);
    }
    return all;
  }

  /** What was measured on strided samples, rounded up; at most what OpenCL C allows. */
  private static double limit(BuiltinOp op) {
    return switch (op) {
      case ATAN2PI -> 2;
      case FMOD, REMAINDER, REMQUO -> 0;
      default -> 1;
    };
  }

  /** Those of one or two operands whose reference is a function of the same operands. */
  private static boolean plain(BuiltinOp op) {
    return switch (op) {
      case POWN, ROOTN, REMQUO, LGAMMA, TGAMMA -> false;
      default -> true;
    };
  }

  private static List<BuiltinOp> plain() {
    return Stream.of(BuiltinOp.values()).filter(MathFunctionsTest::plain).toList();
  }

  @ParameterizedTest
  @MethodSource("plain")
  void floatsAreWithinTheLimit(BuiltinOp op) {
    Sweep.Worst worst = op.operands() == 1 ? Sweep.all(op, 60_013) : Sweep.pairs(op, 40_000);
    assertTrue(
        worst.ulps <= limit(op),
        () -> "%s(%a, %a) = %a: %.2f ULP".formatted(op, worst.x, worst.y, worst.got, worst.ulps));
  }

  @ParameterizedTest
  @EnumSource(names = {"SIN", "COS", "TAN"})
  void anglesNearMultiplesOfHalfPiAreWithinTheLimit(BuiltinOp op) {
    Sequence sequence = new Sequence(op, Type.F32);
    for (int n = 1; n < 200_000; n = n * 5 / 4 + 1) {
      float nearest = (float) (n * (Math.PI / 2));
      for (float x : new float[] {nearest, Math.nextUp(nearest), Math.nextDown(nearest)}) {
        double error = Ulps.of(sequence.apply(x), Reference.of(op, x, 0));
        assertTrue(error <= limit(op), () -> "%s(%a): %.2f ULP".formatted(op, x, error));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plain")
  void specialFloatsAreRight(BuiltinOp op) {
    Sequence sequence = new Sequence(op, Type.F32);
    for (float x : special()) {
      for (float y : op.operands() == 2 ? special() : List.of(0f)) {
        float got = op.operands() == 2 ? sequence.apply(x, y) : sequence.apply(x);
        double exact = Reference.of(op, x, y);
        String what = "%s(%a, %a) = %a, exactly %a".formatted(op, x, y, got, exact);
        assertTrue(Ulps.of(got, exact) <= limit(op), what);
        boolean signed = got == 0 && exact == 0;
        assertFalse(signed && sign(got) != sign(exact), what);
      }
    }
  }

  private static int sign(double zero) {
    return (int) Math.copySign(1, zero);
  }

  @ParameterizedTest
  @MethodSource("plain")
  void specialDoublesAreAsSpecialFloats(BuiltinOp op) {
    Sequence sequence = new Sequence(op, Type.F64);
    double[] values = {0, 1, -1, 2, -3, 0.5, Double.POSITIVE_INFINITY, Double.NaN, 1e300, -1e-320};
    for (double a : values) {
      for (double x : new double[] {a, -a}) {
        for (double y : op.operands() == 2 ? values : new double[] {0}) {
          double got = op.operands() == 2 ? sequence.apply(x, y) : sequence.apply(x);
          double exact = Reference.of(op, x, y);
          if (!Double.isFinite(exact) || exact == 0) {
            assertEquals(exact, got, "%s(%a, %a)".formatted(op, x, y));
          }
        }
      }
    }
  }

  @Test
  void doublesAreWithinTheLimit() throws IOException {
    Sequence[] sequences = new Sequence[BuiltinOp.values().length];
    for (BuiltinOp op : plain()) {
      sequences[op.ordinal()] = new Sequence(op, Type.F64);
    }
    double[] worst = new double[sequences.length];
    List<String> misses = new ArrayList<>();
    for (String line : lines()) {
      String[] words = line.split(" ");
      BuiltinOp op = BuiltinOp.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
      double x = Double.parseDouble(words[1]);
      double y = Double.parseDouble(words[2]);
      double high = Double.parseDouble(words[words.length - 2]);
      double low = Double.parseDouble(words[words.length - 1]);
      Sequence sequence = sequences[op.ordinal()];
      double got = op.operands() == 2 ? sequence.apply(x, y) : sequence.apply(x);
      double error = Math.abs(got - high - low) / Math.ulp(high);
      worst[op.ordinal()] = Math.max(worst[op.ordinal()], error);
      if (!(error <= Math.max(2, limit(op)))) {
        misses.add("%s: got %a, %.2f ULP".formatted(line, got, error));
      }
    }
    for (BuiltinOp op : plain()) {
      assertTrue(limit(op) == 0 || worst[op.ordinal()] > 0, "not tried: " + op);
    }
    assertEquals(List.of(), misses);
  }

  @Test
  void remaindersOfDoublesAreExact() {
    Sequence sequence = new Sequence(BuiltinOp.FMOD, Type.F64);
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 2_000; i++) {
      double x = Double.longBitsToDouble(random.nextLong());
      double y = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : x / (i + 0.3);
      assertEquals(x % y, sequence.apply(x, y), "fmod(%a, %a)".formatted(x, y));
    }
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                java.util.Objects.requireNonNull(
                    MathFunctionsTest.class.getResourceAsStream("double-functions.txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void gammaOfIntegersIsAFactorial() {
    Sequence gamma = new Sequence(BuiltinOp.TGAMMA, Type.F64);
    Sequence logGamma = new Sequence(BuiltinOp.LGAMMA, Type.F64);
    BigInteger product = BigInteger.ONE;
    for (int n = 1; n < 171; n++) {
      double factorial = product.doubleValue();
      assertEquals(factorial, gamma.apply((double) n), 2 * Math.ulp(factorial), "gamma of " + n);
      double log = StrictMath.log(factorial);
      assertEquals(log, logGamma.apply((double) n), 2 * Math.ulp(log) + 0x1p-56, "lgamma of " + n);
      product = product.multiply(BigInteger.valueOf(n));
    }
  }

  @Test
  void gammaAtItsEndsAndPoles() {
    double infinity = Double.POSITIVE_INFINITY;
    double[][] cases = {
      {0.0, infinity, infinity},
      {-0.0, -infinity, infinity},
      {-1, Double.NaN, infinity},
      {-1e300, Double.NaN, infinity},
      {infinity, infinity, infinity},
      {-infinity, Double.NaN, infinity},
      {Double.NaN, Double.NaN, Double.NaN},
      {172, infinity, 711.71472580229},
      {-190.5, -0.0, -811.958215254523},
      {-200.5, -0.0, -864.73828787068},
    };
    Sequence gamma = new Sequence(BuiltinOp.TGAMMA, Type.F64);
    Sequence logGamma = new Sequence(BuiltinOp.LGAMMA, Type.F64);
    for (double[] row : cases) {
      assertEquals(row[1], gamma.apply(row[0]), "gamma of " + row[0]);
      assertEquals(row[2], logGamma.apply(row[0]), 1e-3, "lgamma of " + row[0]);
    }
  }
}
