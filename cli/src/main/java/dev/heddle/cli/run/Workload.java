package dev.heddle.cli.run;

import dev.heddle.cli.data.Binder;
import dev.heddle.cli.data.NamedData;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The run that a kernel file's header describes, with buffers of its own, ready to be repeated. */
public final class Workload implements AutoCloseable {
  /** One launch of it. */
  public record Launch(Kernel kernel, NDRange range, Arguments arguments, RunRequest.Step step) {}

  private final Arena arena = Arena.ofShared();
  private final RunRequest request;
  private final Program program;
  private final Binder binder;
  private final List<Launch> launches = new ArrayList<>();

  /**
   * @param values the words {@code NAME=VALUE} that win over the header's
   */
  public Workload(Path file, List<String> values, Session session) {
    this(request(file, values), session);
  }

  private Workload(RunRequest request, Session session) {
    this(
        request,
        session.program(OpenClCompiler.compile(request.sources(), request.frontend())),
        session);
  }

  /** A run of a program that is compiled already. */
  public Workload(RunRequest request, Program program, Session session) {
    this.request = request;
    this.program = program;
    binder = Binder.of(request, session, arena);
    for (RunRequest.Step step : request.steps()) {
      Kernel kernel =
          step.kernel().map(program::kernel).orElseGet(() -> program.kernels().getFirst());
      launches.add(new Launch(kernel, binder.range(kernel, step), binder.bind(kernel, step), step));
    }
  }

  /** A file's own run, with those words over it. */
  public static RunRequest request(Path file, List<String> values) {
    List<String> words = new ArrayList<>(List.of(file.toString()));
    words.addAll(values);
    return RunRequest.of(RunWords.parse(words));
  }

  /** What it runs. */
  public RunRequest request() {
    return request;
  }

  /** The compiled sources. */
  public Program program() {
    return program;
  }

  /** Bytes in its buffers. */
  public long bytes() {
    return binder.bytes();
  }

  /** Its launches, in order. */
  public List<Launch> launches() {
    return launches;
  }

  /** Runs all launches, in order. */
  public List<Execution> run(RunOptions options) {
    List<Execution> executions = new ArrayList<>(launches.size());
    for (Launch launch : launches) {
      executions.add(launch.kernel().run(launch.range(), launch.arguments(), options));
    }
    return executions;
  }

  /** What a buffer holds now. */
  public NamedData content(String buffer) {
    return binder.content(buffer);
  }

  /** Puts other bytes into a buffer. */
  public void overwrite(String buffer, MemorySegment content) {
    binder.overwrite(buffer, content);
  }

  /** Frees the buffers. */
  @Override
  public void close() {
    binder.close();
    arena.close();
  }
}
