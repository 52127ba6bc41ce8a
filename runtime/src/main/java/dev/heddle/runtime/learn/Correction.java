package dev.heddle.runtime.learn;

/**
 * What experience says about predictions of one sort: the mean of the logarithm of measured over
 * predicted times, and its spread. A robust, exponentially weighted mean: no measurement is
 * dropped, but a single wild one moves it little, and two in a row start it anew.
 *
 * @param mean of log(measured / predicted)
 * @param sigma standard deviation of that
 * @param samples number of measurements since it began
 * @param outliers measurements in a row that were off by more than half
 */
public record Correction(double mean, double sigma, int samples, int outliers) {
  /** No experience. */
  public static final Correction NONE = new Correction(0, 0.25, 0, 0);

  private static final double WILD = Math.log(1.5);
  private static final double LEAST_WEIGHT = 0.3;
  private static final double LEAST_AVERAGE_WEIGHT = 0.05;
  private static final double SPREAD_WEIGHT = 0.2;
  private static final double LEAST_SIGMA = 0.01;

  public Correction {
    if (!Double.isFinite(mean) || !(sigma >= 0) || samples < 0 || outliers < 0) {
      throw new IllegalArgumentException("correction " + mean + ", " + sigma);
    }
  }

  /** The same, with a factor of no more than {@code most}. */
  public Correction atMost(double most) {
    return new Correction(Math.min(mean, Math.log(most)), sigma, samples, outliers);
  }

  /** The same with another spread. */
  public Correction withSigma(double newSigma) {
    return new Correction(mean, newSigma, samples, outliers);
  }

  /** What to multiply predictions with. */
  public double factor() {
    return Math.exp(mean);
  }

  /**
   * With one more measurement; both times must be over 0.
   *
   * @param spread standard deviation of that logarithm over the parts of what was measured: of work
   *     that is spread unevenly no part tells much about the next
   */
  public Correction learn(double predictedNanos, double measuredNanos, double spread) {
    Correction learned = learn(Math.log(measuredNanos / predictedNanos));
    return new Correction(
        learned.mean, Math.max(spread, learned.sigma), learned.samples, learned.outliers);
  }

  /**
   * With one more measurement of other kernels: they differ, so that each counts as much as the
   * others, however far off it is.
   */
  Correction average(double predictedNanos, double measuredNanos) {
    double residual = Math.log(measuredNanos / predictedNanos);
    double difference = samples == 0 ? 0 : residual - mean;
    double weight = Math.max(LEAST_AVERAGE_WEIGHT, 1.0 / (samples + 1));
    double variance = (1 - weight) * (sigma * sigma + weight * difference * difference);
    return new Correction(
        samples == 0 ? residual : mean + weight * difference,
        samples == 0 ? NONE.sigma : Math.max(LEAST_SIGMA, Math.sqrt(variance)),
        Math.min(samples + 1, Integer.MAX_VALUE - 1),
        0);
  }

  /** The same, but for what it says of the mean. */
  public Correction withMean(double newMean) {
    return new Correction(newMean, sigma, samples, outliers);
  }

  private Correction learn(double residual) {
    if (samples == 0) {
      return new Correction(residual, NONE.sigma, 1, 0);
    }
    double difference = residual - mean;
    if (Math.abs(difference) > WILD) {
      return wild(residual, difference);
    }
    return step(difference, 0);
  }

  private Correction wild(double residual, double difference) {
    if (outliers > 0) {
      return new Correction(residual, NONE.sigma, 1, 0);
    }
    return step(Math.copySign(WILD, difference), 1);
  }

  private Correction step(double difference, int newOutliers) {
    double weight = Math.max(LEAST_WEIGHT, 1.0 / (samples + 1));
    double variance = (1 - SPREAD_WEIGHT) * sigma * sigma + SPREAD_WEIGHT * difference * difference;
    return new Correction(
        mean + weight * difference,
        Math.max(LEAST_SIGMA, Math.sqrt(variance)),
        Math.min(samples + 1, Integer.MAX_VALUE - 1),
        newOutliers);
  }
}
