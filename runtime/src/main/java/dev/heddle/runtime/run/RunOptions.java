package dev.heddle.runtime.run;

import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a kernel.
 *
 * @param devices which devices may take part
 * @param split how they share the work
 * @param math where the bits of floating-point results come from
 * @param bounds what an access out of bounds does
 * @param timeout when to give up; empty: never
 * @param redundant whether two different devices do every chunk, and their bits are compared
 */
public record RunOptions(
    DeviceSelector devices,
    SplitPolicy split,
    MathMode math,
    BoundsMode bounds,
    Optional<Duration> timeout,
    boolean redundant) {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  public static final RunOptions DEFAULT =
      new RunOptions(
          DeviceSelector.ALL,
          SplitPolicy.AUTO,
          MathMode.REPRODUCIBLE,
          BoundsMode.TRAP,
          Optional.empty(),
          false);

  public RunOptions {
    Objects.requireNonNull(devices);
    Objects.requireNonNull(split);
    Objects.requireNonNull(math);
    Objects.requireNonNull(bounds);
    if (timeout.isPresent() && !timeout.get().isPositive()) {
      throw RunException.usage("a timeout must be longer than 0");
    }
  }

  public RunOptions on(DeviceSelector selector) {
    return new RunOptions(selector, split, math, bounds, timeout, redundant);
  }

  /** The same on the devices that {@code selector} names, as in {@link DeviceSelector#parse}. */
  public RunOptions on(String selector) {
    return on(DeviceSelector.parse(selector));
  }

  public RunOptions withSplit(SplitPolicy policy) {
    return new RunOptions(devices, policy, math, bounds, timeout, redundant);
  }

  public RunOptions withMath(MathMode mode) {
    return new RunOptions(devices, split, mode, bounds, timeout, redundant);
  }

  public RunOptions withBounds(BoundsMode mode) {
    return new RunOptions(devices, split, math, mode, timeout, redundant);
  }

  public RunOptions withTimeout(Duration limit) {
    return new RunOptions(devices, split, math, bounds, Optional.of(limit), redundant);
  }

  /** The same with every chunk done by one device or by two. */
  public RunOptions withRedundancy(boolean twice) {
    return new RunOptions(devices, split, math, bounds, timeout, twice);
  }

  /**
   * The same for a run that may be cancelled by interrupting its thread: one with a timeout can be
   * interrupted while it waits for its devices.
   */
  public RunOptions cancellable() {
    return timeout.isPresent() ? this : withTimeout(FOREVER);
  }

  /** What a device needs to know of this. */
  public CompileOptions compileOptions() {
    return new CompileOptions(math, bounds);
  }
}
