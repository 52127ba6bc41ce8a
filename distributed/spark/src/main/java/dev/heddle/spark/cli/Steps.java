package dev.heddle.spark.cli;

import dev.heddle.cli.data.NamedData;
import dev.heddle.cli.data.SourcedBuffer;
import dev.heddle.cli.run.Expectation;
import dev.heddle.cli.run.OutputResult;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.StepResult;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunRequest.Output;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.npy.NpyFile;
import dev.heddle.runtime.run.Execution;
import dev.heddle.spark.HeddleSpark;
import dev.heddle.spark.SparkArray;
import dev.heddle.spark.SparkExecution;
import dev.heddle.spark.SparkKernel;
import dev.heddle.spark.cli.Bound.BoundStep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs the steps of a request over a cluster, and gathers the results. */
final class Steps {
  private final HeddleSpark spark;
  private final Bound bound;
  private final RunRequest request;
  private final List<SparkKernel> kernels;
  private final Map<String, SparkArray> arrays = new LinkedHashMap<>();

  Steps(HeddleSpark spark, Bound bound, RunRequest request, Program program) {
    this.spark = spark;
    this.bound = bound;
    this.request = request;
    this.kernels =
        bound.steps().stream()
            .map(step -> spark.program(program).kernel(step.kernel().name()))
            .toList();
    for (SourcedBuffer buffer : bound.buffers().values()) {
      long size = buffer.source().bytes() / buffer.element().type().bytes();
      arrays.put(
          buffer.name(), spark.array(buffer.element(), size, new LoadedSource(buffer.source())));
    }
  }

  /**
   * Runs all.
   *
   * @param openedNanos what it took Spark to start
   */
  RunResult run(long openedNanos) {
    List<StepResult> steps = bound.steps().size() == 1 ? List.of(iterated()) : inTurn();
    try (Arena arena = Arena.ofShared()) {
      List<OutputResult> outputs =
          request.outputs().stream().map(output -> output(output, arena)).toList();
      Path file = Path.of(request.sources().getFirst().name()).toAbsolutePath();
      Path folder = Objects.requireNonNull(file.getParent());
      List<Expectation.Outcome> expectations =
          request.expectations().stream()
              .map(text -> Expectation.parse(text, folder).check(name -> content(name, arena)))
              .toList();
      List<String> remarks = new ArrayList<>(spark.remarks());
      remarks.add("Spark took %.1f s to start".formatted(openedNanos / 1e9));
      return new RunResult(steps, outputs, List.of(), expectations, remarks, List.of());
    }
  }

  /** One kernel, any number of times: blocks stay on the executors. */
  private StepResult iterated() {
    BoundStep step = bound.steps().getFirst();
    List<SparkKernel.Swap> swaps =
        request.swaps().stream()
            .map(swap -> new SparkKernel.Swap(array(swap.a()), array(swap.b())))
            .toList();
    SparkKernel kernel = kernels.getFirst();
    SparkExecution execution =
        kernel.iterate(
            step.range(),
            bound.arguments(step, kernel, arrays),
            request.iterations(),
            swaps,
            spark.options());
    return new StepResult(noted(execution), request.iterations(), Optional.empty());
  }

  private List<StepResult> inTurn() {
    List<StepResult> results = new ArrayList<>();
    for (int iteration = 0; iteration < request.iterations(); iteration++) {
      if (iteration > 0) {
        request.swaps().forEach(swap -> array(swap.a()).swap(array(swap.b())));
      }
      for (int i = 0; i < kernels.size(); i++) {
        BoundStep step = bound.steps().get(i);
        SparkExecution execution =
            kernels
                .get(i)
                .run(step.range(), bound.arguments(step, kernels.get(i), arrays), spark.options());
        StepResult result = new StepResult(noted(execution), 1, Optional.empty());
        if (iteration == 0) {
          results.add(result);
        } else {
          results.set(i, results.get(i).plus(result));
        }
      }
    }
    return results;
  }

  private static Execution noted(SparkExecution execution) {
    Execution whole = execution.execution();
    List<String> notes = new ArrayList<>();
    long executors = execution.shares().stream().map(share -> share.executor()).distinct().count();
    notes.add(
        "%d part%s on %d executor%s%s"
            .formatted(
                execution.parts(),
                execution.parts() == 1 ? "" : "s",
                executors,
                executors == 1 ? "" : "s",
                execution.exchanges() == 0
                    ? ""
                    : ", blocks exchanged " + execution.exchanges() + " times"));
    notes.addAll(whole.notes());
    return whole.withOutcome(
        whole.devices(), whole.faults(), notes, whole.printed(), whole.totalNanos());
  }

  private SparkArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private OutputResult output(Output output, Arena arena) {
    SourcedBuffer buffer = Objects.requireNonNull(bound.buffers().get(output.name()));
    Optional<String> file = output.file();
    if (file.isEmpty()) {
      NamedData content = content(output.name(), arena);
      return new OutputResult(output.name(), content.width(), content.summary(), file);
    }
    array(output.name()).save(Path.of(file.get()));
    MemorySegment saved = NpyFile.open(Path.of(file.get()), arena).data();
    NamedData content = new NamedData(output.name(), buffer.element(), buffer.width(), saved);
    return new OutputResult(output.name(), content.width(), content.summary(), file);
  }

  private NamedData content(String name, Arena arena) {
    SourcedBuffer buffer = bound.buffers().get(name);
    if (buffer == null) {
      throw new UsageException(
          "'%s' is not a buffer of this run; there are %s"
              .formatted(name, String.join(", ", bound.buffers().keySet())));
    }
    MemorySegment memory = arena.allocate(buffer.source().bytes(), 64);
    array(name).read(memory);
    return new NamedData(name, buffer.element(), buffer.width(), memory);
  }
}
