package dev.heddle.runtime.api;

import dev.heddle.runtime.exec.Reference;
import java.util.List;

/**
 * A comparison of a run's results with those of the reference interpreter, bit for bit. It holds
 * copies of what the kernel may write until it is closed.
 */
public final class ReferenceCheck implements AutoCloseable {
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

  private final Reference reference;

  ReferenceCheck(Reference reference) {
    this.reference = reference;
  }

  /** Interprets the kernel over the inputs as they were, and compares with what is there now. */
  public Outcome compare() {
    Reference.Result result = reference.compare();
    return new Outcome(
        verdict(result), result.items(), result.bytes(), result.message(), result.mismatches());
  }

  private static Verdict verdict(Reference.Result result) {
    if (!result.comparable()) {
      return Verdict.NOT_VERIFIED;
    }
    return result.different() == 0 ? Verdict.EQUAL : Verdict.DIFFERENT;
  }

  @Override
  public void close() {
    reference.close();
  }
}
