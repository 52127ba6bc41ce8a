package dev.heddle.spark.bench;

import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.spark.Cluster;
import dev.heddle.spark.HeddleSpark;
import dev.heddle.spark.SparkArguments;
import dev.heddle.spark.SparkFloats;
import dev.heddle.spark.SparkHome;
import dev.heddle.spark.SparkKernel;
import dev.heddle.spark.SparkOptions;
import java.io.IOException;
import java.io.Writer;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures Monte-Carlo pricing in one process on two cores and on two executors of one core, side
 * by side in one run, and what jobs and tasks cost in themselves.
 */
public final class Measure {
  private static final Path KERNEL = Path.of("../../kernels/finance/monte_carlo_option.cl");
  private static final RunOptions CPU = RunOptions.DEFAULT.on("cpu");
  private static final int STEPS = 512;
  private static final int CORES = 2;
  private static final double TARGET_SECONDS = 11;
  private static final int WARM = 1 << 18;
  private static final int[] SMALL = {1 << 12, 1 << 14, 1 << 16, 1 << 18};
  private static final int[] TASKS = {2, 64, 256};

  private final Properties figures = new Properties();

  private Measure() {}

  /** Writes the figures into the file that the first argument names. */
  public static void main(String[] args) throws IOException {
    Measure measure = new Measure();
    measure.all();
    try (Writer writer = Files.newBufferedWriter(Path.of(args[0]))) {
      measure.figures.store(writer, null);
    }
    Runtime.getRuntime().halt(0);
  }

  private void all() {
    try (Session two = Session.open(cpu(CORES));
        Session one = Session.open(cpu(1))) {
      Single both = new Single(two);
      Single alone = new Single(one);
      both.nanos(WARM);
      both.nanos(WARM);
      alone.nanos(WARM / 2);
      int paths = (int) (TARGET_SECONDS * 1e9 / both.nanos(WARM) * WARM) / 4096 * 4096;
      long start = System.nanoTime();
      try (JavaSparkContext context = context();
          HeddleSpark spark = HeddleSpark.on(context, SparkOptions.DEFAULT.with(CPU))) {
        put("start.context.seconds", (System.nanoTime() - start) / 1e9);
        Spread spread = new Spread(spark);
        spread.nanos(1 << 12, 2);
        put("start.first.result.seconds", (System.nanoTime() - start) / 1e9);
        spread.nanos(WARM, 2);
        spread.nanos(WARM, 2);
        long single = both.nanos(paths);
        long cluster = spread.nanos(paths, 0);
        long again = both.nanos(paths);
        put("job.paths", paths);
        put("job.single.seconds", single / 1e9);
        put("job.single.again.seconds", again / 1e9);
        put("job.spark.seconds", cluster / 1e9);
        for (int size : SMALL) {
          put("small." + size + ".single.seconds", median(3, () -> alone.nanos(size)) / 1e9);
          put("small." + size + ".spark.seconds", median(3, () -> spread.nanos(size, 2)) / 1e9);
        }
        for (int tasks : TASKS) {
          put(
              "tasks." + tasks + ".seconds",
              median(1, () -> spread.nanos(64 * tasks, tasks)) / 1e9);
        }
      }
    }
  }

  private static SessionOptions cpu(int threads) {
    return SessionOptions.DEFAULT.withCpuThreads(threads).on(CPU.devices());
  }

  private static JavaSparkContext context() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("heddle-bench")
            .set("spark.ui.enabled", "false");
    return new JavaSparkContext(SparkHome.prepare(Cluster.prepare(conf)));
  }

  private interface Timed {
    long nanos();
  }

  private static double median(int times, Timed timed) {
    long[] samples = new long[times];
    for (int i = 0; i < times; i++) {
      samples[i] = timed.nanos();
    }
    Arrays.sort(samples);
    return samples[times / 2];
  }

  private void put(String name, double value) {
    figures.setProperty(name, Double.toString(value));
    System.out.println(name + " " + value);
  }

  /** One process; the payoffs are copied out, as they are from a cluster's executors. */
  private static final class Single {
    private final Session session;
    private final Kernel kernel;

    Single(Session session) {
      this.session = session;
      this.kernel = session.load(KERNEL).kernel("simulate_paths");
    }

    long nanos(int paths) {
      long start = System.nanoTime();
      try (Buffer payoff = session.allocate(4L * paths)) {
        kernel.run(
            NDRange.of(paths),
            kernel
                .arguments()
                .set("paths", paths)
                .set("steps", STEPS)
                .set("seed", 2024)
                .set("spot", 100.0)
                .set("strike", 100.0)
                .set("rate", 0.03)
                .set("volatility", 0.25)
                .set("years", 1.0)
                .set("payoff", payoff),
            CPU);
        payoff.read().toArray(ValueLayout.JAVA_BYTE);
      }
      return System.nanoTime() - start;
    }
  }

  /** The cluster. */
  private static final class Spread {
    private final HeddleSpark spark;
    private final SparkKernel kernel;

    Spread(HeddleSpark spark) {
      this.spark = spark;
      this.kernel = spark.load(KERNEL).kernel("simulate_paths");
    }

    long nanos(int paths, int partitions) {
      long start = System.nanoTime();
      try (SparkFloats payoff = spark.floats(paths)) {
        SparkArguments arguments =
            kernel
                .arguments()
                .set("paths", paths)
                .set("steps", STEPS)
                .set("seed", 2024)
                .set("spot", 100.0)
                .set("strike", 100.0)
                .set("rate", 0.03)
                .set("volatility", 0.25)
                .set("years", 1.0)
                .set("payoff", payoff);
        kernel.run(NDRange.of(paths), arguments, spark.options().withPartitions(partitions));
        payoff.toArray();
      }
      return System.nanoTime() - start;
    }
  }
}
