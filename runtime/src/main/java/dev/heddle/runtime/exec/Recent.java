package dev.heddle.runtime.exec;

/**
 * The last two times that a launch took on a view, each as the logarithm of the measured over the
 * predicted. What other programs do only ever makes work slower: the next is predicted to take the
 * shorter of the two.
 *
 * @param learnedAs what the predictions were made from
 * @param tier which code ran
 */
record Recent(String learnedAs, String tier, double last, double before) {
  double mean() {
    return Math.min(last, before);
  }

  /** With one more. */
  Recent then(double residual) {
    return new Recent(learnedAs, tier, residual, last);
  }

  /** Whether it is about that code, and predictions as they are made now. */
  boolean holds(DeviceView view, String otherTier) {
    return tier.equals(otherTier) && learnedAs.equals(view.learnedAs());
  }
}
