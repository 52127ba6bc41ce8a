package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.runtime.api.DoubleElements;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.FloatElements;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.IntElements;
import dev.heddle.runtime.api.LambdaOptions;
import dev.heddle.runtime.api.Offload;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains of functions of elements as one kernel: the bits of one kernel for each function. */
class ElementsTest {
  private static final int N = 1237;

  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  /** Each device alone, and all of them at random shares. */
  static Stream<Offload> ways() {
    List<String> ids = session.devices().stream().map(DeviceInfo::id).toList();
    List<RunOptions> all = new ArrayList<>();
    ids.forEach(id -> all.add(RunOptions.DEFAULT.on(id)));
    if (ids.size() > 1) {
      Random random = new Random(7);
      for (int i = 0; i < 2; i++) {
        Map<String, Double> shares = new LinkedHashMap<>();
        ids.forEach(id -> shares.put(id, 0.5 + random.nextDouble()));
        all.add(RunOptions.DEFAULT.withSplit(new SplitPolicy.Shares(shares)));
      }
    }
    return all.stream().map(options -> session.with(LambdaOptions.of(options)));
  }

  private static float[] floats(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i % 97 == 5 ? Float.NaN : i % 89 == 6 ? -0f : (random.nextFloat() - 0.5f) * 1e3f;
    }
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
    return bits;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void computesTheBitsOfEachFunctionAlone(Offload on) {
    float[] x = floats(N, 1);
    float[] y = floats(N, 2);
    float a = 1.37f;
    float[] scaled = new float[N];
    on.map(x, scaled, v -> v * a);
    float[] sum = new float[N];
    on.zip(scaled, y, sum, Float::sum);
    float[] waves = new float[N];
    on.map(sum, waves, v -> (float) Math.sqrt(v * v + 1) / (3 - v));
    float[] result = new float[N];
    on.zip(waves, scaled, result, (v, w) -> v > w ? v - w : w);

    FloatElements fusedScaled = on.elements(x).map(v -> v * a);
    FloatElements fused =
        fusedScaled
            .zip(y, Float::sum)
            .map(v -> (float) Math.sqrt(v * v + 1) / (3 - v))
            .zip(fusedScaled, (v, w) -> v > w ? v - w : w);
    assertArrayEquals(bits(result), bits(fused.toArray()));
    try (FloatArray out = fused.evaluate()) {
      assertArrayEquals(bits(result), bits(out.toArray()));
    }
    float stepByStep = on.reduce(result, 0f, Float::sum);
    assertEquals(stepByStep, fused.reduce(0f, Float::sum));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void castsAsJavaDoes(Offload on) {
    float[] x = floats(N, 3);
    x[0] = Float.NaN;
    x[1] = 3e20f;
    double[] found =
        on.elements(x)
            .asInts()
            .map(v -> v * 31)
            .asLongs()
            .map(v -> v << 13 ^ v)
            .asDoubles()
            .zip(on.elements(x).asDoubles(), (v, w) -> v - w)
            .toArray();
    for (int i = 0; i < N; i++) {
      long wide = (int) x[i] * 31;
      assertEquals((double) (wide << 13 ^ wide) - x[i], found[i]);
    }
    assertArrayEquals(
        new int[] {0, Integer.MAX_VALUE}, Arrays.copyOf(on.elements(x).asInts().toArray(), 2));
    double[] wide = {1e300, -1e10, 2.9};
    assertArrayEquals(
        new long[] {Long.MAX_VALUE, -10_000_000_000L, 2}, on.elements(wide).asLongs().toArray());
    assertArrayEquals(
        new float[] {Float.POSITIVE_INFINITY, -1e10f, 2.9f},
        on.elements(wide).asFloats().toArray());
    assertArrayEquals(
        new int[] {-1, 1}, on.elements(new long[] {(1L << 40) - 1, 1}).asInts().toArray());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void startsFromTheIndex(Offload on) {
    IntElements squares = on.intElements(N, i -> i * i);
    long[] sums = squares.asLongs().zip(on.longElements(N, i -> i + 1L), Long::sum).toArray();
    for (int i = 0; i < N; i++) {
      assertEquals(i * i + i + 1, sums[i]);
    }
    long expected = 0;
    for (int i = 0; i < N; i++) {
      expected = Math.max(expected, (i * 7919L) % 1000);
    }
    assertEquals(expected, on.longElements(N, i -> (i * 7919L) % 1000).reduce(0, Math::max));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void reducesInTheTreeOfReduce(Offload on) {
    for (int n : new int[] {1, 63, 4097, 12_345}) {
      double[] x = new double[n];
      Random random = new Random(n);
      Arrays.setAll(x, i -> random.nextDouble() - 0.3);
      double[] squares = new double[n];
      on.map(x, squares, v -> v * v);
      DoubleElements fused = on.elements(x).map(v -> v * v);
      assertEquals(on.reduce(squares, 0, Double::sum), fused.reduce(0, Double::sum));
      assertEquals(on.reduce(x, -9, Math::max), on.elements(x).reduce(-9, Math::max));
    }
    assertEquals(4.5, on.elements(new double[0]).map(v -> 1).reduce(4.5, Double::sum));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void runsTenThousandFunctionsAsAFewKernels(Offload on) {
    int[] x = new Random(4).ints(N).toArray();
    IntElements chain = on.elements(x);
    int[] expected = x.clone();
    for (int k = 0; k < 10_000; k++) {
      int add = k;
      chain = k % 2 == 0 ? chain.map(v -> v * 5 + add) : chain.map(v -> v ^ v >>> 7);
      for (int i = 0; i < N; i++) {
        expected[i] = k % 2 == 0 ? expected[i] * 5 + k : expected[i] ^ expected[i] >>> 7;
      }
    }
    int[] found = new int[N];
    Execution execution = chain.to(found);
    assertArrayEquals(expected, found);
    String note = execution.notes().getLast();
    assertTrue(note.matches("the chain ran as \\d{2,3} kernels.*"), note);
  }

  @Test
  void runsAsOneKernelThatTouchesInputsAndOutputAlone() {
    try (FloatArray x = session.floats(floats(N, 5));
        FloatArray out = session.floats(N)) {
      FloatElements chain = session.elements(x);
      for (int k = 0; k < 20; k++) {
        chain = chain.map(v -> v * 0.99f + 1);
      }
      Execution execution = chain.to(out);
      assertTrue(execution.notes().stream().noneMatch(n -> n.contains("kernels")));
      assertTrue(execution.reproducible(), () -> execution.unproven().toString());
    }
  }

  @Test
  void computesWhatSeveralUseOnce() {
    IntElements doubled = session.elements(new int[] {1, 2, 3});
    for (int k = 0; k < 200; k++) {
      doubled = doubled.zip(doubled, (v, w) -> v + w + 1);
    }
    int[] expected = {1, 2, 3};
    for (int k = 0; k < 200; k++) {
      Arrays.setAll(expected, i -> 2 * expected[i] + 1);
    }
    assertArrayEquals(expected, doubled.toArray());
  }

  @Test
  void keepsWhatLaterKernelsUse() {
    int[] x = new Random(6).ints(N).toArray();
    List<IntElements> steps = new ArrayList<>();
    List<int[]> expected = new ArrayList<>();
    steps.add(session.elements(x));
    expected.add(x);
    Random random = new Random(8);
    for (int k = 0; k < 150; k++) {
      int left = random.nextInt(steps.size());
      int right = steps.size() - 1;
      int add = random.nextInt();
      steps.add(steps.get(left).zip(steps.get(right), (v, w) -> (v ^ w) * 3 + add));
      int[] next = new int[N];
      for (int i = 0; i < N; i++) {
        next[i] = (expected.get(left)[i] ^ expected.get(right)[i]) * 3 + add;
      }
      expected.add(next);
    }
    assertArrayEquals(expected.getLast(), steps.getLast().toArray());
    assertArrayEquals(expected.get(100), steps.get(100).toArray());
  }

  @Test
  void takesManyArrays() {
    IntElements sum = session.elements(new int[] {1, 2});
    for (int k = 0; k < 150; k++) {
      sum = sum.zip(new int[] {k, -k}, Integer::sum);
    }
    assertArrayEquals(new int[] {1 + 75 * 149, 2 - 75 * 149}, sum.toArray());
  }

  @Test
  void readsArraysWhenItRuns() {
    float[] x = {1, 2, 3};
    FloatElements doubled = session.elements(x).map(v -> v * 2);
    assertArrayEquals(new float[] {2, 4, 6}, doubled.toArray());
    x[1] = 10;
    assertArrayEquals(new float[] {2, 20, 6}, doubled.toArray());
    try (FloatArray array = session.floats(x)) {
      FloatElements later = session.elements(array).map(v -> v + 1);
      array.set(0, 5);
      assertArrayEquals(new float[] {6, 11, 4}, later.toArray());
      session.start(3, i -> array.set(i, 7f));
      assertArrayEquals(new float[] {8, 8, 8}, later.toArray(), "runs started before are awaited");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void writesIntoItsOwnInput(Offload on) {
    int[] x = {1, 2, 3, 4, 5};
    on.elements(x).map(v -> v * v).zip(x, (v, w) -> v - w).to(x);
    assertArrayEquals(new int[] {0, 2, 6, 12, 20}, x);
    on.intElements(5, i -> x[4 - i]).map(v -> v + 1).to(x);
    assertArrayEquals(new int[] {21, 13, 7, 3, 1}, x, "a captured array is read before");
    try (IntArray array = session.ints(x)) {
      on.intElements(5, i -> array.get(4 - i)).zip(array, (v, w) -> v * 100 + w).to(array);
      assertArrayEquals(new int[] {121, 313, 707, 1303, 2101}, array.toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void throwsWhatAFunctionThrowsWhenItRuns(Offload on) {
    int[] x = {4, 2, 0, 1};
    int[] out = {9, 9, 9, 9};
    IntElements quotients = on.elements(x).map(v -> 8 / v).map(v -> v + 1);
    ArithmeticException division = assertThrows(ArithmeticException.class, () -> quotients.to(out));
    assertEquals("/ by zero", division.getMessage());
    assertArrayEquals(new int[] {9, 9, 9, 9}, out, "arrays are as they were");
    assertThrows(ArithmeticException.class, () -> quotients.reduce(0, Integer::sum));
    int[] table = {1, 2};
    ArrayIndexOutOfBoundsException outside =
        assertThrows(
            ArrayIndexOutOfBoundsException.class,
            () -> on.elements(x).map(v -> v + 1).map(v -> table[v]).toArray());
    assertEquals("Index 5 out of bounds for length 2", outside.getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            on.elements(x)
                .map(
                    v -> {
                      if (v == 1) {
                        throw new IllegalStateException("one");
                      }
                      return v;
                    })
                .evaluate());
  }

  @Test
  void refusesWhatItCannotRun() {
    float[] x = {1, 2, 3};
    float[] other = new float[3];
    LiftException writes =
        assertThrows(
            LiftException.class,
            () -> session.elements(x).map(v -> other[0] = v).map(v -> v + 1).toArray());
    assertTrue(writes.getMessage().contains("it writes to the array \"other\""), writes::toString);
    FloatElements unsupported =
        session
            .elements(x)
            .map(
                v -> {
                  try {
                    return 1 / v;
                  } catch (ArithmeticException e) {
                    return 0;
                  }
                });
    LiftException lift = assertThrows(LiftException.class, unsupported::toArray);
    assertTrue(lift.place().contains("ElementsTest"), lift::toString);
    assertThrows(LiftException.class, () -> unsupported.reduce(0, Float::sum));
    RunException sizes =
        assertThrows(RunException.class, () -> session.elements(x).zip(new float[2], Float::sum));
    assertEquals("arrays of 3 and 2 elements; they must be as long", sizes.getMessage());
    assertThrows(RunException.class, () -> session.elements(x).to(new float[4]));
    assertThrows(RunException.class, () -> session.intElements(-1, i -> i));
    assertThrows(RunException.class, () -> session.intElements(1L << 31, i -> i));
  }

  @Test
  void saysThatAnInputIsClosed() {
    FloatArray x = session.floats(new float[] {1, 2});
    FloatElements chain = session.elements(x).map(v -> v + 1);
    x.close();
    RunException closed = assertThrows(RunException.class, chain::toArray);
    assertTrue(closed.getMessage().contains("closed"), closed::getMessage);
    assertThrows(RunException.class, () -> chain.reduce(0, Float::sum));
    try (Session second = Session.open(SessionOptions.DEFAULT.forgetful())) {
      RunException foreign =
          assertThrows(
              RunException.class,
              () -> session.elements(new float[1]).zip(second.elements(new float[1]), Float::sum));
      assertEquals("elements of two sessions can't be combined", foreign.getMessage());
      try (FloatArray own = second.floats(2)) {
        assertThrows(RunException.class, () -> session.elements(own).toArray());
      }
    }
  }

  @Test
  void runsInPlainJavaWhereAsked() {
    Offload plain = session.with(LambdaOptions.DEFAULT.orPlainJava());
    List<Integer> boxed = List.of(3);
    int[] x = {1, 2, 3};
    int[] out = new int[3];
    Execution execution =
        plain.elements(x).map(v -> v * boxed.get(0)).asLongs().map(v -> v + 1).asInts().to(out);
    assertArrayEquals(new int[] {4, 7, 10}, out);
    assertTrue(execution.notes().getFirst().startsWith("ran in plain Java"));
    plain.intElements(3, i -> out[2 - i] + boxed.get(0)).to(out);
    assertArrayEquals(new int[] {13, 10, 7}, out);
  }

  @Test
  void servesSeveralThreads() throws Exception {
    int[] x = new Random(9).ints(N).toArray();
    IntElements chain = session.elements(x).map(v -> v * 3).zip(x, (v, w) -> v ^ w);
    int[] expected = new int[N];
    Arrays.setAll(expected, i -> x[i] * 3 ^ x[i]);
    Callable<int[]> task = () -> chain.map(v -> v).toArray();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<int[]>> found = new ArrayList<>();
      for (int k = 0; k < 40; k++) {
        found.add(threads.submit(task));
      }
      for (Future<int[]> result : found) {
        assertArrayEquals(expected, result.get());
      }
    }
  }

  @Test
  void runsOverNothing() {
    assertArrayEquals(new float[0], session.elements(new float[0]).map(v -> v + 1).toArray());
    assertEquals(0, session.intElements(0, i -> i).evaluate().size());
  }
}
