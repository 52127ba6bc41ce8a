package dev.heddle.testkit.ptx;

import java.util.Objects;

/** What stops a launch while it runs. */
public final class PtxFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** As CUDA_ERROR_ILLEGAL_ADDRESS. */
    ILLEGAL_ADDRESS,
    /** As CUDA_ERROR_MISALIGNED_ADDRESS. */
    MISALIGNED_ADDRESS,
    /** The trap instruction; as CUDA_ERROR_LAUNCH_FAILED. */
    TRAP,
    /** More instructions than the launch may take, or threads that wait for each other for ever. */
    HANG,
    /** The kernel depends on what the ISA does not define; hardware would go on with some value. */
    UNDEFINED
  }

  private final Kind kind;

  PtxFault(Kind kind, String message) {
    super(kind + ": " + message);
    this.kind = kind;
  }

  /** The same with the place where it happened. */
  PtxFault at(Statement statement, String thread) {
    PtxFault fault =
        new PtxFault(
            kind,
            Objects.requireNonNull(getMessage()).substring(kind.name().length() + 2)
                + " at line "
                + statement.line()
                + ", "
                + statement.text()
                + " (source line "
                + statement.sourceLine()
                + "), "
                + thread);
    fault.initCause(this);
    return fault;
  }

  public Kind kind() {
    return kind;
  }
}
