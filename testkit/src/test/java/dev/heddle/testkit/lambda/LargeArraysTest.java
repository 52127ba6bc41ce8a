package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.runtime.api.LambdaOptions;
import dev.heddle.runtime.api.Offload;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.RunOptions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Arrays that no cache holds, again and again, while the JVM compiles the code and moves them. */
class LargeArraysTest {
  private static final int N = 5_000_003;
  private static final int RUNS = 25;

  @Test
  void inPlaceOnTheCpu() {
    float[] x = new float[N];
    float[] y = new float[N];
    int[] counts = new int[N];
    float[] expected = new float[N];
    for (int i = 0; i < N; i++) {
      x[i] = i % 1000;
    }
    try (Session session = Session.open(SessionOptions.DEFAULT.forgetful())) {
      Offload cpu = session.with(LambdaOptions.of(RunOptions.DEFAULT.on("cpu")));
      for (int run = 0; run < RUNS; run++) {
        float factor = run;
        cpu.parallelFor(
            N,
            i -> {
              y[i] = factor * x[i] + y[i];
              counts[i]++;
            });
        IntStream.range(0, N).forEach(i -> expected[i] = factor * x[i] + expected[i]);
        System.gc();
      }
      assertArrayEquals(expected, y);
      assertEquals((long) N * RUNS, IntStream.of(counts).asLongStream().sum());
      assertThrows(
          ArrayIndexOutOfBoundsException.class, () -> cpu.parallelFor(N + 1, i -> counts[i] = 0));
    }
  }
}
