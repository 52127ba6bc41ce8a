package dev.heddle.runtime.api;

import java.util.List;

/** A comparison of a run's results with those of the reference interpreter, bit for bit. */
public final class ReferenceCheck {
  /** How a comparison ended. */
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    /** Too large to interpret whole, and not proven that a sample would tell. */
    NOT_VERIFIED
  }

  /**
   * What the comparison found.
   *
   * @param items work-items that were interpreted
   * @param bytes bytes compared
   * @param message one sentence for the user
   * @param mismatches the first few, one line each
   */
  public record Outcome(
      Verdict verdict, long items, long bytes, String message, List<String> mismatches) {
    public Outcome {
      mismatches = List.copyOf(mismatches);
    }
  }

  private ReferenceCheck() {}

  /** Interprets the kernel over the inputs as they were, and compares with what is there now. */
  public Outcome compare() {
    throw new UnsupportedOperationException();
  }
}
