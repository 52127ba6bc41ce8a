package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.kernels.ArrayOperations;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.FloatMath;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.RunException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operations on arrays of a session, against plain loops. */
class ArrayOperationsTest {
  private static final int[] SIZES = {1, 255, 1000};

  private static Session session;
  private static ArrayOperations operations;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
    operations = new ArrayOperations(session);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static int[] ints(int n, int bound) {
    return new Random(n).ints(n, -bound, bound).toArray();
  }

  @Test
  void scansCompactsAndSorts() {
    for (int n : SIZES) {
      int[] plain = ints(n, 100);
      IntArray values = session.ints(plain);
      IntArray out = session.ints(n);
      operations.inclusiveScan(values, out);
      int[] prefix = plain.clone();
      Arrays.parallelPrefix(prefix, Integer::sum);
      assertArrayEquals(prefix, out.toArray());

      IntArray flags = session.ints(n);
      session.map(values, flags, v -> v & 1);
      int count = operations.compact(values, flags, out);
      int[] odd = Arrays.stream(plain).filter(v -> (v & 1) != 0).toArray();
      assertArrayEquals(odd, Arrays.copyOf(out.toArray(), count));

      operations.sort(values);
      Arrays.sort(plain);
      assertArrayEquals(plain, values.toArray());
    }
  }

  @Test
  void countsAndFindsExtremes() {
    int[] plain = ints(5000, 20);
    IntArray counts = session.ints(16);
    operations.histogram(session.ints(plain), counts);
    int[] expected = new int[16];
    Arrays.stream(plain).filter(v -> v >= 0 && v < 16).forEach(v -> expected[v]++);
    assertArrayEquals(expected, counts.toArray());

    float[] values = {3, -0f, 0f, -7, Float.NaN, 9, -7, 9};
    FloatArray array = session.floats(values);
    assertEquals(3, operations.argMin(array));
    assertEquals(5, operations.argMax(array));
    assertTrue(Float.isNaN(operations.min(array)));
    array.set(4, 1f);
    assertEquals(-7, operations.min(array));
    assertEquals(9, operations.max(array));
    assertEquals(8, operations.sum(array));
    assertThrows(RunException.class, () -> operations.argMin(session.floats(0)));
  }

  @Test
  void matrices() {
    int m = 7;
    int n = 5;
    int k = 9;
    FloatArray a = session.floats((long) m * k);
    FloatArray b = session.floats((long) k * n);
    operations.random(a, 1);
    operations.random(b, 2);
    FloatArray product = session.floats((long) m * n);
    operations.multiply(a, b, m, n, k, product);
    float[] x = a.toArray();
    float[] y = b.toArray();
    float[] got = product.toArray();
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < n; column++) {
        float sum = 0;
        for (int i = 0; i < k; i++) {
          sum = Math.fma(x[row * k + i], y[i * n + column], sum);
        }
        assertEquals(sum, got[row * n + column]);
      }
    }
    FloatArray turned = session.floats((long) m * k);
    operations.transpose(a, m, turned);
    assertEquals(x[2 * k + 3], turned.get(3 * m + 2));
    assertThrows(RunException.class, () -> operations.multiply(a, b, m + 1, n, k, product));
  }

  @Test
  void gathersScattersAndConvolves() {
    FloatArray in = session.floats(new float[] {1, 2, 3, 4});
    IntArray indices = session.ints(new int[] {3, 1, 0, 2});
    FloatArray out = session.floats(4);
    operations.gather(in, indices, out);
    assertArrayEquals(new float[] {4, 2, 1, 3}, out.toArray());
    operations.scatter(in, indices, out);
    assertArrayEquals(new float[] {3, 2, 4, 1}, out.toArray());
    operations.convolve(in, session.floats(new float[] {1, 0, -1}), out);
    assertArrayEquals(new float[] {2, 2, 2, -3}, out.toArray());
  }

  @Test
  void randomNumbersDependOnSeedAndIndexAlone() {
    FloatArray few = session.floats(10);
    FloatArray many = session.floats(100_000);
    operations.random(few, 7);
    operations.random(many, 7);
    assertArrayEquals(few.toArray(), Arrays.copyOf(many.toArray(), 10));
    assertEquals(0.5, operations.sum(many) / 100_000, 0.005);
  }

  @Test
  void lambdasAndPlainCallsOfFloatMathAgree() {
    float[] x = {0.5f, -1.25f, 3f, 100f, 1e-20f, Float.NaN};
    float[] out = new float[x.length];
    session.map(x, out, v -> FloatMath.exp(FloatMath.sin(v)) + FloatMath.hypot(v, 2));
    for (int i = 0; i < x.length; i++) {
      assertEquals(FloatMath.exp(FloatMath.sin(x[i])) + FloatMath.hypot(x[i], 2), out[i]);
    }
  }

  @Test
  void sortsFloatsAndValuesWithTheirKeys() {
    for (int n : SIZES) {
      float[] plain = new float[n];
      Random random = new Random(n);
      for (int i = 0; i < n; i++) {
        plain[i] = i % 50 == 7 ? Float.NaN : i % 50 == 8 ? -0f : random.nextFloat() - 0.5f;
      }
      FloatArray floats = session.floats(plain);
      operations.sort(floats);
      Arrays.sort(plain);
      assertArrayEquals(plain, floats.toArray());

      int[] keys = ints(n, 9);
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Integer.compare(keys[a], keys[b]));
      IntArray sorted = session.ints(keys);
      IntArray places = session.ints(n);
      session.generate(places, i -> i);
      operations.sort(sorted, places);
      int[] expectedKeys = keys.clone();
      Arrays.sort(expectedKeys);
      assertArrayEquals(expectedKeys, sorted.toArray());
      int[] expected = Arrays.stream(order).mapToInt(i -> i).toArray();
      assertArrayEquals(expected, places.toArray(), "equal keys stay in order");

      FloatArray values = session.floats(n);
      session.generate(values, i -> 2f * i);
      IntArray again = session.ints(keys);
      operations.sort(again, values);
      float[] doubled = new float[n];
      for (int i = 0; i < n; i++) {
        doubled[i] = 2f * expected[i];
      }
      assertArrayEquals(doubled, values.toArray());
    }
  }

  @Test
  void convolvesMatrices() {
    int width = 13;
    int height = 7;
    float[] in = new float[width * height];
    float[] kernel = new float[15];
    Random random = new Random(4);
    for (int i = 0; i < in.length; i++) {
      in[i] = random.nextInt(100);
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = random.nextInt(9);
    }
    FloatArray out = session.floats(in.length);
    operations.convolve(session.floats(in), width, session.floats(kernel), 5, out);
    float[] found = out.toArray();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int v = -1; v <= 1; v++) {
          for (int u = -2; u <= 2; u++) {
            boolean there = y - v >= 0 && y - v < height && x - u >= 0 && x - u < width;
            sum += there ? in[(y - v) * width + x - u] * kernel[(v + 1) * 5 + u + 2] : 0;
          }
        }
        assertEquals(sum, found[y * width + x]);
      }
    }
    FloatArray even = session.floats(4);
    assertThrows(
        RunException.class, () -> operations.convolve(session.floats(in), width, even, 2, out));
  }
}
