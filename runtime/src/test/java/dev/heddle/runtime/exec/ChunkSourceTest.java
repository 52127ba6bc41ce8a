package dev.heddle.runtime.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.exec.ChunkSource.Chunk;
import dev.heddle.runtime.plan.ViewCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkSourceTest {
  private static ViewCost cost(double fixed, double perUnit) {
    return new ViewCost(fixed, 0, perUnit, Long.MAX_VALUE, 0.25, 1);
  }

  @Test
  void fixedSharesAreGivenAsTheyArePlanned() {
    ChunkSource source = new ChunkSource(true, 0);
    source.add(cost(1, 1), 0, 30, Long.MAX_VALUE);
    source.add(cost(1, 1), 30, 70, 50);
    source.ready(0);
    source.ready(1);
    assertEquals(new Chunk(0, 30), source.next(0, 0));
    assertNull(source.next(0, 0), "no more than its share");
    assertEquals(new Chunk(30, 80), source.next(1, 0), "no more than it can hold");
    assertEquals(new Chunk(80, 100), source.next(1, 0));
    assertEquals(0, source.remaining());
  }

  @Test
  void aFailedLanesWorkGoesToTheOther() {
    ChunkSource source = new ChunkSource(true, 0);
    source.add(cost(1, 1), 0, 30, Long.MAX_VALUE);
    source.add(cost(1, 1), 30, 70, 40);
    source.ready(0);
    source.ready(1);
    Chunk mine = source.next(0, 0);
    Chunk lost = source.next(1, 0);
    assertNotNull(mine);
    assertNotNull(lost);
    source.failed(1, List.of(lost));
    long taken = 0;
    for (Chunk chunk = source.next(0, 0); chunk != null; chunk = source.next(0, 0)) {
      taken += chunk.units();
    }
    assertEquals(70, taken);
    assertEquals(0, source.remaining());
  }

  @Test
  void aPartIsHeldBackAndDividedByWhatIsMeasured() {
    ChunkSource source = new ChunkSource(false, 0.5);
    source.add(cost(10, 1), 0, 5_000, Long.MAX_VALUE);
    source.add(cost(10, 1), 5_000, 5_000, Long.MAX_VALUE);
    source.ready(0);
    source.ready(1);
    Chunk first = source.next(0, 0);
    Chunk second = source.next(1, 0);
    assertEquals(new Chunk(0, 2_500), first);
    assertEquals(new Chunk(7_500, 10_000), second, "the last lane takes from the end");
    source.done(1, second, 1_000);
    // the second turns out to be 2.5 times as fast
    long rest = 0;
    double now = 1_000;
    while (now < 2_500) { // the first is busy until 2,510
      Chunk more = source.next(1, now);
      assertNotNull(more);
      rest += more.units();
      source.done(1, more, more.units() / 2.5);
      now += more.units() / 2.5;
    }
    assertTrue(rest > 2_500, "most of the rest is its own");
    assertTrue(source.remaining() > 0, "it leaves some for the other");
  }

  @Test
  void aDeviceThatCompilesIsNotCountedOn() {
    ChunkSource source = new ChunkSource(false, 0);
    source.add(cost(10, 1), 0, 500, Long.MAX_VALUE);
    source.add(cost(10, 1), 500, 500, Long.MAX_VALUE);
    source.ready(0);
    long taken = 0;
    for (Chunk chunk = source.next(0, 0); chunk != null; chunk = source.next(0, 0)) {
      taken += chunk.units();
    }
    assertEquals(1_000, taken);
  }

  /** Lanes of random speed, start and failure: every unit is done once, nothing is left. */
  @Test
  void everyUnitIsDoneOnce() {
    for (int seed = 0; seed < 2_000; seed++) {
      simulate(new Random(seed), seed);
    }
  }

  private static void simulate(Random random, int seed) {
    int lanes = 1 + random.nextInt(5);
    boolean fixed = random.nextBoolean();
    ChunkSource source = new ChunkSource(fixed, random.nextDouble() * 0.7);
    long units = 0;
    double[] speed = new double[lanes];
    double[] free = new double[lanes];
    boolean[] ended = new boolean[lanes];
    for (int i = 0; i < lanes; i++) {
      long planned = 1 + random.nextInt(1_000);
      long most = random.nextInt(3) == 0 ? 1 + random.nextInt(200) : Long.MAX_VALUE;
      source.add(cost(random.nextDouble() * 100, 0.1 + random.nextDouble()), units, planned, most);
      units += planned;
      speed[i] = 0.05 + random.nextDouble() * 3;
      free[i] = random.nextInt(3) == 0 ? random.nextDouble() * 500 : 0;
    }
    int[] times = new int[(int) units];
    boolean[] started = new boolean[lanes];
    int survivor = random.nextInt(lanes);
    while (true) {
      int lane = -1;
      for (int i = 0; i < lanes; i++) {
        lane = !ended[i] && (lane < 0 || free[i] < free[lane]) ? i : lane;
      }
      if (lane < 0) {
        if (source.remaining() == 0) {
          break;
        }
        ended[survivor] = false; // rescue, as a run does
        lane = survivor;
        source.ready(lane);
      }
      if (!started[lane]) {
        started[lane] = true;
        source.ready(lane);
      }
      Chunk chunk = source.next(lane, free[lane]);
      if (chunk == null) {
        ended[lane] = true;
        source.retire(lane);
        continue;
      }
      if (lane != survivor && random.nextInt(8) == 0) {
        source.failed(lane, List.of(chunk));
        ended[lane] = true;
        continue;
      }
      for (long unit = chunk.begin(); unit < chunk.end(); unit++) {
        times[(int) unit]++;
      }
      free[lane] += chunk.units() * speed[lane];
      source.done(lane, chunk, chunk.units() * speed[lane]);
    }
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      if (times[i] != 1) {
        wrong.add(i);
      }
    }
    assertEquals(List.of(), wrong, "seed " + seed);
  }

  /** The first and last rows of a picture may be far cheaper than those in the middle. */
  private static double[] picture() {
    double[] nanos = new double[1024];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = Math.abs(i - nanos.length / 2) < nanos.length / 4 ? 100_000 : 2_000;
    }
    return nanos;
  }

  @Test
  void unevenWorkEndsTogether() {
    double average = java.util.Arrays.stream(picture()).average().orElseThrow();
    for (double share : new double[] {0.5, 0.1, 0.02}) {
      double efficiency = efficiency(share, 10 * average, 0.25, 0.5);
      assertTrue(efficiency > 0.9, () -> "efficiency " + efficiency + " from a share of " + share);
    }
  }

  /** As after a run in which the second device had nothing but cheap rows. */
  @Test
  void whatWasLearnedFromTheEasyPartIsNotTrusted() {
    double efficiency = efficiency(0.65, 10 * 2_000, 1.5, 0.7);
    assertTrue(efficiency > 0.85, () -> "efficiency " + efficiency);
  }

  /** Of a device and another that is ten times slower, on the picture. */
  private static double efficiency(double share, double nanosPerUnit, double sigma, double held) {
    double[] nanos = picture();
    double[] slowness = {1, 10};
    double sum = java.util.Arrays.stream(nanos).sum();
    ChunkSource source = new ChunkSource(false, held);
    long second = Math.round(nanos.length * share);
    long first = nanos.length - second;
    source.add(uncertain(12_000, sum / nanos.length, sigma), 0, first, Long.MAX_VALUE);
    source.add(uncertain(32_000, nanosPerUnit, sigma), first, second, Long.MAX_VALUE);
    source.ready(0);
    source.ready(1);
    double[] free = {0, 0};
    boolean[] ended = {false, false};
    while (!ended[0] || !ended[1]) {
      int lane = ended[0] || (!ended[1] && free[1] < free[0]) ? 1 : 0;
      Chunk chunk = source.next(lane, free[lane]);
      if (chunk == null) {
        ended[lane] = true;
        source.retire(lane);
        continue;
      }
      double time = lane == 0 ? 12_000 : 32_000;
      for (long unit = chunk.begin(); unit < chunk.end(); unit++) {
        time += nanos[(int) unit] * slowness[lane];
      }
      free[lane] += time;
      source.done(lane, chunk, time);
    }
    assertEquals(0, source.remaining());
    return sum / (1 + 1.0 / 10) / Math.max(free[0], free[1]);
  }

  private static ViewCost uncertain(double fixed, double perUnit, double sigma) {
    return new ViewCost(fixed, 0, perUnit, Long.MAX_VALUE, sigma, 1);
  }

  /** A plan wrong by a factor of three is corrected while the run goes on. */
  @Test
  void aWrongProfileIsCorrected() {
    double[] real = {1, 1};
    ChunkSource source = new ChunkSource(false, 0.5);
    // predicted three times as fast as it is
    source.add(cost(20, 1), 0, 25_000, Long.MAX_VALUE);
    source.add(cost(20, 1.0 / 3), 25_000, 75_000, Long.MAX_VALUE);
    source.ready(0);
    source.ready(1);
    double[] free = {0, 0};
    boolean[] ended = {false, false};
    while (!ended[0] || !ended[1]) {
      int lane = ended[0] || (!ended[1] && free[1] < free[0]) ? 1 : 0;
      Chunk chunk = source.next(lane, free[lane]);
      if (chunk == null) {
        ended[lane] = true;
        source.retire(lane);
      } else {
        double nanos = 20 + chunk.units() * real[lane];
        free[lane] += nanos;
        source.done(lane, chunk, nanos);
      }
    }
    assertEquals(0, source.remaining());
    double efficiency = 50_000 / Math.max(free[0], free[1]);
    assertTrue(efficiency > 0.9, () -> "efficiency " + efficiency);
  }
}
