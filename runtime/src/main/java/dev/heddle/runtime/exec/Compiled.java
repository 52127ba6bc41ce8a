package dev.heddle.runtime.exec;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Executable;
import org.jspecify.annotations.Nullable;

/** A variant on one device under one set of options: compiled when first asked for, once. */
final class Compiled {
  /** The tier under which the first launch of a process is predicted and learned. */
  static final String COLD = "cold";

  private final DeviceView view;
  private final Function function;
  private final CompileOptions options;
  private volatile @Nullable Executable executable;
  private volatile @Nullable DeviceException failure;
  private volatile String tier = COLD;
  private long nanos;

  Compiled(DeviceView view, Function function, CompileOptions options) {
    this.view = view;
    this.function = function;
    this.options = options;
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

  void ran(String newTier) {
    tier = newTier;
  }

  synchronized void close() {
    Executable present = executable;
    if (present != null && view.lost().isEmpty()) {
      present.close();
    }
    executable = null;
  }
}
