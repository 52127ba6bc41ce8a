package dev.heddle.cli.run;

import dev.heddle.cli.data.Binder;
import dev.heddle.cli.data.NamedData;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunRequest.Output;
import dev.heddle.cli.spec.RunRequest.Step;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.ReferenceCheck;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.npy.NpyFile;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.Timeline;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs or plans a request. */
public final class Runner implements AutoCloseable {
  private static final int WARM_UP_RUNS = 3;
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  private record Launch(Kernel kernel, Step step) {}

  private final RunRequest request;
  private final Session session;
  private final boolean ownsSession;
  private final Arena arena = Arena.ofShared();
  private final List<Launch> launches;
  private final Binder binder;
  private final StringBuilder printed = new StringBuilder();

  private Runner(RunRequest request, Session session, boolean ownsSession, Program program) {
    this.request = request;
    this.session = session;
    this.ownsSession = ownsSession;
    this.binder = Binder.of(request, session, arena);
    this.launches =
        request.steps().stream().map(step -> new Launch(kernel(program, step), step)).toList();
  }

  /**
   * Compiles the sources and opens the devices.
   *
   * @param warnings takes what the compiler has to say of a program that compiles
   */
  public static Runner open(RunRequest request, Consumer<Diagnostic> warnings) {
    Opening opening =
        new Opening(
            SessionOptions.DEFAULT
                .withCpuThreads(request.cpuThreads())
                .on(request.options().devices())
                .inAHurry());
    try {
      dev.heddle.compiler.ir.Program code =
          OpenClCompiler.compile(request.sources(), request.frontend(), warnings);
      return new Runner(request, opening.session(), true, opening.session().program(code));
    } catch (RuntimeException e) {
      opening.session().close();
      throw e;
    }
  }

  /** The same on the devices of a session that stays open. */
  public static Runner on(Session session, RunRequest request, Consumer<Diagnostic> warnings) {
    dev.heddle.compiler.ir.Program code =
        OpenClCompiler.compile(request.sources(), request.frontend(), warnings);
    return new Runner(request, session, false, session.program(code));
  }

  /** The kernel that a step names, or the only one there is. */
  public static Kernel kernel(Program program, Step step) {
    if (step.kernel().isPresent()) {
      return program.kernel(step.kernel().get());
    }
    List<Kernel> kernels = program.kernels();
    if (kernels.size() == 1) {
      return kernels.getFirst();
    }
    throw new UsageException(
        kernels.isEmpty()
            ? "there is no kernel in the sources; a kernel is a __kernel void function"
            : "there are several kernels; choose one with -k: "
                + kernels.stream().map(Kernel::name).collect(Collectors.joining(", ")));
  }

  /** Which devices were left out since admitting them takes long, one sentence each. */
  public List<String> leftOut() {
    return session.postponed();
  }

  /** Ids of the devices whose speed is only assumed, if this run used them as they are. */
  private List<String> unmeasured() {
    return request.cpuThreads() > 0
        ? List.of()
        : session.devices().stream()
            .map(DeviceInfo::id)
            .filter(device -> !session.profile(device).measured())
            .toList();
  }

  /** What would be run where. Steps that need the results of others are planned all the same. */
  public List<Execution> plan() {
    List<Execution> plans = new ArrayList<>();
    for (Launch launch : launches) {
      Arguments arguments = binder.bind(launch.kernel(), launch.step());
      NDRange range = binder.range(launch.kernel(), launch.step());
      plans.add(launch.kernel().plan(range, arguments, request.options()));
    }
    binder.requireAllUsed();
    return plans;
  }

  /** What the kernels have printed so far, a run that failed included, in the order of time. */
  public String printed() {
    return printed.toString();
  }

  /** Runs all steps, as often as asked, and gathers the results. */
  public RunResult run() {
    Timeline timeline = new Timeline();
    if (request.trace().isPresent()) {
      session.note(timeline);
    }
    List<StepResult> steps = once();
    List<OutputResult> outputs = outputs();
    List<Expectation.Outcome> expectations =
        request.expectations().stream().map(this::expectation).toList();
    List<List<StepResult>> samples = samples();
    request.trace().ifPresent(file -> ChromeTrace.write(file, timeline.spans()));
    return new RunResult(
        samples.isEmpty() ? steps : typical(samples, steps),
        outputs,
        samples.stream().map(Runner::nanos).toList(),
        expectations,
        leftOut(),
        unmeasured());
  }

  /** The run of median time, with what the first run's comparisons found. */
  private static List<StepResult> typical(List<List<StepResult>> samples, List<StepResult> first) {
    List<StepResult> median =
        samples.stream()
            .sorted(Comparator.comparingLong(Runner::nanos))
            .toList()
            .get(samples.size() / 2);
    List<StepResult> typical = new ArrayList<>();
    for (int i = 0; i < median.size(); i++) {
      typical.add(new StepResult(median.get(i).execution(), 1, first.get(i).check()));
    }
    return typical;
  }

  private static long nanos(List<StepResult> steps) {
    return steps.stream().mapToLong(step -> step.execution().totalNanos()).sum();
  }

  private List<StepResult> once() {
    List<StepResult> steps = new ArrayList<>();
    for (int iteration = 0; iteration < request.iterations(); iteration++) {
      if (iteration > 0) {
        request.swaps().forEach(binder::swap);
      }
      for (int i = 0; i < launches.size(); i++) {
        StepResult result = launch(launches.get(i), request.verify());
        printed.append(result.execution().printed());
        if (iteration == 0) {
          steps.add(result);
        } else {
          steps.set(i, steps.get(i).plus(result));
        }
      }
      if (iteration == 0) {
        binder.requireAllUsed();
      }
    }
    return steps;
  }

  private StepResult launch(Launch launch, boolean verify) {
    Arguments arguments = binder.bind(launch.kernel(), launch.step());
    NDRange range = binder.range(launch.kernel(), launch.step());
    Optional<ReferenceCheck> check =
        verify
            ? Optional.of(launch.kernel().referenceCheck(range, arguments, request.options()))
            : Optional.empty();
    Execution execution = run(launch.kernel(), range, arguments);
    return new StepResult(execution, 1, check.map(ReferenceCheck::compare));
  }

  /** Where a device is missing, the user is told what was left out and what would mend it. */
  private Execution run(Kernel kernel, NDRange range, Arguments arguments) {
    try {
      return kernel.run(range, arguments, request.options());
    } catch (RunException e) {
      e.execution().map(Execution::printed).ifPresent(printed::append);
      if (e.kind() != RunException.Kind.NO_SUCH_DEVICE || session.notes().isEmpty()) {
        throw e;
      }
      throw new RunException(
          e.kind(), e.getMessage() + "; " + String.join("; ", session.notes()), null, e);
    }
  }

  /** Timed runs after warm-up. They come last, since they go on changing what they update. */
  private List<List<StepResult>> samples() {
    List<List<StepResult>> samples = new ArrayList<>();
    if (request.repeats() == 0) {
      return samples;
    }
    long warmedAt = System.nanoTime() + WARM_UP_NANOS;
    for (int i = 0; i < WARM_UP_RUNS || System.nanoTime() < warmedAt; i++) {
      timed();
    }
    for (int i = 0; i < request.repeats(); i++) {
      samples.add(timed());
    }
    return samples;
  }

  private List<StepResult> timed() {
    return launches.stream().map(launch -> launch(launch, false)).toList();
  }

  private List<OutputResult> outputs() {
    return request.outputs().stream().map(this::output).toList();
  }

  private OutputResult output(Output output) {
    NamedData content = binder.content(output.name());
    output
        .file()
        .ifPresent(
            file ->
                NpyFile.write(
                    Path.of(file), content.element(), List.of(content.count()), content.data()));
    return new OutputResult(output.name(), content.width(), content.summary(), output.file());
  }

  private Expectation.Outcome expectation(String text) {
    Path folder = Path.of(request.sources().getFirst().name()).toAbsolutePath().getParent();
    // a file always lies in a folder
    return Expectation.parse(text, Objects.requireNonNull(folder)).check(binder::content);
  }

  @Override
  public void close() {
    if (ownsSession) {
      session.close();
    } else {
      binder.close();
    }
    arena.close();
  }
}
