package dev.heddle.conformance;

import dev.heddle.runtime.run.Execution;
import java.util.Optional;

/** Tells whether a run that was to be split was. */
public final class SplitCheck {
  private SplitCheck() {}

  /** Why one device did all of the work; empty if several took part. */
  public static Optional<String> ranAlone(Execution execution) {
    long working = execution.devices().stream().filter(share -> share.items() > 0).count();
    if (working > 1) {
      return Optional.empty();
    }
    return Optional.of(
        execution.split().proven()
            ? "too small to be split"
            : "not proven to be splittable: " + String.join("; ", execution.split().reasons()));
  }
}
