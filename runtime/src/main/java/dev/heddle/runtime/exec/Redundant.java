package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.print.PrintBuffer;
import dev.heddle.runtime.exec.Differences.Range;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Redundancy;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A redundant run: two teams of devices do the launch on copies of what it writes, at the same
 * time. Where their bits differ, {@link Settlement} finds out who is right. The buffers themselves
 * are written once all is settled.
 */
final class Redundant {
  private final Engine engine;
  private final KernelCode code;
  private final NDRange range;
  private final Bindings bindings;
  private final RunOptions options;
  private final long startNanos;
  private final PreparedLaunch launch;

  private Redundant(
      Engine engine,
      KernelCode code,
      NDRange range,
      Bindings bindings,
      RunOptions options,
      long startNanos) {
    this.engine = engine;
    this.code = code;
    this.range = range;
    this.bindings = bindings;
    this.options = options.withRedundancy(false);
    this.startNanos = startNanos;
    this.launch = engine.prepared(code, range, this.options, bindings);
  }

  /** Runs; the caller holds the buffers' locks. */
  static Execution run(
      Engine engine,
      KernelCode code,
      NDRange range,
      Bindings bindings,
      RunOptions options,
      long startNanos) {
    check(options);
    return new Redundant(engine, code, range, bindings, options, startNanos).execute();
  }

  /** What {@link #run} would do. */
  static Execution plan(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    check(options);
    return new Redundant(engine, code, range, bindings, options, 0).plan();
  }

  private static void check(RunOptions options) {
    if (options.math() == MathMode.FAST) {
      throw RunException.usage(
          "a redundant run compares bits, and fast math has other bits on every device;"
              + " use --math reproducible");
    }
    if (options.split() instanceof SplitPolicy.Shares) {
      throw RunException.usage(
          "in a redundant run two devices do every chunk: shares by hand do not say which;"
              + " use --split auto");
    }
  }

  private Teams teams() {
    return Teams.of(launch, Assigner.assign(engine, launch, bindings));
  }

  private Execution plan() {
    Teams teams = teams();
    Execution first = plan(teams.first());
    Execution second = plan(teams.second());
    return merged(first, second, notes(teams, Stream.of(first, second)), 0);
  }

  private Execution plan(List<DeviceView> team) {
    try (Replica replica = replica(team)) {
      return replica.plan();
    }
  }

  private Replica replica(List<DeviceView> team) {
    return new Replica(engine, code, range, bindings, options, team, startNanos);
  }

  private Execution execute() {
    Teams teams = teams();
    try (Replica first = replica(teams.first());
        Replica second = replica(teams.second())) {
      together(first, second);
      for (Replica replica : List.of(first, second)) {
        rethrowUnlessDeviceFailed(replica);
      }
      if (first.failed() || second.failed()) {
        return withSubstitute(teams, first, second);
      }
      return settled(teams, first, second);
    }
  }

  private void together(Replica first, Replica second) {
    Future<?> other = engine.threads().submit(second::perform);
    boolean interrupted = false;
    try {
      first.perform();
    } finally {
      RunException failure = first.failure();
      boolean ended = failure != null && failure.kind() == RunException.Kind.CANCELLED;
      if (ended) {
        interrupted = Thread.interrupted();
        second.cancel();
      }
      interrupted |= join(other, second);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new RunException(RunException.Kind.CANCELLED, code.name() + " was cancelled");
    }
  }

  /** Waits for the other team, whatever happens; whether this thread was interrupted meanwhile. */
  private static boolean join(Future<?> other, Replica second) {
    boolean interrupted = false;
    while (true) {
      try {
        other.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        second.cancel();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException("the second team: " + e.getCause(), e);
      }
    }
  }

  /** Only that a device failed can be made good by another. */
  private static void rethrowUnlessDeviceFailed(Replica replica) {
    RunException failure = replica.failure();
    if (failure == null || replica.faulted()) {
      return;
    }
    switch (failure.kind()) {
      case USAGE, TIMEOUT, CANCELLED, MISMATCH -> throw failure;
      case NO_SUCH_DEVICE, COMPILE, OUT_OF_MEMORY, DEVICE_LOST, KERNEL_FAULT -> {}
    }
  }

  /** One team failed; devices that have done nothing yet take its place. */
  private Execution withSubstitute(Teams teams, Replica first, Replica second) {
    Replica good = first.failed() ? second : first;
    RunException failure = (first.failed() ? first : second).failure();
    if (good.failed() || failure == null) {
      throw java.util.Objects.requireNonNull(first.failure());
    }
    List<String> busy = good.views().stream().map(DeviceView::id).toList();
    for (DeviceView view : teams.able()) {
      boolean fresh = view.lost().isEmpty() && !busy.contains(view.id());
      if (!fresh || first.tried(view) || second.tried(view)) {
        continue;
      }
      try (Replica substitute = replica(List.of(view))) {
        substitute.perform();
        rethrowUnlessDeviceFailed(substitute);
        if (!substitute.failed()) {
          return settled(teams, good, substitute);
        }
      }
    }
    throw new RunException(
        failure.kind(),
        code.name()
            + " could not be done on two devices, so its result is not checked and not kept: "
            + failure.getMessage(),
        null,
        failure);
  }

  private Execution settled(Teams teams, Replica first, Replica second) {
    try {
      return settle(teams, first, second);
    } catch (RunException e) {
      if (e.kind() == RunException.Kind.KERNEL_FAULT && PrintBuffer.isUsedBy(parameters())) {
        keepPrinted(first.faulted() ? first : second);
      }
      throw e;
    }
  }

  private List<Parameter> parameters() {
    return code.function().parameters();
  }

  /** What was printed until the fault is all that remains of such a run. */
  private void keepPrinted(Replica faulted) {
    int buffer = parameters().size() - 2;
    ManagedBuffer kept = bindings.buffers()[buffer];
    if (kept != null) {
      kept.write().copyFrom(faulted.remains(buffer));
    }
  }

  private Execution settle(Teams teams, Replica first, Replica second) {
    if (first.faulted() && second.faulted()) {
      throw java.util.Objects.requireNonNull(first.failure());
    }
    Differences differences = new Differences(launch, bindings);
    Settlement settlement = new Settlement(engine, launch, bindings, differences, this::replica);
    List<Redundancy.Dispute> disputes = settlement.settle(first, second, teams.able());
    Replica right = settlement.result();
    commit(differences, right);
    Execution one = execution(first, second);
    Execution other = execution(second, first);
    List<String> notes = notes(teams, Stream.of(one, other));
    return merged(one, other, notes, System.nanoTime() - startNanos)
        .withRedundancy(new Redundancy(range.items(), bytes(differences), disputes));
  }

  /** Its own; a team that saw a fault which was none has no account of its own. */
  private static Execution execution(Replica replica, Replica other) {
    @Nullable Execution own = replica.execution();
    return own != null ? own : java.util.Objects.requireNonNull(other.execution());
  }

  private void commit(Differences differences, Replica right) {
    for (int parameter : differences.written()) {
      ManagedBuffer buffer = bindings.buffers()[parameter];
      if (buffer != null) {
        buffer.write().copyFrom(right.content(parameter));
      }
    }
  }

  private long bytes(Differences differences) {
    long bytes = 0;
    for (int parameter : differences.written()) {
      for (ByteRange written : differences.bytes(parameter, new Range(0, launch.units()))) {
        bytes += written.bytes();
      }
    }
    return bytes;
  }

  private static List<String> notes(Teams teams, Stream<Execution> executions) {
    List<String> notes =
        new ArrayList<>(
            executions.flatMap(execution -> execution.notes().stream()).distinct().toList());
    if (teams.oneChip()) {
      notes.add(
          Stream.concat(teams.first().stream(), teams.second().stream())
                  .map(DeviceView::id)
                  .collect(Collectors.joining(" and "))
              + " are one chip: comparing them finds faults of drivers and compilers, of the chip"
              + " only some");
    }
    return notes;
  }

  private static Execution merged(
      Execution first, Execution second, List<String> notes, long totalNanos) {
    List<DeviceShare> shares = new ArrayList<>(first.devices());
    if (first != second) {
      shares.addAll(second.devices());
    }
    List<Execution.Retry> retries = new ArrayList<>(first.retries());
    if (first != second) {
      retries.addAll(second.retries());
    }
    return new Execution(
        first.kernel(),
        first.range(),
        first.localSize(),
        first.math(),
        first.bounds(),
        first.reproducible(),
        first.unproven(),
        first.split(),
        shares,
        Math.max(first.predictedNanos(), second.predictedNanos()),
        first.bestSingle(),
        List.of(),
        retries,
        notes,
        totalNanos);
  }
}
