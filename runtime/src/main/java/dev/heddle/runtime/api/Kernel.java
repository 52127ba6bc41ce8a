package dev.heddle.runtime.api;

import dev.heddle.compiler.analysis.WorkEstimate;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.compiler.print.PrintBuffer;
import dev.heddle.runtime.exec.Executor;
import dev.heddle.runtime.exec.KernelCode;
import dev.heddle.runtime.exec.Reference;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A kernel that can be run on the devices of its session. */
public final class Kernel {
  private final Session session;
  private final dev.heddle.compiler.ir.Program program;
  private final String name;
  private final List<Parameter> parameters;
  private final int bound;
  private volatile @Nullable KernelCode reproducible;
  private volatile @Nullable KernelCode fast;

  Kernel(Session session, dev.heddle.compiler.ir.Program program, String name) {
    this.session = session;
    this.program = program;
    this.name = name;
    List<Parameter> all = program.function(name).orElseThrow().parameters();
    this.bound = all.size();
    this.parameters = PrintBuffer.isUsedBy(all) ? List.copyOf(all.subList(0, all.size() - 2)) : all;
  }

  public String name() {
    return name;
  }

  /** The signature. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Whether it calls {@code printf}. */
  public boolean prints() {
    return bound > parameters.size();
  }

  /** Number of values to bind, those that the runtime adds included. */
  int bound() {
    return bound;
  }

  /** The code after all passes, with math functions expanded. */
  public Function function() {
    return code(MathMode.REPRODUCIBLE).function();
  }

  KernelCode code(MathMode math) {
    return switch (math) {
      case REPRODUCIBLE -> {
        KernelCode present = reproducible;
        yield present == null ? prepare(math) : present;
      }
      case FAST -> {
        KernelCode present = fast;
        yield present == null ? prepare(math) : present;
      }
    };
  }

  private synchronized KernelCode prepare(MathMode math) {
    KernelCode present = math == MathMode.FAST ? fast : reproducible;
    if (present != null) {
      return present;
    }
    KernelCode made =
        new KernelCode(Pipeline.prepare(program, name, math == MathMode.REPRODUCIBLE));
    if (math == MathMode.FAST) {
      fast = made;
    } else {
      reproducible = made;
    }
    return made;
  }

  /** Room for the arguments of this kernel, none set. */
  public Arguments arguments() {
    return new Arguments(this);
  }

  /**
   * Runs it and waits for the end.
   *
   * @throws RunException if it can't be run, or faults; the kind says why
   */
  public Execution run(NDRange range, Arguments arguments, RunOptions options) {
    arguments.require(this);
    arguments.awaitEarlier();
    return runNow(range, arguments, options);
  }

  /**
   * Starts a run and does not wait for it. Runs are ordered by their buffers alone: this one
   * follows those that write what it uses or use what it writes; runs on other buffers overlap. The
   * arguments may be changed as soon as this returns. Cancelling the result ends the run; what it
   * wrote then means nothing.
   */
  public CompletableFuture<Execution> start(
      NDRange range, Arguments arguments, RunOptions options) {
    arguments.require(this);
    Arguments kept = arguments.copy();
    RunOptions watched = options.cancellable();
    return session.asyncRuns().start(kept.uses(), () -> runNow(range, kept, watched));
  }

  /**
   * Runs a part of a launch and waits for the end. Its work-items see the ids and sizes of the
   * whole range, so that all parts together compute the bits of one run. Buffers may be windows
   * ({@link Session#window}) that hold what the part touches; one that is updated by atomics must
   * be whole, and holds what this part adds to what it held.
   *
   * @throws RunException if it can't be run, or faults; USAGE where {@link #cut} forbids it
   */
  public Execution run(NDRange range, Part part, Arguments arguments, RunOptions options) {
    arguments.require(this);
    arguments.awaitEarlier();
    return runNow(range, part, arguments, options);
  }

  /** How a launch may be cut into parts. Needs the sizes of the buffers, not what they hold. */
  public Cut cut(NDRange range, Arguments arguments, RunOptions options) {
    arguments.require(this);
    return Executor.cut(
        session.engine(), code(options.math()), range, arguments.bindings(range), options);
  }

  /** The same, whatever was started earlier. */
  Execution runNow(NDRange range, Arguments arguments, RunOptions options) {
    return runNow(range, null, arguments, options);
  }

  /** The same, whatever was started earlier. */
  Execution runNow(NDRange range, @Nullable Part part, Arguments arguments, RunOptions options) {
    try {
      Execution execution =
          Executor.run(
              session.engine(),
              code(options.math()),
              range,
              arguments.bindings(range),
              options,
              part);
      return prints()
          ? execution.withPrinted(arguments.printed().text(range, program.texts()))
          : execution;
    } catch (RunException e) {
      throw prints() ? withPrinted(e, range, arguments) : e;
    }
  }

  /** A fault together with what was printed until the run ended; other failures as they are. */
  private RunException withPrinted(RunException failure, NDRange range, Arguments arguments) {
    Printed printed = arguments.printed();
    printed.end();
    if (failure.execution().isEmpty()) {
      return failure;
    }
    try {
      return new RunException(
          failure.kind(),
          String.valueOf(failure.getMessage()),
          failure.execution().get().withPrinted(printed.text(range, program.texts())),
          failure);
    } catch (RunException lost) {
      return failure;
    }
  }

  /** What {@link #run} would do, without running anything. */
  public Execution plan(NDRange range, Arguments arguments, RunOptions options) {
    arguments.require(this);
    return Executor.plan(
        session.engine(), code(options.math()), range, arguments.bindings(range), options);
  }

  /** What a launch has to do, as planning sees it. */
  public WorkEstimate work(NDRange range, Arguments arguments, RunOptions options) {
    arguments.require(this);
    return Executor.work(
        session.engine(), code(options.math()), range, arguments.bindings(range), options);
  }

  /** Whether a run could end with a fault, as far as is known before. */
  boolean mayFault(NDRange range, Arguments arguments, RunOptions options) {
    return Executor.mayFault(
        session.engine(), code(options.math()), range, arguments.bindings(range), options);
  }

  /** Compiles it for every device of the session; the ids of those that refuse it, and why. */
  public Map<String, String> refusals() {
    return session.engine().refusals(code(MathMode.REPRODUCIBLE), RunOptions.DEFAULT);
  }

  /**
   * Remembers the present inputs, so that the result of the run that follows can be compared with
   * the reference interpreter's.
   */
  public ReferenceCheck referenceCheck(NDRange range, Arguments arguments, RunOptions options) {
    arguments.require(this);
    return new ReferenceCheck(
        new Reference(
            session.engine(), code(options.math()), range, arguments.bindings(range), options));
  }

  Session session() {
    return session;
  }
}
