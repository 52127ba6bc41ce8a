package dev.heddle.bench.predict;

import dev.heddle.bench.Samples;
import dev.heddle.runtime.plan.Candidate;
import dev.heddle.runtime.plan.Planner;
import dev.heddle.runtime.plan.Policy;
import dev.heddle.runtime.plan.ViewCost;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Times how long dividing work among devices takes. */
final class PlanningTime {
  private static final int PLANS = 20_000;

  private PlanningTime() {}

  static void print() {
    for (int devices : new int[] {2, 4, 8}) {
      double[] nanos = nanos(devices);
      double[] warm = Arrays.copyOfRange(nanos, PLANS / 2, PLANS);
      System.out.printf(
          Locale.ROOT,
          "dividing among %d devices: %.1f us%n",
          devices,
          new Samples(warm).median() / 1e3);
    }
  }

  private static double[] nanos(int devices) {
    List<Candidate> candidates =
        IntStream.range(0, devices)
            .mapToObj(
                i ->
                    new Candidate(
                        "d" + i,
                        "chip " + i,
                        new ViewCost(1e4, 0, 10 + 7 * i, Long.MAX_VALUE, 0.1, 5)))
            .toList();
    double[] nanos = new double[PLANS];
    for (int i = 0; i < PLANS; i++) {
      long start = System.nanoTime();
      Planner.plan(candidates, 100_000 + i, true, Policy.FASTEST, 1e6);
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }
}
