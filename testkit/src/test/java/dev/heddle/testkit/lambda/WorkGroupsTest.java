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
import dev.heddle.runtime.run.NDRange;
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

/** Lambdas that know their work-group: ids, shared arrays, barriers, atomic operations. */
class WorkGroupsTest {
  private static Session session;

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

  @ParameterizedTest
  @MethodSource("devices")
  void idsAndSizes(Offload on) {
    int n = 100;
    int[] found = new int[6 * n];
    on.parallelFor(
        NDRange.of(n).withLocal(16),
        item -> {
          int at = 6 * item.global();
          found[at] = item.global();
          found[at + 1] = item.local();
          found[at + 2] = item.group();
          found[at + 3] = item.groupSize();
          found[at + 4] = item.size();
          found[at + 5] = item.groups();
        });
    for (int i = 0; i < n; i++) {
      int[] expected = {i, i % 16, i / 16, i < 96 ? 16 : 4, n, 7};
      assertArrayEquals(expected, Arrays.copyOfRange(found, 6 * i, 6 * i + 6), "item " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void twoDimensions(Offload on) {
    int width = 24;
    int height = 10;
    int[] found = new int[width * height];
    on.parallelFor(
        NDRange.of(width, height).withLocal(8, 2),
        item ->
            found[item.global(1) * width + item.global(0)] =
                item.group(0) + 10 * item.group(1) + 100 * item.local(0) + 1000 * item.local(1));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int expected = x / 8 + 10 * (y / 2) + 100 * (x % 8) + 1000 * (y % 2);
        assertEquals(expected, found[y * width + x]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aGroupReversesItsElementsThroughASharedArray(Offload on) {
    int[] in = new Random(1).ints(256).toArray();
    int[] out = new int[in.length];
    on.parallelFor(
        NDRange.of(in.length).withLocal(32),
        item -> {
          int[] shared = item.localInts(32);
          shared[item.local()] = in[item.global()];
          item.barrier();
          out[item.global()] = shared[31 - item.local()];
        });
    for (int i = 0; i < in.length; i++) {
      assertEquals(in[i / 32 * 32 + 31 - i % 32], out[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aGroupAddsUpInATree(Offload on) {
    float[] in = new float[1024];
    for (int i = 0; i < in.length; i++) {
      in[i] = i % 17;
    }
    float[] sums = new float[16];
    on.parallelFor(
        NDRange.of(in.length).withLocal(64),
        item -> {
          float[] shared = item.localFloats(64);
          shared[item.local()] = in[item.global()];
          item.barrier();
          for (int step = 32; step > 0; step >>= 1) {
            if (item.local() < step) {
              shared[item.local()] += shared[item.local() + step];
            }
            item.barrier();
          }
          if (item.local() == 0) {
            sums[item.group()] = shared[0];
          }
        });
    for (int group = 0; group < 16; group++) {
      float sum = 0;
      for (int i = 0; i < 64; i++) {
        sum += in[64 * group + i];
      }
      assertEquals(sum, sums[group]);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void atomicsOnCapturedArrays(Offload on) {
    int n = 1000;
    int[] counts = new int[7];
    long[] sum = {5};
    int[] extremes = {0, 0};
    int[] bits = {0, -1, 0};
    on.parallelFor(
        NDRange.of(n),
        item -> {
          int i = item.global();
          item.atomicAdd(counts, i % 7, 1);
          item.atomicAdd(sum, 0, i);
          item.atomicMin(extremes, 0, i - 500);
          item.atomicMax(extremes, 1, i - 500);
          item.atomicOr(bits, 0, 1 << i % 20);
          item.atomicAnd(bits, 1, ~(1 << i % 20));
          item.atomicXor(bits, 2, i);
        });
    for (int k = 0; k < 7; k++) {
      assertEquals((n - k + 6) / 7, counts[k]);
    }
    assertEquals(5 + (long) n * (n - 1) / 2, sum[0]);
    assertArrayEquals(new int[] {-500, n - 501}, extremes);
    int xor = 0;
    for (int i = 0; i < n; i++) {
      xor ^= i;
    }
    assertArrayEquals(new int[] {0xFFFFF, ~0xFFFFF, xor}, bits);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void atomicsGiveTheValueBefore(Offload on) {
    int n = 64;
    int[] next = {0};
    int[] taken = new int[n];
    int[] lock = {-1};
    on.parallelFor(
        NDRange.of(n),
        item -> {
          taken[item.atomicAdd(next, 0, 1)] += 1;
          item.atomicCompareExchange(lock, 0, -1, 42);
        });
    int[] ones = new int[n];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, taken);
    assertEquals(42, lock[0]);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void atomicsInASharedArray(Offload on) {
    int[] in = new Random(2).ints(512, 0, 8).toArray();
    int[] counts = new int[8];
    on.parallelFor(
        NDRange.of(in.length).withLocal(64),
        item -> {
          int[] shared = item.localInts(8);
          item.atomicAdd(shared, in[item.global()], 1);
          item.barrier();
          if (item.local() < 8) {
            item.atomicAdd(counts, item.local(), shared[item.local()]);
          }
        });
    int[] expected = new int[8];
    for (int value : in) {
      expected[value]++;
    }
    assertArrayEquals(expected, counts);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void anIndexOutOfBoundsOfASharedArrayIsTheExceptionOfJava(Offload on) {
    int[] out = new int[32];
    Exception e =
        assertThrows(
            ArrayIndexOutOfBoundsException.class,
            () ->
                on.parallelFor(
                    NDRange.of(32).withLocal(32),
                    item -> {
                      int[] shared = item.localInts(8);
                      shared[item.local()] = 1;
                      item.barrier();
                      out[item.global()] = shared[0];
                    }));
    assertTrue(e.getMessage().endsWith("length 8"), e.getMessage());
    assertArrayEquals(new int[32], out);
  }

  @Test
  void whatCanNotBeIsSaid() {
    int[] out = new int[8];
    int length = out.length;
    LiftException notConstant =
        assertThrows(
            LiftException.class,
            () -> session.parallelFor(NDRange.of(8), i -> out[0] = i.localInts(length)[0]));
    assertTrue(notConstant.getMessage().contains("not a constant"), notConstant.getMessage());
    LiftException dimension =
        assertThrows(
            LiftException.class,
            () -> session.parallelFor(NDRange.of(8), i -> out[0] = i.global(7)));
    assertTrue(dimension.getMessage().contains("constant 0, 1 or 2"), dimension.getMessage());
    assertThrows(
        RunException.class, () -> session.parallelFor(NDRange.of(1L << 40), i -> out[0] = 1));
  }
}
