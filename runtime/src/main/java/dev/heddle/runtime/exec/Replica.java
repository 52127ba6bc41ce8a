package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.runtime.exec.Run.Work;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole launch done by some devices on copies of the buffers that it writes, so that others can
 * do the same from the same inputs.
 */
final class Replica implements AutoCloseable {
  private final Engine engine;
  private final KernelCode code;
  private final NDRange range;
  private final RunOptions options;
  private final List<DeviceView> team;
  private final Bindings bindings;
  private final long startNanos;
  private final List<ManagedBuffer> copies = new ArrayList<>();
  private volatile @Nullable Run run;
  private @Nullable Execution execution;
  private @Nullable RunException failure;

  /** Copies what the launch writes; the caller holds the buffers' locks. */
  Replica(
      Engine engine,
      KernelCode code,
      NDRange range,
      Bindings originals,
      RunOptions options,
      List<DeviceView> team,
      long startNanos) {
    this.engine = engine;
    this.code = code;
    this.range = range;
    this.options = options.on(new DeviceSelector(team.stream().map(DeviceView::id).toList()));
    this.team = List.copyOf(team);
    this.startNanos = startNanos;
    this.bindings = new Bindings(originals.bits(), originals.buffers().clone());
    try {
      for (int i = 0; i < code.parameters(); i++) {
        if (code.writes(i)) {
          replace(originals.buffers()[i]);
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Puts a copy in all the places of a buffer, if it is not there yet. */
  private void replace(@Nullable ManagedBuffer original) {
    @Nullable ManagedBuffer copy = null;
    for (int i = 0; i < bindings.buffers().length; i++) {
      if (original != null && bindings.buffers()[i] == original) {
        copy = copy == null ? copy(original) : copy;
        bindings.buffers()[i] = copy;
      }
    }
  }

  private ManagedBuffer copy(ManagedBuffer original) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = HostMemory.allocate(arena, original.bytes());
      memory.copyFrom(original.read());
      ManagedBuffer copy = new ManagedBuffer(memory, arena, engine.views());
      copies.add(copy);
      return copy;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Runs; how it ended is asked afterwards. */
  void perform() {
    try {
      PreparedLaunch launch = engine.prepared(code, range, options, bindings);
      Assignment assignment = Assigner.assign(engine, launch, bindings);
      Run made = new Run(engine, launch, bindings, assignment, startNanos);
      run = made;
      execution = made.execute();
    } catch (RunException e) {
      failure = e;
    }
  }

  /** What {@link #perform} would do. */
  Execution plan() {
    PreparedLaunch launch = engine.prepared(code, range, options, bindings);
    return Reports.plan(launch, Assigner.assign(engine, launch, bindings));
  }

  /** Asks it to end early; its results then mean nothing. */
  void cancel() {
    Run present = run;
    if (present != null) {
      present.cancel();
    }
  }

  /** How it went; null if it failed. */
  @Nullable Execution execution() {
    return execution;
  }

  /** Why it failed; null if it did not. */
  @Nullable RunException failure() {
    return failure;
  }

  /** Whether a work-item did what it must not. */
  boolean faulted() {
    RunException present = failure;
    return present != null && present.kind() == RunException.Kind.KERNEL_FAULT;
  }

  /** Whether it failed for another reason than the kernel's own fault. */
  boolean failed() {
    return failure != null && !faulted();
  }

  /** The devices that were to do it. */
  List<DeviceView> views() {
    return team;
  }

  boolean tried(DeviceView view) {
    return team.contains(view);
  }

  /** Which device did which units. */
  List<Work> work() {
    Run present = run;
    return present == null ? List.of() : present.work();
  }

  /** What it made of the buffer of a parameter that is written. */
  MemorySegment content(int parameter) {
    ManagedBuffer buffer = bindings.buffers()[parameter];
    return buffer == null ? MemorySegment.NULL : buffer.read();
  }

  /** What it left there, though it failed. */
  MemorySegment remains(int parameter) {
    ManagedBuffer buffer = bindings.buffers()[parameter];
    return buffer == null ? MemorySegment.NULL : buffer.remains();
  }

  /** Takes over what another found for some bytes. */
  void correct(int parameter, ByteRange bytes, MemorySegment truth) {
    ManagedBuffer buffer = bindings.buffers()[parameter];
    if (buffer == null) {
      return;
    }
    MemorySegment own = buffer.write();
    for (long piece = 0; piece < bytes.count(); piece++) {
      long start = bytes.start() + piece * bytes.stride();
      MemorySegment.copy(truth, start, own, start, bytes.length());
    }
  }

  @Override
  public void close() {
    copies.forEach(ManagedBuffer::close);
  }
}
