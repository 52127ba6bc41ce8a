package dev.heddle.spark;

import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.plan.WaterFilling;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.spark.plan.Cuts;
import dev.heddle.spark.task.ExecutorProfile;
import dev.heddle.spark.task.JobSpec.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decides into how many parts a launch is cut, how large they are, and who should run them. */
final class Sizing {
  /** What it takes Spark to start a task and bring its result. */
  private static final double TASK_NANOS = 5e6;

  /**
   * Long work is cut into parts of about this, so that a slow or lost executor costs less; beside
   * it, what Spark needs to start a task and to take its blocks is about one part in a hundred.
   */
  private static final double PART_NANOS = 1.5e9;

  private static final int PARTS_OF_LONG_WORK = 16;

  /** Bytes of all buffers in one part at most, where units allow. */
  private static final long PART_BYTES = 128L << 20;

  private static final int MOST_PARTS = 64;

  /** Executors whose shares differ by less count as equal. */
  private static final double ALIKE = 0.05;

  /**
   * Parts and where they should run.
   *
   * @param executors one for each part, or none
   */
  record Cutting(List<Part> parts, List<String> executors) {}

  private Sizing() {}

  static Cutting of(
      HeddleSpark spark,
      SparkKernel kernel,
      NDRange range,
      List<Argument> values,
      long[] bytes,
      List<Content> contents,
      Cut cut,
      SparkOptions options) {
    if (!cut.splittable() || options.partitions() > 0) {
      return new Cutting(Cuts.even(cut, options.partitions()), List.of());
    }
    for (Content content : contents) {
      if (content instanceof Content.Spread spread) {
        // blocks that lie there already stay where they are
        return new Cutting(Cuts.even(cut, spread.layout().partitions()), List.of());
      }
    }
    List<ExecutorProfile> executors = spark.executors(options.run().devices());
    double[] nanos = new double[executors.size()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = nanos(executors.get(i), kernel, range, values, bytes, options);
    }
    return filled(executors, nanos, Arrays.stream(bytes).sum(), cut);
  }

  /** What the whole launch would take on one executor, as predicted. */
  private static double nanos(
      ExecutorProfile executor,
      SparkKernel kernel,
      NDRange range,
      List<Argument> values,
      long[] bytes,
      SparkOptions options) {
    try (Session session = Session.planning(executor.recorded())) {
      Kernel planned = session.program(kernel.program()).kernel(kernel.name());
      try (ShapeArguments shapes = new ShapeArguments(session, planned, values, bytes)) {
        return Math.max(1, shapes.plan(range, options.run()).predictedNanos());
      }
    }
  }

  private static Cutting filled(
      List<ExecutorProfile> executors, double[] nanos, long bytes, Cut cut) {
    long units = Math.ceilDiv(cut.extent(), cut.granule());
    List<ViewCost> costs = new ArrayList<>();
    for (double all : nanos) {
      costs.add(new ViewCost(TASK_NANOS, 0, all / units, Long.MAX_VALUE, 0, 0));
    }
    long[] shares = WaterFilling.divide(costs, units);
    double longest = WaterFilling.makespan(costs, shares);
    long each = Math.ceilDiv(bytes, PART_BYTES * executors.size());
    long least = Math.clamp((long) (longest / PART_NANOS), 1, PARTS_OF_LONG_WORK);
    int parts = (int) Math.clamp(Math.max(each, least), 1, MOST_PARTS);
    if (alike(shares)) {
      return new Cutting(Cuts.even(cut, parts * executors.size()), List.of());
    }
    double[] sizes = new double[parts * executors.size()];
    List<String> places = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shares[i / parts];
    }
    List<Part> cutting = Cuts.shared(cut, sizes);
    if (cutting.size() == sizes.length) {
      for (int i = 0; i < sizes.length; i++) {
        places.add(executors.get(i / parts).place());
      }
    }
    return new Cutting(cutting, places);
  }

  private static boolean alike(long[] shares) {
    long least = Arrays.stream(shares).min().orElse(0);
    long most = Arrays.stream(shares).max().orElse(0);
    return most - least <= Math.max(1, ALIKE * most);
  }
}
