package dev.heddle.spark.bench;

import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.spark.HeddleSpark;
import dev.heddle.spark.SparkArguments;
import dev.heddle.spark.SparkExecution;
import dev.heddle.spark.SparkFloats;
import dev.heddle.spark.SparkKernel;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Monte-Carlo pricing, bound by computing; the payoffs are brought to the caller. */
abstract sealed class Pricing {
  private static final Path FILE = Path.of("../../kernels/finance/monte_carlo_option.cl");
  private static final String KERNEL = "simulate_paths";
  static final int DATES = 512;
  static final RunOptions CPU = RunOptions.DEFAULT.on("cpu");

  /** A warm-up ends when so many runs in a row, all in vector code, were no better than before. */
  private static final int NO_BETTER = 6;

  private static final double BETTER = 0.95;
  private static final long MOST_WARMING_NANOS = 10_000_000_000L;

  /** Prices that many paths; returns how long it took. */
  abstract long nanos(int paths);

  /** Whether the last run was in vector code alone. */
  abstract boolean vector();

  static boolean vector(List<DeviceShare> shares) {
    return shares.stream().allMatch(share -> share.tier().equals("vector"));
  }

  /**
   * Prices again and again until it gets no faster, and says so if that does not come.
   *
   * @return the shortest time of a run, which noise made no longer
   */
  final long warm(int paths) {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    int runs = 0;
    int noBetter = 0;
    while (noBetter < NO_BETTER && System.nanoTime() - start < MOST_WARMING_NANOS) {
      long nanos = nanos(paths);
      noBetter = vector() && nanos >= BETTER * best ? noBetter + 1 : 0;
      best = Math.min(best, nanos);
      runs++;
    }
    System.out.printf(
        "# %s: %d runs in %.1f s to warm up, the best %.1f ms%s%n",
        getClass().getSimpleName(),
        runs,
        (System.nanoTime() - start) / 1e9,
        best / 1e6,
        noBetter < NO_BETTER ? ": STILL GETTING FASTER" : "");
    return best;
  }

  /** In this process. */
  static final class Single extends Pricing {
    private final Session session;
    private final Kernel kernel;
    private boolean vector;

    Single(Session session) {
      this.session = session;
      this.kernel = session.load(FILE).kernel(KERNEL);
    }

    @Override
    long nanos(int paths) {
      long start = System.nanoTime();
      try (Buffer payoff = session.allocate(4L * paths)) {
        vector =
            vector(
                kernel
                    .run(
                        NDRange.of(paths),
                        kernel
                            .arguments()
                            .set("paths", paths)
                            .set("steps", DATES)
                            .set("seed", 2024)
                            .set("spot", 100.0)
                            .set("strike", 100.0)
                            .set("rate", 0.03)
                            .set("volatility", 0.25)
                            .set("years", 1.0)
                            .set("payoff", payoff),
                        CPU)
                    .devices());
        payoff.read().toArray(ValueLayout.JAVA_BYTE);
      }
      return System.nanoTime() - start;
    }

    @Override
    boolean vector() {
      return vector;
    }
  }

  /** Over a cluster. */
  static final class Spread extends Pricing {
    private final HeddleSpark spark;
    private final SparkKernel kernel;
    private final int partitions;
    private @Nullable SparkExecution last;
    private long runNanos;

    /**
     * @param partitions parts of each run; 0: as many as suit
     */
    Spread(HeddleSpark spark, int partitions) {
      this.spark = spark;
      this.kernel = spark.load(FILE).kernel(KERNEL);
      this.partitions = partitions;
    }

    @Override
    long nanos(int paths) {
      long start = System.nanoTime();
      try (SparkFloats payoff = spark.floats(paths)) {
        SparkArguments arguments =
            kernel
                .arguments()
                .set("paths", paths)
                .set("steps", DATES)
                .set("seed", 2024)
                .set("spot", 100.0)
                .set("strike", 100.0)
                .set("rate", 0.03)
                .set("volatility", 0.25)
                .set("years", 1.0)
                .set("payoff", payoff);
        last = kernel.run(NDRange.of(paths), arguments, spark.options().withPartitions(partitions));
        runNanos = System.nanoTime() - start;
        payoff.toArray();
      }
      return System.nanoTime() - start;
    }

    /** How the last run went. */
    SparkExecution last() {
      if (last == null) {
        throw new IllegalStateException("nothing ran");
      }
      return last;
    }

    /** How long the last run took without bringing the payoffs to the driver. */
    long runNanos() {
      return runNanos;
    }

    @Override
    boolean vector() {
      return vector(last().shares().stream().map(SparkExecution.ExecutorShare::device).toList());
    }
  }
}
