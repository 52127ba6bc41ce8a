package dev.heddle.runtime.run;

import dev.heddle.compiler.diagnostic.HeddleException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that could not be made or did not end well. The message is written for the user. */
public final class RunException extends HeddleException {
  /** What sort of failure it is. */
  public enum Kind {
    /** Arguments, sizes or options that do not fit the kernel. */
    USAGE,
    /** A device selector that matches nothing. */
    NO_SUCH_DEVICE,
    /** No selected device could compile the kernel. */
    COMPILE,
    /** A work-item did what it must not: access out of bounds, division by zero, lost barrier. */
    KERNEL_FAULT,
    OUT_OF_MEMORY,
    TIMEOUT,
    /** A device failed, and its work could not be given to another. */
    DEVICE_LOST,
    /** Two devices gave different bits, and nothing could tell which are right. */
    MISMATCH,
    CANCELLED
  }

  private final Kind kind;
  private final transient @Nullable Execution execution;

  public RunException(
      Kind kind, String message, @Nullable Execution execution, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.execution = execution;
  }

  public RunException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  public static RunException usage(String message) {
    return new RunException(Kind.USAGE, message);
  }

  public Kind kind() {
    return kind;
  }

  /** What ran until then, if anything did; after a kernel fault always present. */
  public Optional<Execution> execution() {
    return Optional.ofNullable(execution);
  }
}
