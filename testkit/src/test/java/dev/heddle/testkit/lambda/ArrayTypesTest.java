package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.kernels.ArrayOperations;
import dev.heddle.runtime.api.DoubleArray;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionArray;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operations on arrays of every type, with whole numbers so small that all types compute the
 * same; then what sets the types apart.
 */
class ArrayTypesTest {
  /** None, one, just below and above a block of a scan, more blocks than fit into one. */
  private static final int[] SIZES = {0, 1, 255, 257, 70_000};

  private static Session session;
  private static ArrayOperations operations;

  /** A type of elements. */
  enum Type {
    FLOAT,
    DOUBLE,
    INT,
    LONG;

    SessionArray of(Session on, long... values) {
      return switch (this) {
        case FLOAT -> {
          float[] floats = new float[values.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
          }
          yield on.floats(floats);
        }
        case DOUBLE -> on.doubles(LongStream.of(values).asDoubleStream().toArray());
        case INT -> on.ints(LongStream.of(values).mapToInt(Math::toIntExact).toArray());
        case LONG -> on.longs(values);
      };
    }

    SessionArray zeroes(int n) {
      return of(session, new long[n]);
    }
  }

  private static long[] longs(SessionArray array) {
    return switch (array) {
      case FloatArray floats -> {
        float[] values = floats.toArray();
        yield IntStream.range(0, values.length).mapToLong(i -> (long) values[i]).toArray();
      }
      case DoubleArray doubles ->
          Arrays.stream(doubles.toArray()).mapToLong(value -> (long) value).toArray();
      case IntArray ints -> Arrays.stream(ints.toArray()).asLongStream().toArray();
      case LongArray array64 -> array64.toArray();
    };
  }

  @BeforeAll
  static void open() {
    session = Session.open(on("cpu"));
    operations = new ArrayOperations(session);
  }

  private static SessionOptions on(String device) {
    return SessionOptions.DEFAULT.forgetful().on(DeviceSelector.parse(device));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static long[] numbers(int n, int bound) {
    return new Random(n).longs(n, -bound, bound).toArray();
  }

  private static long[] sumsBefore(long[] values) {
    long[] sums = new long[values.length];
    for (int i = 1; i < sums.length; i++) {
      sums[i] = sums[i - 1] + values[i - 1];
    }
    return sums;
  }

  @ParameterizedTest
  @EnumSource
  void scans(Type type) {
    for (int n : SIZES) {
      long[] plain = numbers(n, 100);
      long[] before = sumsBefore(plain);
      long[] upTo = plain.clone();
      Arrays.parallelPrefix(upTo, Long::sum);
      SessionArray in = type.of(session, plain);
      SessionArray out = type.zeroes(n);
      operations.exclusiveScan(in, out);
      assertArrayEquals(before, longs(out));
      operations.inclusiveScan(in, out);
      assertArrayEquals(upTo, longs(out));
      assertArrayEquals(plain, longs(in));
      operations.inclusiveScan(in, in);
      assertArrayEquals(upTo, longs(in), "in place");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sortsAndCompacts(Type type) {
    for (int n : new int[] {0, 1, 2, 255, 1000}) {
      long[] plain = numbers(n, 1000);
      SessionArray values = type.of(session, plain);
      IntArray flags = session.ints(n);
      session.generate(flags, i -> i % 3 == 0 ? i + 1 : 0);
      SessionArray out = type.zeroes(n);
      int count = operations.compact(values, flags, out);
      long[] third =
          IntStream.range(0, n).filter(i -> i % 3 == 0).mapToLong(i -> plain[i]).toArray();
      assertArrayEquals(third, Arrays.copyOf(longs(out), count));
      operations.sort(values);
      assertArrayEquals(LongStream.of(plain).sorted().toArray(), longs(values));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sortsByKeysOfEveryType(Type keyType) {
    int n = 300;
    long[] keys = numbers(n, 9);
    long[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((a, b) -> Long.compare(keys[a], keys[b]))
            .mapToLong(i -> i)
            .toArray();
    for (Type valueType : Type.values()) {
      SessionArray sorted = keyType.of(session, keys);
      SessionArray places = valueType.of(session, LongStream.range(0, n).toArray());
      operations.sort(sorted, places);
      assertArrayEquals(LongStream.of(keys).sorted().toArray(), longs(sorted));
      assertArrayEquals(order, longs(places), "equal keys stay in order");
    }
  }

  @ParameterizedTest
  @EnumSource
  void movesElements(Type type) {
    SessionArray in = type.of(session, 10, 20, 30, 40, 50, 60);
    SessionArray out = type.zeroes(6);
    IntArray indices = session.ints(new int[] {3, 1, 0, 2, 5, 4});
    operations.gather(in, indices, out);
    assertArrayEquals(new long[] {40, 20, 10, 30, 60, 50}, longs(out));
    operations.scatter(in, indices, out);
    assertArrayEquals(new long[] {30, 20, 40, 10, 60, 50}, longs(out));
    operations.transpose(in, 2, out);
    assertArrayEquals(new long[] {10, 40, 20, 50, 30, 60}, longs(out));
    IntArray beyond = session.ints(new int[] {0, 1, 2, 3, 4, 6});
    assertThrows(ArrayIndexOutOfBoundsException.class, () -> operations.gather(in, beyond, out));
    assertThrows(
        ArrayIndexOutOfBoundsException.class, () -> operations.scatter(in, beyond, type.zeroes(6)));
  }

  @ParameterizedTest
  @EnumSource
  void multipliesAndConvolves(Type type) {
    multipliesAndConvolves(session, type);
  }

  private static void multipliesAndConvolves(Session on, Type type) {
    ArrayOperations own = new ArrayOperations(on);
    SessionArray product = type.of(on, 0, 0, 0, 0);
    own.multiply(type.of(on, 1, 2, 3, 4, 5, 6), type.of(on, 7, 8, 9, 10, 11, 12), 2, 2, 3, product);
    assertArrayEquals(new long[] {58, 64, 139, 154}, longs(product));
    SessionArray row = type.of(on, 0, 0, 0, 0);
    own.convolve(type.of(on, 1, 2, 3, 4), type.of(on, 1, 0, -1), row);
    assertArrayEquals(new long[] {2, 2, 2, -3}, longs(row));
    SessionArray plate = type.of(on, new long[9]);
    own.convolve(
        type.of(on, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        3,
        type.of(on, 1, 2, 1, 0, 0, 0, -1, -2, -1),
        3,
        plate);
    assertArrayEquals(new long[] {13, 20, 17, 18, 24, 18, -13, -20, -17}, longs(plate));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void computesTheSameOnEachDevice(String device) {
    try (Session all = Session.open(SessionOptions.DEFAULT.forgetful())) {
      assumeTrue(
          all.devices().stream().anyMatch(info -> info.id().startsWith(device)), "no " + device);
    }
    float[] values = new float[1000];
    Random random = new Random(6);
    float[] expected = new float[values.length];
    float[] blocks = new float[4];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.3f;
      blocks[i / 256] += values[i];
    }
    float start = 0;
    for (int block = 0; block < blocks.length; block++) {
      float sum = start;
      for (int i = block * 256; i < Math.min(values.length, (block + 1) * 256); i++) {
        sum += values[i];
        expected[i] = sum;
      }
      start += blocks[block];
    }
    try (Session one = Session.open(on(device))) {
      FloatArray sums = one.floats(values.length);
      new ArrayOperations(one).inclusiveScan(one.floats(values), sums);
      assertArrayEquals(expected, sums.toArray());
      multipliesAndConvolves(one, Type.FLOAT);
      multipliesAndConvolves(one, Type.LONG);
    }
  }

  @Test
  void addsUpAndFindsExtremes() {
    int[] ints = {3, Integer.MIN_VALUE, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    assertEquals(Arrays.stream(ints).sum(), operations.sum(session.ints(ints)));
    assertEquals(Integer.MIN_VALUE, operations.min(session.ints(ints)));
    assertEquals(Integer.MAX_VALUE, operations.max(session.ints(ints)));
    assertEquals(1, operations.argMin(session.ints(ints)));
    assertEquals(3, operations.argMax(session.ints(ints)));

    long[] longs = {3, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, Long.MAX_VALUE};
    assertEquals(Arrays.stream(longs).sum(), operations.sum(session.longs(longs)));
    assertEquals(Long.MIN_VALUE, operations.min(session.longs(longs)));
    assertEquals(Long.MAX_VALUE, operations.max(session.longs(longs)));
    assertEquals(2, operations.argMin(session.longs(longs)));
    assertEquals(1, operations.argMax(session.longs(longs)));

    double[] doubles = {Double.NaN, 2, -0.0, 0.0, 5 + 0x1p-40, -1e300, 5 + 0x1p-40};
    DoubleArray array = session.doubles(doubles);
    assertTrue(Double.isNaN(operations.max(array)));
    assertEquals(5, operations.argMin(array));
    assertEquals(4, operations.argMax(array));
    array.set(0, 1);
    assertEquals(-1e300, operations.min(array));
    assertEquals(5 + 0x1p-40, operations.max(array));
    assertEquals(-1e300, operations.sum(array));
    assertEquals(0, operations.argMin(session.doubles(new double[] {-0.0, 0.0})), "one rank");
    assertEquals(0, operations.argMax(session.longs(new long[] {Long.MIN_VALUE})));
    assertEquals(0, operations.argMin(session.doubles(new double[] {Double.NaN})));
  }

  @Test
  void fillsAndDrawsEveryType() {
    FloatArray floats = session.floats(5);
    DoubleArray doubles = session.doubles(1000);
    IntArray ints = session.ints(1000);
    LongArray longs = session.longs(1000);
    operations.fill(floats, -0f);
    operations.fill(doubles, 0.1);
    operations.fill(ints, 7);
    operations.fill(longs, 1L << 40);
    assertEquals(-0f, floats.get(4));
    assertEquals(0.1, doubles.get(999));
    assertEquals(7, ints.get(999));
    assertEquals(1L << 40, longs.get(999));
    operations.random(doubles, 3);
    operations.random(ints, 3);
    operations.random(longs, 3);
    double[] drawn = doubles.toArray();
    assertTrue(Arrays.stream(drawn).allMatch(value -> value >= 0 && value < 1));
    assertEquals(0.5, Arrays.stream(drawn).average().orElse(0), 0.03);
    assertEquals(1000, Arrays.stream(drawn).distinct().count());
    assertEquals(ints.get(17), (int) (longs.get(17) >> 32));
    assertEquals(drawn[17], (longs.get(17) >>> 11) * 0x1p-53);
  }

  @Test
  void sortsNumbersThatAreNone() {
    double[] plain = {1, Double.NaN, -0.0, 0.0, Double.NEGATIVE_INFINITY, -1, Double.NaN, 1e-310};
    DoubleArray doubles = session.doubles(plain);
    IntArray places = session.ints(IntStream.range(0, plain.length).toArray());
    operations.sort(doubles, places);
    assertArrayEquals(new int[] {4, 5, 2, 3, 7, 0, 1, 6}, places.toArray());
    Arrays.sort(plain);
    assertArrayEquals(plain, doubles.toArray());
  }

  @Test
  void seesBitsInTheSameMemory() {
    FloatArray floats = session.floats(new float[] {1, -0f});
    assertArrayEquals(new int[] {0x3f800000, 0x80000000}, floats.bits().toArray());
    floats.bits().set(0, 0x7fc00001);
    assertEquals(0x7fc00001, Float.floatToRawIntBits(floats.toArray()[0]));
    DoubleArray doubles = session.doubles(new double[] {2});
    assertArrayEquals(new long[] {0x4000000000000000L}, doubles.bits().toArray());
  }

  @Test
  void refusesArraysThatDoNotFit() {
    RunException types =
        assertThrows(
            RunException.class, () -> operations.inclusiveScan(session.floats(4), session.ints(4)));
    assertEquals("a scan needs arrays of one type, not of float, int", types.getMessage());
    assertThrows(
        RunException.class, () -> operations.exclusiveScan(session.longs(4), session.longs(5)));
    DoubleArray one = session.doubles(4);
    assertThrows(RunException.class, () -> operations.sort(one, one));
    assertThrows(RunException.class, () -> operations.transpose(one, 3, session.doubles(4)));
    assertThrows(RunException.class, () -> operations.multiply(one, one, 2, 2, 2, one));
    assertThrows(RunException.class, () -> operations.gather(one, session.ints(4), one));
  }
}
