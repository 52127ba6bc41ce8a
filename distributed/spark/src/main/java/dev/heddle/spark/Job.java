package dev.heddle.spark;

import dev.heddle.runtime.run.Reduction;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.plan.JobPlan;
import dev.heddle.spark.plan.Layout;
import dev.heddle.spark.task.JobSpec;
import dev.heddle.spark.task.JobSpec.Combining;
import dev.heddle.spark.task.Output;
import dev.heddle.spark.task.PartReport;
import dev.heddle.spark.task.PartRunner;
import dev.heddle.spark.task.Piece;
import dev.heddle.spark.task.Source;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Runs a planned job: one task for each part. */
final class Job {
  /**
   * What a job left.
   *
   * @param contents for each slot what it holds now; where the job did not write, what it held
   * @param reports one for each part, in order
   */
  record Result(List<Content> contents, List<PartReport> reports) {}

  private final HeddleSpark spark;
  private final JavaSparkContext context;
  private final JobPlan plan;
  private final List<Content> contents;
  private final JobSpec spec;

  /**
   * @param bytes the size of each slot, and {@code contents}: what it holds
   */
  Job(
      HeddleSpark spark,
      JobPlan plan,
      List<JobSpec.Launch> launches,
      long[] bytes,
      List<Content> contents,
      JobSpec.Settings settings) {
    this.spark = spark;
    this.context = spark.context();
    this.plan = plan;
    this.contents = contents;
    List<JobSpec.Slot> slots = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      slots.add(new JobSpec.Slot(bytes[i], source(contents.get(i)), plan.reductions().get(i)));
    }
    this.spec = new JobSpec(slots, launches, plan.parts(), settings, spark.cpuThreads());
  }

  private static @Nullable Source source(Content content) {
    return switch (content) {
      case Content.Sourced sourced -> sourced.source();
      case Content.Spread spread -> null;
    };
  }

  /**
   * Runs it to the end.
   *
   * @param executors for each part where it should run; empty: anywhere
   * @param checkpoint whether the outputs are saved in the checkpoint folder, and what they were
   *     made from is forgotten
   * @throws RunException if a part failed, or Spark gave up
   */
  Result run(List<String> executors, boolean checkpoint) {
    int parts = plan.parts().size();
    Broadcast<JobSpec> job = context.broadcast(spec);
    JavaPairRDD<Integer, Output> inputs = inputs(parts, executors);
    Content.Outputs outputs =
        new Content.Outputs(
            JavaPairRDD.fromJavaRDD(
                JavaPairRDD.toRDD(inputs)
                    .toJavaRDD()
                    .mapPartitionsWithIndex(
                        (number, entries) -> run(job.value(), number, entries), true)));
    if (checkpoint) {
      outputs.rdd().checkpoint();
    }
    boolean kept = false;
    try {
      List<PartReport> reports = spark.actions().reports(outputs, spec);
      List<Content> after = new ArrayList<>();
      for (int slot = 0; slot < contents.size(); slot++) {
        after.add(after(outputs, slot));
      }
      kept = after.stream().anyMatch(c -> c instanceof Content.Spread s && s.outputs() == outputs);
      return new Result(after, reports);
    } finally {
      if (!kept) {
        outputs.rdd().unpersist(false);
      }
    }
  }

  private static Iterator<Tuple2<Integer, Output>> run(
      JobSpec job, int number, Iterator<Tuple2<Integer, Output>> entries) {
    Iterator<Output> outputs = PartRunner.run(job, number, new PieceIterator(entries));
    List<Tuple2<Integer, Output>> keyed = new ArrayList<>();
    outputs.forEachRemaining(output -> keyed.add(new Tuple2<>(number, output)));
    return keyed.iterator();
  }

  private record PieceIterator(Iterator<Tuple2<Integer, Output>> entries)
      implements Iterator<Piece> {
    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public Piece next() {
      return (Piece) entries.next()._2();
    }
  }

  private JavaPairRDD<Integer, Output> inputs(int parts, List<String> executors) {
    List<JavaPairRDD<Integer, Output>> brought = new ArrayList<>();
    for (int slot = 0; slot < contents.size(); slot++) {
      if (contents.get(slot) instanceof Content.Spread spread) {
        List<Layout.Route> routes = spread.layout().routes(plan.needs(slot));
        brought.addAll(Shuffle.bring(context, spread.pieces(), routes, slot, parts));
      }
    }
    if (brought.isEmpty()) {
      return JavaPairRDD.fromRDD(
          new PartsRdd<Output>(context.sc(), parts, executors),
          scala.reflect.ClassTag$.MODULE$.apply(Integer.class),
          scala.reflect.ClassTag$.MODULE$.apply(Output.class));
    }
    // all are partitioned alike: a union keeps partitions side by side
    JavaPairRDD<Integer, Output> all = brought.getFirst();
    for (JavaPairRDD<Integer, Output> next : brought.subList(1, brought.size())) {
      all = all.union(next);
    }
    return all;
  }

  private Content after(Content.Outputs outputs, int slot) {
    Combining reduction = plan.reductions().get(slot);
    Layout layout = plan.layouts().get(slot);
    if (reduction != null) {
      return combined(outputs, slot, reduction);
    }
    return layout == null ? contents.get(slot) : new Content.Spread(outputs, slot, layout);
  }

  /** What the slot held before, combined with the copies of all parts. */
  private Content combined(Content.Outputs outputs, int slot, Combining reduction) {
    long bytes = spec.slots().get(slot).bytes();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw RunException.usage(
          "a buffer of %,d bytes that atomics update is too large to be combined".formatted(bytes));
    }
    byte[] all = new byte[(int) bytes];
    contents.get(slot).read(MemorySegment.ofArray(all));
    Map<Long, byte[]> sums =
        outputs
            .rdd()
            .values()
            .filter(output -> SparkArray.isPieceOf(output, slot))
            .mapToPair(output -> new Tuple2<>(((Piece) output).start(), ((Piece) output).content()))
            .reduceByKey((a, b) -> combine(reduction, a, b))
            .collectAsMap();
    sums.forEach(
        (start, sum) ->
            Reduction.combine(
                reduction.operator(),
                reduction.type(),
                MemorySegment.ofArray(all).asSlice(start, sum.length),
                MemorySegment.ofArray(sum)));
    return new Content.Sourced(new Source.Bytes(all));
  }

  private static byte[] combine(Combining reduction, byte[] a, byte[] b) {
    byte[] sum = a.clone();
    Reduction.combine(
        reduction.operator(),
        reduction.type(),
        MemorySegment.ofArray(sum),
        MemorySegment.ofArray(b));
    return sum;
  }

  /** The reports in the order of the parts. */
  static List<PartReport> sorted(List<Output> outputs) {
    return outputs.stream()
        .map(output -> (PartReport) Objects.requireNonNull(output))
        .sorted(Comparator.comparingInt(PartReport::part))
        .toList();
  }
}
