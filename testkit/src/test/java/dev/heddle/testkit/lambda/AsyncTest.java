package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are started and not waited for. */
class AsyncTest {
  private static final String SOURCE =
      """
      __kernel void step(__global const int *x, __global int *y, int factor) {
        int i = get_global_id(0);
        y[i] = factor * x[i] + 1;
      }
      __kernel void never_ends(__global int *x) {
        while (x[0] == 0) { x[1]++; }
      }
      """;

  private static Session session;
  private static Kernel step;
  private static Kernel neverEnds;

  @TempDir static Path folder;

  @BeforeAll
  static void open() throws IOException {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
    Path file = Files.writeString(folder.resolve("step.cl"), SOURCE);
    step = session.load(file).kernel("step");
    neverEnds = session.load(file).kernel("never_ends");
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void runsFollowEachOtherByTheirArrays() {
    IntArray a = session.ints(1000);
    IntArray b = session.ints(1000);
    List<CompletableFuture<Execution>> all = new ArrayList<>();
    Arguments arguments = step.arguments();
    int expected = 0;
    for (int round = 0; round < 20; round++) {
      boolean even = round % 2 == 0;
      arguments
          .set("x", (even ? a : b).buffer())
          .set("y", (even ? b : a).buffer())
          .set("factor", round % 3);
      all.add(step.start(NDRange.of(1000), arguments, RunOptions.DEFAULT));
      expected = round % 3 * expected + 1;
    }
    // reading waits for what was started
    assertEquals(expected, a.get(999));
    assertTrue(all.stream().allMatch(run -> run.join().faults().isEmpty()));
  }

  @Test
  void aRunWaitsForWhatWasStartedBefore() {
    IntArray a = session.ints(100_000);
    IntArray b = session.ints(100_000);
    step.start(
        NDRange.of(100_000),
        step.arguments().set("x", a.buffer()).set("y", b.buffer()).set("factor", 1),
        RunOptions.DEFAULT);
    session.map(b, b, v -> v * 7);
    assertEquals(7, session.reduce(b, 0, Math::max));
    assertEquals(7, b.get(99_999));
  }

  @Test
  void aRunCanBeCancelled() {
    IntArray x = session.ints(2);
    CompletableFuture<Execution> run =
        neverEnds.start(
            NDRange.of(1),
            neverEnds.arguments().set("x", x.buffer()),
            RunOptions.DEFAULT.on("cpu"));
    CompletableFuture<Execution> behind =
        neverEnds.start(
            NDRange.of(1),
            neverEnds.arguments().set("x", x.buffer()),
            RunOptions.DEFAULT.on("cpu"));
    assertTrue(behind.cancel(true), "one that has not begun");
    assertTrue(run.cancel(true), "one that may have begun");
    assertThrows(CancellationException.class, run::join);
    // what is left of it does not keep the session from other work
    x.write().fill((byte) 1);
    assertEquals(0x01010101, x.get(0));
  }

  @Test
  void lambdasFollowEachOtherByTheirArrays() throws Exception {
    int[] a = new int[1000];
    int[] b = new int[1000];
    IntArray c = session.ints(1000);
    for (int round = 0; round < 10; round++) {
      int number = round;
      session.start(1000, i -> b[i] = 3 * a[i] + number);
      session.start(1000, i -> c.set(i, b[i]));
      session.start(1000, i -> a[i] = c.get(i) + 1);
    }
    session.parallelFor(1000, i -> b[i] = a[i]);
    int expected = 0;
    for (int round = 0; round < 10; round++) {
      expected = 3 * expected + round + 1;
    }
    assertEquals(expected, b[0]);
    assertEquals(expected, b[999]);
    assertEquals(expected, c.toArray()[7] + 1);
  }

  @Test
  void aStartedLambdaFailsItsFuture() {
    int[] out = new int[10];
    CompletableFuture<Execution> run = session.start(11, i -> out[i] = 1);
    ExecutionException e = assertThrows(ExecutionException.class, run::get);
    assertTrue(e.getCause() instanceof ArrayIndexOutOfBoundsException, () -> "" + e.getCause());
    assertEquals(0, out[0]);
  }

  @Test
  void aStartedLambdaIsCancelled() {
    int[] flag = new int[1];
    CompletableFuture<Execution> run =
        session.start(
            1,
            i -> {
              while (flag[0] == 0) {
                flag[0] = 0;
              }
            });
    assertTrue(run.cancel(true));
    assertThrows(CancellationException.class, run::join);
    session.parallelFor(1, i -> flag[0] = 5);
    assertEquals(5, flag[0]);
  }
}
