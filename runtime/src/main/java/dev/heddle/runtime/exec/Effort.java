package dev.heddle.runtime.exec;

/** What a kernel's runs have taken in this session, and how much of it went into trying views. */
final class Effort {
  /** Trying may take this part of what the runs take. */
  private static final double SHARE = 0.2;

  private double spentNanos;
  private double triedNanos;

  /** A run took so long. */
  synchronized void spent(double nanos) {
    spentNanos += nanos;
  }

  /** Trying a view took so much longer. */
  synchronized void tried(double nanos) {
    triedNanos += Math.max(0, nanos);
  }

  /** What trying may cost now. */
  synchronized double budgetNanos() {
    return SHARE * spentNanos - triedNanos;
  }
}
