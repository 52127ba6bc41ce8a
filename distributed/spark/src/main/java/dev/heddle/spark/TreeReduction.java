package dev.heddle.spark;

import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.runtime.api.LiftedLambda;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.spark.plan.JobPlan;
import dev.heddle.spark.plan.Layout;
import dev.heddle.spark.task.JobSpec;
import dev.heddle.spark.task.JobSpec.Argument;
import dev.heddle.spark.task.Source;
import dev.heddle.spark.task.Span;
import dev.heddle.spark.task.Spans;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Combines all elements of an array in the tree in which a session does it: 64 strided lanes in
 * each block of 4096 elements, binary trees over lanes and blocks. The lanes are computed where the
 * blocks lie; one task then does the trees, over a 64th of the elements.
 */
final class TreeReduction {
  private static final int BLOCK = 4096;
  private static final int LANES = 64;

  private final HeddleSpark spark;
  private final Object function;
  private final ElementType element;

  private TreeReduction(HeddleSpark spark, Object function, ElementType element) {
    this.spark = spark;
    this.function = function;
    this.element = element;
  }

  static Object reduce(HeddleSpark spark, Object function, SparkArray values, Object identity) {
    if (values.size() == 0) {
      return identity;
    }
    TreeReduction reduction = new TreeReduction(spark, function, values.element());
    try (SparkArray lanes = reduction.lanes(values, identity)) {
      return reduction.tree(lanes);
    }
  }

  private SparkArray lanes(SparkArray values, Object identity) {
    LiftedLambda lambda = LiftedLambda.of(function, new KernelShape.ReduceLanes(element));
    SparkKernel kernel = spark.program(lambda.program()).kernel(lambda.name());
    long items = Math.ceilDiv(values.size(), BLOCK) * LANES;
    SparkArray lanes = spark.zeroes(element, items);
    SparkArguments arguments = kernel.arguments();
    arguments.set(0, values).set(1, lanes).setBits(2, LiftedLambda.bits(identity));
    capture(lambda, kernel, arguments);
    kernel.run(NDRange.of(items), arguments, spark.options());
    return lanes;
  }

  /** Captured numbers, the parameters after those of the shape. */
  private static void capture(LiftedLambda lambda, SparkKernel kernel, SparkArguments arguments) {
    for (int i = 0; i < kernel.parameters().size(); i++) {
      int position = i;
      lambda.value(i).ifPresent(value -> arguments.setBits(position, LiftedLambda.bits(value)));
    }
  }

  /** One job of one part: a launch for each level of the tree. */
  private Object tree(SparkArray lanes) {
    LiftedLambda lambda = LiftedLambda.of(function, new KernelShape.ReducePairs(element));
    SparkKernel kernel = spark.program(lambda.program()).kernel(lambda.name());
    List<Long> levels = levels(lanes.size());
    int width = element.type().bytes();
    long[] bytes = levels.stream().mapToLong(size -> size * width).toArray();
    List<Content> contents = new ArrayList<>();
    List<JobSpec.Launch> launches = new ArrayList<>();
    List<JobSpec.Window> windows = new ArrayList<>();
    List<JobSpec.Step> steps = new ArrayList<>();
    for (int level = 0; level < bytes.length; level++) {
      List<Span> whole = Spans.normal(List.of(new Span(0, bytes[level])));
      boolean last = level == bytes.length - 1;
      contents.add(level == 0 ? lanes.content() : new Content.Sourced(new Source.Zeroes()));
      windows.add(
          new JobSpec.Window(
              0, bytes[level], level == 0 ? whole : List.of(), last ? whole : List.of()));
      if (level > 0) {
        launches.add(launch(lambda, kernel, level, levels.get(level)));
        steps.add(new JobSpec.Step(level - 1, -1, -1));
      }
    }
    List<Layout> layouts = new ArrayList<>(Collections.nCopies(bytes.length, null));
    layouts.set(bytes.length - 1, new Layout(List.of(windows.getLast().gives())));
    JobPlan plan =
        new JobPlan(
            List.of(new JobSpec.Part(windows, steps)),
            layouts,
            Collections.nCopies(bytes.length, null));
    Job.Result result =
        new Job(spark, plan, launches, bytes, contents, JobSpec.Settings.of(spark.options().run()))
            .run(List.of(), false);
    byte[] root = new byte[width];
    Content content = result.contents().getLast();
    content.acquire();
    content.read(MemorySegment.ofArray(root));
    content.release();
    return element(root);
  }

  private static List<Long> levels(long lanes) {
    List<Long> levels = new ArrayList<>(List.of(lanes));
    while (levels.getLast() > 1) {
      levels.add((levels.getLast() + 1) / 2);
    }
    return levels;
  }

  private static JobSpec.Launch launch(
      LiftedLambda lambda, SparkKernel kernel, int level, long items) {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      arguments.add(
          switch (kernel.parameters().get(i)) {
            case Parameter.Pointer pointer -> new Argument.Buffer(level - 1 + i);
            case Parameter.Scalar scalar ->
                new Argument.Scalar(LiftedLambda.bits(lambda.value(i).orElseThrow()));
          });
    }
    return new JobSpec.Launch(
        kernel.code(), kernel.name(), JobSpec.Shape.of(NDRange.of(items)), arguments);
  }

  private Object element(byte[] bits) {
    ByteBuffer buffer = ByteBuffer.wrap(bits).order(ByteOrder.nativeOrder());
    return switch (element) {
      case FLOAT -> buffer.getFloat();
      case DOUBLE -> buffer.getDouble();
      case INT -> buffer.getInt();
      case LONG -> buffer.getLong();
      case BOOL, CHAR, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(element.text());
    };
  }
}
