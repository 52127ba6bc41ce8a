package dev.heddle.spark;

import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.spark.plan.Chain;
import dev.heddle.spark.plan.Chain.ChainedLaunch;
import dev.heddle.spark.plan.JobPlan;
import dev.heddle.spark.task.JobSpec;
import dev.heddle.spark.task.JobSpec.Argument;
import dev.heddle.spark.task.PartReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a kernel once or several times: one job for the steps between two exchanges. */
final class Iteration {
  /** What parts may compute twice at their borders, as part of their work. */
  private static final double MOST_EXTRA = 0.05;

  /** Steps of one job at most: a job is what Spark repeats after a failure. */
  private static final int MOST_STEPS = 64;

  /** With a checkpoint folder, blocks are saved there after so many exchanges. */
  private static final int CHECKPOINT_EVERY = 10;

  private final HeddleSpark spark;
  private final SparkKernel kernel;
  private final NDRange range;
  private final SparkArguments arguments;
  private final List<SparkKernel.Swap> swaps;
  private final SparkOptions options;
  private final List<SparkArray> arrays;
  private final long[] bytes;
  private final Map<List<Argument>, Cut> cuts = new LinkedHashMap<>();

  Iteration(
      HeddleSpark spark,
      SparkKernel kernel,
      NDRange range,
      SparkArguments arguments,
      List<SparkKernel.Swap> swaps,
      SparkOptions options) {
    this.spark = spark;
    this.kernel = kernel;
    this.range = range;
    this.arguments = arguments;
    this.swaps = swaps;
    this.options = options;
    List<SparkArray> all = new ArrayList<>(arguments.arrays());
    for (SparkKernel.Swap swap : swaps) {
      for (SparkArray array : List.of(swap.a(), swap.b())) {
        if (!all.contains(array)) {
          all.add(array);
        }
      }
    }
    this.arrays = all;
    this.bytes = all.stream().mapToLong(SparkArray::bytes).toArray();
  }

  SparkExecution run(int times) {
    Outcome outcome = new Outcome();
    int lostBefore = spark.losses().count();
    int[] slotOf = identity();
    Cut cut = cut(arguments.inSlots(arrays, slotOf));
    Sizing.Cutting sized =
        Sizing.of(
            spark,
            kernel,
            range,
            arguments.inSlots(arrays, slotOf),
            bytes,
            arrays.stream().map(SparkArray::content).toList(),
            cut,
            options);
    int most = stepsTogether(times, sized.parts());
    int done = 0;
    while (done < times) {
      int steps = Math.min(most, times - done);
      done += steps;
      Chain chain = chain(steps, slotOf = identity());
      advance(slotOf, done < times ? steps : steps - 1);
      job(chain, sized, slotOf, outcome);
      outcome.exchanges += done < times ? 1 : 0;
    }
    return outcome.execution(cut.blank(), sized, spark.losses().since(lostBefore));
  }

  private int[] identity() {
    int[] slots = new int[arrays.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = i;
    }
    return slots;
  }

  private void advance(int[] slotOf, int steps) {
    for (int step = 0; step < steps; step++) {
      for (SparkKernel.Swap swap : swaps) {
        int a = arrays.indexOf(swap.a());
        int b = arrays.indexOf(swap.b());
        int slot = slotOf[a];
        slotOf[a] = slotOf[b];
        slotOf[b] = slot;
      }
    }
  }

  private Cut cut(List<Argument> values) {
    return cuts.computeIfAbsent(
        values,
        v -> {
          try (ShapeArguments shapes =
              new ShapeArguments(spark.planning(), kernel.kernel(), v, bytes)) {
            return shapes.cut(range, options.run());
          }
        });
  }

  private Chain chain(int steps, int[] start) {
    int[] slotOf = start.clone();
    List<List<Argument>> distinct = new ArrayList<>(cuts.keySet());
    List<ChainedLaunch> launches = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      List<Argument> values = arguments.inSlots(arrays, slotOf);
      Cut cut = cut(values);
      if (!distinct.contains(values)) {
        distinct.add(values);
      }
      launches.add(new ChainedLaunch(distinct.indexOf(values), cut, values));
      advance(slotOf, 1);
    }
    return new Chain(launches);
  }

  /** How many steps run between two exchanges. */
  private int stepsTogether(int times, List<Part> parts) {
    int asked = options.exchangeEvery() > 0 ? options.exchangeEvery() : MOST_STEPS;
    int most = Math.min(times, Math.min(asked, MOST_STEPS));
    if (most == 1 || !Chain.chainable(chain(most, identity()).launches(), bytes.length)) {
      return 1;
    }
    if (options.exchangeEvery() > 0 || parts.size() == 1) {
      return most;
    }
    Part middle = parts.get(parts.size() / 2);
    long reach = chain(2, identity()).reach(middle, bytes.length);
    long smallest = parts.stream().mapToLong(Part::size).min().orElse(1);
    return reach == 0
        ? most
        : (int) Math.clamp(1 + (long) (MOST_EXTRA * smallest / reach), 1, most);
  }

  private void job(Chain chain, Sizing.Cutting sized, int[] slotOf, Outcome outcome) {
    List<JobSpec.Launch> launches = new ArrayList<>();
    for (List<Argument> values : cuts.keySet()) {
      launches.add(
          new JobSpec.Launch(kernel.code(), kernel.name(), JobSpec.Shape.of(range), values));
    }
    JobPlan plan = JobPlan.of(chain, bytes, sized.parts());
    List<Content> contents = arrays.stream().map(SparkArray::content).toList();
    Job job = new Job(spark, plan, launches, bytes, contents, JobSpec.Settings.of(options.run()));
    boolean checkpoint =
        spark.context().getCheckpointDir().isPresent()
            && outcome.exchanges % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1;
    long start = System.nanoTime();
    Job.Result result = job.run(sized.executors(), checkpoint);
    outcome.add(result.reports(), System.nanoTime() - start);
    outcome.throwFailure(chain.cut().blank());
    List<Content> after = new ArrayList<>();
    for (int slot : slotOf) {
      after.add(result.contents().get(slot));
    }
    SparkArray.become(arrays, after);
  }

  /** What all jobs of the iteration reported. */
  static final class Outcome {
    private final List<PartReport> reports = new ArrayList<>();
    private int exchanges;
    private long nanos;

    void add(List<PartReport> more, long jobNanos) {
      reports.addAll(more);
      nanos += jobNanos;
    }

    void throwFailure(dev.heddle.runtime.run.Execution blank) {
      Merge.throwFailure(reports, blank);
    }

    SparkExecution execution(
        dev.heddle.runtime.run.Execution blank, Sizing.Cutting sized, List<String> losses) {
      return Merge.execution(reports, blank, losses, nanos, sized.parts().size(), exchanges);
    }
  }
}
