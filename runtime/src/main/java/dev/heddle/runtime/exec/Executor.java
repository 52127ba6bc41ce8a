package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.WorkEstimate;
import dev.heddle.runtime.run.Cut;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Runs kernels: checks the arguments, holds the buffers, and has a {@link Run} do it. */
public final class Executor {
  private Executor() {}

  /** Runs a kernel and waits for its end. */
  public static Execution run(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    return run(engine, code, range, bindings, options, null);
  }

  /** Runs a part of a launch, or the whole of it for null, and waits for its end. */
  public static Execution run(
      Engine engine,
      KernelCode code,
      NDRange range,
      Bindings bindings,
      RunOptions options,
      @Nullable Part part) {
    long start = System.nanoTime();
    check(code, bindings);
    if (range.items() == 0 || (part != null && part.size() == 0)) {
      return nothing(code, range, options);
    }
    @Nullable Lock[] locks = lock(code, bindings);
    try {
      requireContents(code, bindings);
      if (options.redundant()) {
        requireWhole(code, part);
        return Redundant.run(engine, code, range, bindings, options, start);
      }
      Recorded.Plan plan = new Recorded.Plan();
      plan.begin();
      PreparedLaunch whole = engine.prepared(code, range, options, bindings);
      PreparedLaunch launch = part == null ? whole : whole.part(part);
      requireWindows(launch, bindings);
      Assignment assignment = Assigner.assign(engine, launch, bindings);
      plan.end(launch);
      Timeline timeline = engine.timeline();
      if (timeline != null) {
        timeline.add("host", "analyse and plan " + code.name(), start, System.nanoTime());
      }
      return new Run(engine, launch, bindings, assignment, start).execute();
    } finally {
      unlock(locks);
    }
  }

  /** What {@link #run} would do. */
  public static Execution plan(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    check(code, bindings);
    if (range.items() == 0) {
      return nothing(code, range, options);
    }
    if (options.redundant()) {
      return Redundant.plan(engine, code, range, bindings, options);
    }
    PreparedLaunch launch = engine.prepared(code, range, options, bindings);
    return Reports.plan(launch, Assigner.assign(engine, launch, bindings));
  }

  /** How a launch may be cut into parts; needs no device. */
  public static Cut cut(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    check(code, bindings);
    return engine.prepared(code, range, options, bindings).cut();
  }

  /** Whether a run could end with a fault of the kernel, as far as is known before. */
  public static boolean mayFault(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    return range.items() > 0 && engine.prepared(code, range, options, bindings).mayFault();
  }

  /** What a launch has to do. */
  public static WorkEstimate work(
      Engine engine, KernelCode code, NDRange range, Bindings bindings, RunOptions options) {
    return engine.prepared(code, range, options, bindings).facts().work();
  }

  private static Execution nothing(KernelCode code, NDRange range, RunOptions options) {
    return new Execution(
        code.name(),
        range,
        range.local(),
        options.math(),
        options.bounds(),
        true,
        List.of(),
        new dev.heddle.runtime.run.SplitReport(-1, false, List.of("there is nothing to do")),
        List.of(),
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of("the range is empty: nothing was run"),
        0);
  }

  private static void check(KernelCode code, Bindings bindings) {
    for (int i = 0; i < code.parameters(); i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      if (buffer == null) {
        continue;
      }
      buffer.requireOpen();
      if (buffer.readOnly() && code.writes(i)) {
        throw RunException.usage(
            code.name()
                + " writes "
                + code.function().parameters().get(i).name()
                + ", but its memory is read-only");
      }
    }
  }

  private static void requireWhole(KernelCode code, @Nullable Part part) {
    if (part != null) {
      throw RunException.usage(code.name() + ": a redundant run is of a whole launch, not a part");
    }
  }

  /** Windows of buffers must hold what the launch touches. */
  private static void requireWindows(PreparedLaunch launch, Bindings bindings) {
    for (int i = 0; i < launch.parameters(); i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      BufferUse use = launch.use(i);
      if (buffer == null || use == null || buffer.holds(0, buffer.bytes())) {
        continue;
      }
      long end = launch.units();
      Footprint.Window touched = Footprint.window(launch, use, 0, end);
      if (touched.bytes() > 0 && !buffer.holds(touched.begin(), touched.end())) {
        throw RunException.usage(
            "%s touches the bytes %,d to %,d of %s, which are not all in its window"
                .formatted(launch.code().name(), touched.begin(), touched.end(), use.name()));
      }
    }
  }

  private static void requireContents(KernelCode code, Bindings bindings) {
    for (int i = 0; i < code.parameters(); i++) {
      ManagedBuffer buffer = bindings.buffers()[i];
      if (buffer != null) {
        buffer.requireValid("used");
      }
    }
  }

  /** Locks each buffer once, for writing where any parameter writes it, in the order of numbers. */
  private static @Nullable Lock[] lock(KernelCode code, Bindings bindings) {
    int size = code.parameters();
    @Nullable ManagedBuffer[] order = bindings.buffers().clone();
    for (int i = 1; i < size; i++) {
      ManagedBuffer moving = order[i];
      int at = i;
      while (at > 0 && number(order[at - 1]) > number(moving)) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = moving;
    }
    @Nullable Lock[] locks = new Lock[size];
    for (int i = 0; i < size; i++) {
      ManagedBuffer buffer = order[i];
      if (buffer != null && (i == 0 || order[i - 1] != buffer)) {
        Lock lock =
            writes(code, bindings, buffer) ? buffer.lock().writeLock() : buffer.lock().readLock();
        lock.lock();
        locks[i] = lock;
      }
    }
    return locks;
  }

  private static long number(@Nullable ManagedBuffer buffer) {
    return buffer == null ? 0 : buffer.number();
  }

  private static boolean writes(KernelCode code, Bindings bindings, ManagedBuffer buffer) {
    for (int i = 0; i < code.parameters(); i++) {
      if (bindings.buffers()[i] == buffer && code.writes(i)) {
        return true;
      }
    }
    return false;
  }

  private static void unlock(@Nullable Lock[] locks) {
    for (int i = locks.length - 1; i >= 0; i--) {
      Lock lock = locks[i];
      if (lock != null) {
        lock.unlock();
      }
    }
  }
}
