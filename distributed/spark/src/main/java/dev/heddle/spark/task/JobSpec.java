package dev.heddle.spark.task;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that executors need to know of a job. It is broadcast once.
 *
 * @param parts what each partition does, by its number
 * @param cpuThreads worker threads of the CPU device; 0: as many as the task has cores
 */
public record JobSpec(
    List<Slot> slots, List<Launch> launches, List<Part> parts, Settings settings, int cpuThreads)
    implements Serializable {
  public JobSpec {
    slots = List.copyOf(slots);
    launches = List.copyOf(launches);
    parts = List.copyOf(parts);
  }

  /**
   * A buffer of the job.
   *
   * @param bytes size of the whole
   * @param source where executors find its content; null if it is handed to them in pieces
   * @param reduction how the copies of all parts are combined; null if they are not
   */
  public record Slot(long bytes, @Nullable Source source, @Nullable Combining reduction)
      implements Serializable {}

  /** An atomic operator and the type that it works on. */
  public record Combining(AtomicOp operator, Type type) implements Serializable {}

  /**
   * A launch of a kernel.
   *
   * @param code the program in the textual form of the IR
   * @param arguments one for each parameter
   */
  public record Launch(String code, String kernel, Shape shape, List<Argument> arguments)
      implements Serializable {
    public Launch {
      arguments = List.copyOf(arguments);
    }
  }

  /** The value of a parameter. */
  public sealed interface Argument extends Serializable {
    /** The low bits of a number. */
    record Scalar(long bits) implements Argument {}

    /** Bytes of a local array. */
    record Local(long bytes) implements Argument {}

    /** The buffer in that slot. */
    record Buffer(int slot) implements Argument {}

    /** A null pointer. */
    record Null() implements Argument {}
  }

  /** An {@link NDRange}. */
  public record Shape(List<Long> global, List<Long> offset, @Nullable List<Long> local)
      implements Serializable {
    public static Shape of(NDRange range) {
      return new Shape(range.global(), range.offset(), range.local().orElse(null));
    }

    NDRange range() {
      return new NDRange(global, offset, Optional.ofNullable(local));
    }
  }

  /** {@link RunOptions}. */
  public record Settings(
      DeviceSelector devices,
      SplitPolicy split,
      MathMode math,
      BoundsMode bounds,
      long timeoutNanos)
      implements Serializable {
    /** What Spark cancels must be stoppable: a run without a timeout is not. */
    private static final Duration FOREVER = Duration.ofDays(10_000);

    public static Settings of(RunOptions options) {
      return new Settings(
          options.devices(),
          options.split(),
          options.math(),
          options.bounds(),
          options.timeout().orElse(FOREVER).toNanos());
    }

    RunOptions options() {
      return RunOptions.DEFAULT
          .on(devices)
          .withSplit(split)
          .withMath(math)
          .withBounds(bounds)
          .withTimeout(Duration.ofNanos(timeoutNanos));
    }
  }

  /**
   * What one partition does: it fills windows, runs steps over them, one after the other, and gives
   * bytes of them.
   *
   * @param windows one for each slot
   */
  public record Part(List<Window> windows, List<Step> steps) implements Serializable {
    public Part {
      windows = List.copyOf(windows);
      steps = List.copyOf(steps);
    }
  }

  /**
   * The part of a slot that a partition holds.
   *
   * @param start where it begins, and {@code length}: its bytes; 0 if the slot is not used
   * @param needs the bytes that must be there before the first step
   * @param gives the bytes to hand over after the last
   */
  public record Window(long start, long length, List<Span> needs, List<Span> gives)
      implements Serializable {
    public Window {
      needs = List.copyOf(needs);
      gives = List.copyOf(gives);
    }
  }

  /**
   * A part of a launch.
   *
   * @param begin first work-item along the dimension of the split, and {@code end}: the one after
   *     the last; -1 and -1: the whole launch, which can't be split
   */
  public record Step(int launch, long begin, long end) implements Serializable {}
}
