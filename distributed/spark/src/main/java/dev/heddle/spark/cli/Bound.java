package dev.heddle.spark.cli;

import dev.heddle.cli.data.Binder;
import dev.heddle.cli.data.SourcedBuffer;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunRequest.Step;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.spark.SparkArguments;
import dev.heddle.spark.SparkArray;
import dev.heddle.spark.SparkKernel;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The values of a request, typed and checked, without a device or a cluster. */
final class Bound implements AutoCloseable {
  /** One launch of the request. */
  record BoundStep(Kernel kernel, NDRange range, Arguments arguments) {}

  private final Session session;
  private final Arena arena = Arena.ofShared();
  private final Binder binder;
  private final List<BoundStep> steps = new ArrayList<>();

  private Bound(RunRequest request, Program program) {
    this.session = Session.planning(List.of());
    this.binder = Binder.ofSources(request, session, arena);
    dev.heddle.runtime.api.Program kernels = session.program(program);
    for (Step step : request.steps()) {
      Kernel kernel = Runner.kernel(kernels, step);
      Arguments arguments = binder.bind(kernel, step);
      steps.add(new BoundStep(kernel, binder.range(kernel, step), arguments));
    }
    binder.requireAllUsed();
    requireBuffers(request);
  }

  static Bound of(RunRequest request, Program program) {
    return new Bound(request, program);
  }

  private void requireBuffers(RunRequest request) {
    Set<String> names = new HashSet<>();
    request.outputs().forEach(output -> names.add(output.name()));
    request
        .swaps()
        .forEach(
            swap -> {
              names.add(swap.a());
              names.add(swap.b());
            });
    for (String name : names) {
      if (!buffers().containsKey(name)) {
        throw new UsageException(
            "'%s' is not a buffer of this run; there are %s"
                .formatted(
                    name, buffers().isEmpty() ? "none" : String.join(", ", buffers().keySet())));
      }
    }
  }

  List<BoundStep> steps() {
    return steps;
  }

  Map<String, SourcedBuffer> buffers() {
    return binder.sourced();
  }

  /** The arguments of a step over the arrays of a cluster. */
  SparkArguments arguments(BoundStep step, SparkKernel kernel, Map<String, SparkArray> arrays) {
    SparkArguments arguments = kernel.arguments();
    List<Parameter> parameters = kernel.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      switch (parameters.get(i)) {
        case Parameter.Scalar scalar -> arguments.setBits(i, step.arguments().bits(i));
        case Parameter.Pointer pointer when pointer.root() instanceof Root.LocalParameter ->
            arguments.setLocal(i, step.arguments().bits(i));
        case Parameter.Pointer pointer -> {
          int position = i;
          binder
              .name(step.arguments(), i)
              .ifPresentOrElse(
                  name -> arguments.set(position, Objects.requireNonNull(arrays.get(name))),
                  () -> arguments.setNull(position));
        }
      }
    }
    return arguments;
  }

  @Override
  public void close() {
    session.close();
    arena.close();
  }
}
