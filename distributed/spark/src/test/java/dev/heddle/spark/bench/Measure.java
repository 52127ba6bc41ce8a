package dev.heddle.spark.bench;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.spark.Cluster;
import dev.heddle.spark.HeddleSpark;
import dev.heddle.spark.SparkExecution;
import dev.heddle.spark.SparkFloats;
import dev.heddle.spark.SparkHome;
import dev.heddle.spark.SparkKernel;
import dev.heddle.spark.SparkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures what Spark costs on two executors of one core, all in warm processes, in sections of
 * less than two minutes each.
 */
public final class Measure {
  static final int CORES = 2;
  private static final double JOB_SECONDS = 11.5;
  private static final int WARM_PATHS = 1 << 17;

  /** After so many tasks the JVM has compiled what Spark and Heddle do for each. */
  private static final int WARM_TASKS = 640;

  static final int[] SMALL = {1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16, 1 << 17, 1 << 18};
  static final int[] TASKS = {2, 16, 64, 256};
  private static final int PATHS_OF_TASK = 64;
  private static final int WARM_ROUNDS = 10;
  private static final int ROUNDS = 11;
  private static final Path STENCIL = Path.of("../../kernels/climate/heat_2d.cl");
  static final int WIDTH = 4096;
  static final int[] HEIGHTS = {64, 512, 2048};
  private static final int STEPS = 4;

  private final Path file;
  private final Figures figures;

  private Measure(Path file) throws IOException {
    this.file = file;
    this.figures = Figures.read(file);
  }

  /** Adds figures to the file that the first argument names; the others name the sections. */
  public static void main(String[] args) throws IOException {
    Measure measure = new Measure(Path.of(args[0]));
    for (String section : List.of(args).subList(1, args.length)) {
      measure.section(section);
      measure.figures.write(measure.file);
    }
    // the context's threads may linger
    Runtime.getRuntime().halt(0);
  }

  private void section(String name) throws IOException {
    switch (name) {
      case "job" -> job();
      case "blocks" -> blocks();
      case "tasks" -> tasks();
      case "stencil" -> stencil();
      default ->
          throw new IllegalArgumentException(
              name + ": the sections are job, blocks, tasks and stencil");
    }
  }

  private static Session session(int threads) {
    return Session.open(SessionOptions.DEFAULT.withCpuThreads(threads).on(Pricing.CPU.devices()));
  }

  private static JavaSparkContext context() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("heddle-bench")
            .set("spark.ui.enabled", "false");
    return new JavaSparkContext(SparkHome.prepare(Cluster.prepare(conf)));
  }

  private static HeddleSpark heddle(JavaSparkContext context) {
    return HeddleSpark.on(context, SparkOptions.DEFAULT.with(Pricing.CPU));
  }

  // ---- a long job: one process on two cores, two executors of one core, in turn

  private void job() throws IOException {
    try (Session session = session(CORES)) {
      Pricing.Single single = new Pricing.Single(session);
      double perPath = (double) single.warm(WARM_PATHS) / WARM_PATHS;
      int paths = (int) (JOB_SECONDS * 1e9 / perPath) / 4096 * 4096;
      long start = System.nanoTime();
      try (JavaSparkContext context = context();
          HeddleSpark spark = heddle(context)) {
        figures.add("start.context", seconds(System.nanoTime() - start));
        Pricing.Spread spread = new Pricing.Spread(spark, 0);
        spread.nanos(4096);
        figures.add("start.first.result", seconds(System.nanoTime() - start));
        spread.warm(WARM_PATHS);
        pair(single, spread, paths, true);
        pair(single, spread, paths, false);
      }
    }
  }

  /** One after the other; a machine that gets slower or faster meanwhile favours each once. */
  private void pair(Pricing.Single single, Pricing.Spread spread, int paths, boolean singleFirst)
      throws IOException {
    double alone = singleFirst ? seconds(single.nanos(paths)) : 0;
    double brought = seconds(spread.nanos(paths));
    alone = singleFirst ? alone : seconds(single.nanos(paths));
    figures.add("job.paths", paths);
    figures.add("job.single", alone);
    figures.add("job.spark", seconds(spread.runNanos()));
    figures.add("job.brought", brought);
    explain(spread);
    figures.write(file);
  }

  /** Where the time of a long job went. */
  private static void explain(Pricing.Spread spread) {
    for (SparkExecution.ExecutorShare share : spread.last().shares()) {
      System.out.printf(
          "# executor %s: %d of %d parts, tasks %.2f s, device %.2f s, %s%n",
          share.executor(),
          share.parts(),
          spread.last().parts(),
          seconds(share.taskNanos()),
          seconds(share.device().measuredNanos()),
          share.device().tier());
    }
  }

  // ---- short jobs: from which size on two executors gain

  private void blocks() {
    try (Session session = session(1);
        JavaSparkContext context = context();
        HeddleSpark spark = heddle(context)) {
      Pricing.Single single = new Pricing.Single(session);
      Pricing.Spread spread = new Pricing.Spread(spark, CORES);
      single.warm(WARM_PATHS);
      warmTasks(spark);
      spread.warm(WARM_PATHS);
      for (int size : SMALL) {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        for (int round = 0; round < 7; round++) {
          one.add(seconds(single.nanos(size)));
          two.add(seconds(spread.nanos(size)));
        }
        figures.add("block." + size + ".single", Figures.median(one));
        figures.add("block." + size + ".spark", Figures.median(two));
      }
    }
  }

  private static void warmTasks(HeddleSpark spark) {
    Pricing.Spread many = new Pricing.Spread(spark, 64);
    for (int done = 0; done < WARM_TASKS; done += 64) {
      many.nanos(64 * PATHS_OF_TASK);
    }
  }

  // ---- what jobs and tasks cost

  private void tasks() {
    try (JavaSparkContext context = context();
        HeddleSpark spark = heddle(context)) {
      Map<Integer, List<Double>> heddle = new TreeMap<>();
      Map<Integer, List<Double>> plain = new TreeMap<>();
      for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
        for (int tasks : TASKS) {
          Pricing.Spread spread = new Pricing.Spread(spark, tasks);
          spread.nanos(tasks * PATHS_OF_TASK);
          double empty = seconds(plain(context, tasks));
          if (round >= 0) {
            heddle.computeIfAbsent(tasks, key -> new ArrayList<>()).add(seconds(spread.runNanos()));
            plain.computeIfAbsent(tasks, key -> new ArrayList<>()).add(empty);
          }
        }
      }
      heddle.forEach((tasks, times) -> put("tasks." + tasks + ".heddle", times));
      plain.forEach((tasks, times) -> put("tasks." + tasks + ".plain", times));
    }
  }

  private void put(String name, List<Double> times) {
    figures.add(name, Figures.median(times));
  }

  /** A job of Spark's own whose tasks do nothing. */
  private static long plain(JavaSparkContext context, int tasks) {
    long start = System.nanoTime();
    context
        .parallelize(Collections.nCopies(tasks, 1), tasks)
        .mapPartitions(numbers -> List.of(1).iterator())
        .collect();
    return System.nanoTime() - start;
  }

  // ---- what it costs to hand blocks from one job to the next

  private void stencil() {
    try (JavaSparkContext context = context();
        HeddleSpark spark = heddle(context)) {
      warmTasks(spark);
      SparkKernel kernel = spark.load(STENCIL).kernel("heat_2d");
      for (int height : HEIGHTS) {
        List<Double> each = new ArrayList<>();
        List<Double> together = new ArrayList<>();
        List<Double> device = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
          together.add(heat(spark, kernel, height, STEPS, device));
          each.add(heat(spark, kernel, height, 1, new ArrayList<>()));
        }
        long cells = (long) WIDTH * height;
        figures.add("stencil." + cells + ".step", Figures.median(device) / STEPS);
        double more = Figures.median(each) - Figures.median(together);
        figures.add("stencil." + cells + ".exchange", more / (STEPS - 1));
      }
    }
  }

  private static double heat(
      HeddleSpark spark, SparkKernel kernel, int height, int exchangeEvery, List<Double> device) {
    long start = System.nanoTime();
    try (SparkFloats before = spark.floats((long) WIDTH * height);
        SparkFloats after = spark.floats((long) WIDTH * height)) {
      SparkExecution execution =
          kernel.iterate(
              NDRange.of(WIDTH, height),
              kernel
                  .arguments()
                  .set("width", WIDTH)
                  .set("height", height)
                  .set("k", 0.2)
                  .set("before", before)
                  .set("after", after),
              STEPS,
              List.of(new SparkKernel.Swap(before, after)),
              spark.options().withPartitions(CORES).withExchangeEvery(exchangeEvery));
      device.add(
          execution.shares().stream()
              .mapToDouble(share -> seconds(share.device().measuredNanos()))
              .average()
              .orElse(0));
    }
    return seconds(System.nanoTime() - start);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
