package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.runtime.api.LambdaOptions;
import dev.heddle.runtime.api.Offload;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.function.FloatBinary;
import dev.heddle.runtime.function.RangeBody;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Java API promises beside the constructs: shapes, exceptions, refusals. */
class LambdaRulesTest {
  private static Session session;

  private int field = 3;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static Stream<Offload> devices() {
    return session.devices().stream()
        .map(DeviceInfo::id)
        .map(id -> session.with(LambdaOptions.of(RunOptions.DEFAULT.on(id))));
  }

  private static int[] iota(int n) {
    int[] values = new int[n];
    Arrays.setAll(values, i -> i);
    return values;
  }

  private static float[] random(int n) {
    float[] values = new float[n];
    Random random = new Random(n);
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  // ---- shapes

  @ParameterizedTest
  @MethodSource("devices")
  void twoAndThreeDimensions(Offload on) {
    int[] plane = new int[37 * 11];
    on.parallelFor(37, 11, (x, y) -> plane[y * 37 + x] = 100 * y + x);
    int[] space = new int[7 * 5 * 3];
    on.parallelFor(7, 5, 3, (x, y, z) -> space[(z * 5 + y) * 7 + x] = 10_000 * z + 100 * y + x);
    for (int i = 0; i < plane.length; i++) {
      assertEquals(100 * (i / 37) + i % 37, plane[i]);
    }
    for (int i = 0; i < space.length; i++) {
      assertEquals(10_000 * (i / 35) + 100 * (i / 7 % 5) + i % 7, space[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void mapZipAndGenerate(Offload on) {
    float[] x = random(1001);
    float[] y = random(1001);
    float[] out = new float[1001];
    on.zip(x, y, out, (a, b) -> a * b + 1);
    for (int i = 0; i < out.length; i++) {
      assertEquals(x[i] * y[i] + 1, out[i]);
    }
    on.map(out, out, Math::abs);
    assertEquals(Math.abs(x[7] * y[7] + 1), out[7]);
    double[] wide = new double[33];
    on.generate(wide, Math::sqrt);
    assertEquals(Math.sqrt(32), wide[32]);
    long[] squares = new long[100_001];
    on.generate(squares, i -> (long) i * i);
    assertEquals(100_000L * 100_000, squares[100_000]);
    int[] ints = iota(64);
    on.map(ints, ints, Integer::bitCount);
    assertEquals(6, ints[63]);
  }

  /** The tree of a reduction in plain Java. */
  private static float reduced(float[] values, float identity, FloatBinary function) {
    int blocks = (values.length + 4095) / 4096;
    float[] level = new float[64 * blocks];
    for (int lane = 0; lane < level.length; lane++) {
      float sum = identity;
      int start = lane / 64 * 4096;
      for (int i = start + lane % 64; i < Math.min(start + 4096, values.length); i += 64) {
        sum = function.of(sum, values[i]);
      }
      level[lane] = sum;
    }
    while (level.length > 1) {
      float[] next = new float[(level.length + 1) / 2];
      for (int i = 0; i < next.length; i++) {
        boolean pair = 2 * i + 1 < level.length;
        next[i] = pair ? function.of(level[2 * i], level[2 * i + 1]) : level[2 * i];
      }
      level = next;
    }
    return level[0];
  }

  @ParameterizedTest
  @MethodSource("devices")
  void reductionsHaveOneTree(Offload on) {
    for (int n : new int[] {1, 63, 64, 65, 4096, 4097, 50_001}) {
      float[] values = random(n);
      assertEquals(reduced(values, 0, Float::sum), on.reduce(values, 0f, Float::sum));
      assertEquals(
          reduced(values, Float.NEGATIVE_INFINITY, Math::max),
          on.reduce(values, Float.NEGATIVE_INFINITY, Math::max));
    }
    assertEquals(7, on.reduce(new int[0], 7, Integer::sum));
    assertEquals(4950, on.reduce(iota(100), 0, (a, b) -> a + b));
    assertEquals(3L, on.reduce(new long[] {1, 2}, 0L, Long::sum));
    assertEquals(6.0, on.reduce(new double[] {1, 2, 3}, 1.0, (a, b) -> a * b));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void anEmptyRangeDoesNothing(Offload on) {
    int[] nothing = new int[0];
    on.parallelFor(0, i -> nothing[i] = 1);
    on.map(nothing, nothing, v -> v + 1);
    on.parallelFor(0, 5, (x, y) -> nothing[x] = y);
  }

  @Test
  void redundantRunsOverJavaArraysAgree() {
    float[] x = random(5000);
    float[] y = new float[x.length];
    Offload twice = session.with(LambdaOptions.of(RunOptions.DEFAULT.withRedundancy(true)));
    if (session.devices().size() > 1) {
      twice.map(x, y, v -> v * v + 1);
      for (int i = 0; i < y.length; i++) {
        assertEquals(x[i] * x[i] + 1, y[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aBodyThatDoesNothingRuns(Offload on) {
    assertEquals(10, on.parallelFor(10, i -> {}).range().items());
  }

  @ParameterizedTest
  @MethodSource("devices")
  void oneArrayCapturedTwiceIsOneArray(Offload on) {
    int[] a = iota(100);
    int[] same = a;
    on.parallelFor(
        100,
        i -> {
          a[i] = i + 1;
          same[i] = a[i] * same[i];
        });
    assertEquals(100 * 100, a[99]);
  }

  // ---- exceptions

  @ParameterizedTest
  @MethodSource("devices")
  void anIndexOutOfBoundsIsTheExceptionOfJava(Offload on) {
    int[] out = new int[100];
    Arrays.fill(out, 5);
    var e =
        assertThrows(
            ArrayIndexOutOfBoundsException.class, () -> on.parallelFor(101, i -> out[i] = i));
    assertEquals("Index 100 out of bounds for length 100", e.getMessage());
    assertTrue(
        e.getCause().getMessage().contains("LambdaRulesTest.java:"), e.getCause().getMessage());
    assertTrue(Arrays.stream(out).allMatch(v -> v == 5), "a fault leaves arrays as they were");
    var negative =
        assertThrows(
            ArrayIndexOutOfBoundsException.class, () -> on.parallelFor(10, i -> out[i - 1] = i));
    assertEquals("Index -1 out of bounds for length 100", negative.getMessage());
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aDivisionByZeroIsTheExceptionOfJava(Offload on) {
    int[] out = new int[100];
    var e =
        assertThrows(
            ArithmeticException.class, () -> on.parallelFor(100, i -> out[i] = 7 / (i - 50)));
    assertEquals("/ by zero", e.getMessage());
    long[] longs = new long[9];
    assertThrows(ArithmeticException.class, () -> on.parallelFor(9, i -> longs[i] = 7L % (i - 3)));
    // where it is not reached it does not happen
    on.parallelFor(100, i -> out[i] = i == 50 ? -1 : 7 / (i - 50));
    assertEquals(-1, out[50]);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void anExceptionThrownByTheCodeReachesTheCaller(Offload on) {
    int[] out = new int[100];
    var e =
        assertThrows(
            IllegalStateException.class,
            () ->
                on.parallelFor(
                    100,
                    i -> {
                      if (i == 77) {
                        throw new IllegalStateException("seventy-seven");
                      }
                      out[i] = i;
                    }));
    assertEquals("seventy-seven", e.getMessage());
    var overflow =
        assertThrows(
            ArithmeticException.class,
            () -> on.parallelFor(100, i -> out[i] = Math.addExact(Integer.MAX_VALUE - 50, i)));
    assertEquals("integer overflow", overflow.getMessage());
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aFaultDoesNotKeepALoopFromEnding(Offload on) {
    int[] values = iota(10);
    int[] out = new int[10];
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () ->
            on.parallelFor(
                10,
                i -> {
                  int k = i;
                  while (values[k] != -1) {
                    k++;
                  }
                  out[i] = k;
                }));
    assertThrows(
        ArithmeticException.class,
        () ->
            on.parallelFor(
                10,
                i -> {
                  int x = i;
                  while (x != -1) {
                    x = 5 / (x ^ i);
                  }
                  out[i] = x;
                }));
  }

  // ---- refusals

  private static void refuses(String reason, RangeBody body) {
    LiftException e = assertThrows(LiftException.class, () -> session.parallelFor(1, body));
    assertTrue(e.reason().contains(reason), e.getMessage());
    assertTrue(
        e.place().matches("dev\\.heddle\\.\\S+\\(LambdaRulesTest\\.java:\\d+\\)"), e.place());
  }

  @Test
  void whatIsNotSupportedIsRefusedWithPlaceAndReason() {
    int[] out = new int[4];
    refuses("System.out", i -> System.out.println(i));
    refuses("not a constant", i -> out[i] = new int[i + 1].length);
    refuses("writes the field field", i -> field = i);
    refuses("recurse", i -> out[i] = fibonacci(i));
    refuses(
        "catches",
        i -> {
          try {
            out[i] = 1;
          } finally {
            out[0] = 2;
          }
        });
    Object[] objects = {1};
    refuses("array of objects", i -> out[i] = objects.length);
    int[] other = new int[4];
    refuses("chosen at run time", i -> (i > 1 ? out : other)[i] = 1);
  }

  private static int fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  @Test
  void plainJavaRunsOnlyWhenAskedFor() {
    int[] out = new int[4];
    Execution execution =
        session
            .with(LambdaOptions.DEFAULT.orPlainJava())
            .parallelFor(4, i -> out[i] = fibonacci(i + 5));
    assertArrayEquals(new int[] {5, 8, 13, 21}, out);
    assertTrue(execution.notes().getFirst().contains("plain Java"), execution.notes().toString());
    assertTrue(execution.notes().getFirst().contains("recurse"), execution.notes().toString());
  }

  @Test
  void arraysOfOtherLengthsAndNullAreRefused() {
    assertThrows(RunException.class, () -> session.map(new int[3], new int[4], v -> v));
    int[] missing = null;
    assertThrows(NullPointerException.class, () -> session.parallelFor(3, i -> missing[i] = 1));
    int[] out = new int[3];
    assertThrows(RunException.class, () -> session.parallelFor(-1, i -> out[i] = 1));
  }

  @Test
  void anObjectOfAClassIsAsGoodAsALambda() {
    int[] out = new int[5];
    session.parallelFor(
        5,
        new RangeBody() {
          @Override
          public void at(int i) {
            out[i] = 2 * i;
          }
        });
    assertArrayEquals(new int[] {0, 2, 4, 6, 8}, out);
  }
}
