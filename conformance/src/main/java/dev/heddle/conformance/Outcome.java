package dev.heddle.conformance;

import java.util.List;

/**
 * How a case went on one device or split.
 *
 * @param checked values whose bits were compared
 * @param mismatches values that differ from the reference
 * @param findings the first few of them in words, or what the device said when it failed
 * @param reason why it was skipped, else empty
 */
public record Outcome(
    Verdict verdict, long checked, long mismatches, List<String> findings, String reason) {
  /** How a case ended. */
  public enum Verdict {
    PASSED,
    /** Some bits differ, or the device failed. */
    FAILED,
    SKIPPED
  }

  public Outcome {
    findings = List.copyOf(findings);
  }

  /** All bits are equal. */
  public static Outcome passed(long checked) {
    return new Outcome(Verdict.PASSED, checked, 0, List.of(), "");
  }

  /** Some differ. */
  public static Outcome different(long checked, long mismatches, List<String> findings) {
    return new Outcome(Verdict.FAILED, checked, mismatches, findings, "");
  }

  /** The device could not do it. */
  public static Outcome failed(String why) {
    return new Outcome(Verdict.FAILED, 0, 0, List.of(why), "");
  }

  /** It does not apply. */
  public static Outcome skipped(String why) {
    return new Outcome(Verdict.SKIPPED, 0, 0, List.of(), why);
  }
}
