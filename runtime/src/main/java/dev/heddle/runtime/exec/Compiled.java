package dev.heddle.runtime.exec;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceInfo;
import dev.heddle.runtime.spi.Executable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A variant on one device under one set of options: compiled when first asked for, once. */
final class Compiled {
  /** The tier under which the first launch of a process is predicted and learned. */
  static final String COLD = "cold";

  /** Code that has run for so long gets no faster. */
  private static final double WARM_NANOS = 3e9;

  private final DeviceView view;
  private final Function function;
  private final CompileOptions options;
  private volatile @Nullable Executable executable;
  private volatile @Nullable DeviceException failure;
  private volatile String tier = COLD;
  private volatile double ranNanos;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private long nanos;

  Compiled(DeviceView view, Function function, CompileOptions options) {
    this.view = view;
    this.function = function;
    this.options = options;
  }

  /** Whether the caller is the first who wants to compile it in the background. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /** Whether asking for it takes no time. */
  boolean ready() {
    return executable != null;
  }

  /**
   * The code, compiled now if it is not there.
   *
   * @throws DeviceException if the device can't take the kernel; the same each time
   */
  Executable get() {
    Executable present = executable;
    return present == null ? compile() : present;
  }

  private synchronized Executable compile() {
    DeviceException before = failure;
    if (before != null) {
      throw before;
    }
    Executable present = executable;
    if (present != null) {
      return present;
    }
    long start = System.nanoTime();
    try {
      present = view.device().compile(function, options);
    } catch (DeviceException e) {
      failure = e;
      throw e;
    } finally {
      nanos = System.nanoTime() - start;
    }
    executable = present;
    return present;
  }

  /** Why the device can't take the kernel, if that is known. */
  @Nullable DeviceException failure() {
    return failure;
  }

  /** Time that compiling took. */
  synchronized long nanos() {
    return nanos;
  }

  /** Which code ran last, {@link #COLD} before the first launch. */
  String tier() {
    return tier;
  }

  /** It ran for so long. */
  synchronized void ran(String newTier, double nanos) {
    tier = newTier;
    ranNanos += nanos;
  }

  /** The code that is expected to run in the long run. */
  String warmTier() {
    @Nullable String promised = view.info().properties().get(DeviceInfo.WARM_TIER);
    if (promised != null && ranNanos < WARM_NANOS) {
      return promised;
    }
    return tier.equals(COLD) ? view.info().backend() : tier;
  }

  /** The code that is expected to run in the long run, of a kernel that has not run there. */
  static String warmTier(DeviceView view) {
    return view.info().properties().getOrDefault(DeviceInfo.WARM_TIER, view.info().backend());
  }

  synchronized void close() {
    Executable present = executable;
    if (present != null && view.lost().isEmpty()) {
      present.close();
    }
    executable = null;
  }
}
