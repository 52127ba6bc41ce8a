package dev.heddle.bench.predict;

import dev.heddle.bench.Samples;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.plan.Candidate;
import dev.heddle.runtime.plan.Planner;
import dev.heddle.runtime.plan.Policy;
import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Times how long planning takes: dividing the work alone, and all that a launch waits for. */
final class PlanningTime {
  private static final int PLANS = 20_000;
  private static final int LEAST_ITEMS = 1 << 20;
  private static final String TRIAD =
      """
      __kernel void triad(float s, __global const float *a, __global const float *b,
                          __global float *c) {
        size_t i = get_global_id(0);
        c[i] = a[i] + s * b[i];
      }
      """;

  private PlanningTime() {}

  static void print() {
    for (int devices : new int[] {2, 4, 8}) {
      print("dividing among %d devices".formatted(devices), dividing(devices));
    }
    try (Session session = Session.open(SessionOptions.DEFAULT.forgetful())) {
      Kernel kernel =
          session
              .compile(List.of(new SourceFile("triad.cl", TRIAD)), FrontendOptions.DEFAULT)
              .kernels()
              .getFirst();
      Buffer[] buffers =
          IntStream.range(0, 3)
              .mapToObj(i -> session.allocate(4L * (LEAST_ITEMS + PLANS)))
              .toArray(Buffer[]::new);
      Arguments arguments =
          kernel
              .arguments()
              .set("s", 3f)
              .set("a", buffers[0])
              .set("b", buffers[1])
              .set("c", buffers[2]);
      print(
          "planning a launch again, among " + session.devices().size() + " devices",
          i -> kernel.plan(NDRange.of(LEAST_ITEMS), arguments, RunOptions.DEFAULT));
      print(
          "analysing a launch of a new size",
          i -> kernel.work(NDRange.of(LEAST_ITEMS - i), arguments, RunOptions.DEFAULT));
      print(
          "planning a launch that was analysed",
          i -> kernel.work(NDRange.of(LEAST_ITEMS + i), arguments, RunOptions.DEFAULT),
          i -> kernel.plan(NDRange.of(LEAST_ITEMS + i), arguments, RunOptions.DEFAULT));
    }
  }

  private static IntConsumer dividing(int devices) {
    List<Candidate> candidates =
        IntStream.range(0, devices)
            .mapToObj(
                i ->
                    new Candidate(
                        "d" + i,
                        "chip " + i,
                        new ViewCost(1e4, 0, 10 + 7 * i, Long.MAX_VALUE, 0.1, 5)))
            .toList();
    return i -> Planner.plan(candidates, 100_000 + i, true, Policy.FASTEST, 1e6);
  }

  private static void print(String what, IntConsumer plan) {
    print(what, i -> {}, plan);
  }

  /** The median of the second half: by then the JVM has compiled it. */
  private static void print(String what, IntConsumer before, IntConsumer plan) {
    double[] nanos = new double[PLANS];
    for (int i = 0; i < PLANS; i++) {
      before.accept(i);
      long start = System.nanoTime();
      plan.accept(i);
      nanos[i] = System.nanoTime() - start;
    }
    double median = new Samples(Arrays.copyOfRange(nanos, PLANS / 2, PLANS)).median();
    System.out.printf(Locale.ROOT, "%-48s %6.1f us%n", what, median / 1e3);
  }
}
