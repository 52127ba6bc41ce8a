package dev.heddle.testkit.ptx;

/** PTX that is not of the known subset of the ISA, or breaks one of its rules. */
public final class PtxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PtxException(int line, String message) {
    super("line " + line + ": " + message);
  }
}
