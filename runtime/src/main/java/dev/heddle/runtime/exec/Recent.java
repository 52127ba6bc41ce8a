package dev.heddle.runtime.exec;

/**
 * The last two times that a launch took on a view, each as the logarithm of the measured over the
 * predicted. What other programs do only ever makes work slower: the next is predicted to take the
 * shorter of the two.
 *
 * @param learnedAs what the predictions were made from
 * @param tier which code ran
 * @param least what it takes undisturbed, as far as was seen: falls at once, rises slowly
 */
record Recent(String learnedAs, String tier, double last, double before, double least) {
  /** By this part of the difference the least time rises with each run. */
  private static final double RISE = 0.1;

  /** What a single run may add to it at most, before that. */
  private static final double WILD = Math.log(1.5);

  /** The first. */
  static Recent first(DeviceView view, String tier, double residual) {
    return new Recent(view.learnedAs(), tier, residual, residual, residual);
  }

  double mean() {
    return Math.min(last, before);
  }

  /** With one more. */
  Recent then(double residual) {
    double more = RISE * Math.clamp(residual - least, 0, WILD);
    return new Recent(learnedAs, tier, residual, last, Math.min(least + more, residual));
  }

  /** Whether it is about that code, and predictions as they are made now. */
  boolean holds(DeviceView view, String otherTier) {
    return tier.equals(otherTier) && learnedAs.equals(view.learnedAs());
  }
}
