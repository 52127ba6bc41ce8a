package dev.heddle.cli.bench;

import java.util.Arrays;
import java.util.List;

/**
 * A measured value. It was measured in several rounds, between which all others were measured, so
 * that the rounds tell how much it changes with time.
 *
 * @param median of all samples, and {@code low}, {@code high}: its 95 % interval
 * @param p10 a tenth of the samples are below, and {@code p90}: a tenth are above
 * @param samples how many there were
 * @param rounds the median of each round
 */
public record Measure(
    Subject subject,
    double median,
    double low,
    double high,
    double p10,
    double p90,
    int samples,
    List<Double> rounds) {
  /** Of the normal distribution, for 95 %. */
  private static final double QUANTILE = 1.96;

  public Measure {
    rounds = List.copyOf(rounds);
  }

  /** From the samples of each round; at least one round with at least one. */
  static Measure of(Subject subject, List<double[]> rounds) {
    double[] all = rounds.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    int n = all.length;
    // order statistics: the ranks between which the median lies
    double reach = QUANTILE * Math.sqrt(n) / 2;
    int low = Math.max(0, (int) Math.floor(n / 2.0 - reach) - 1);
    int high = Math.min(n - 1, (int) Math.ceil(n / 2.0 + reach));
    return new Measure(
        subject,
        median(all),
        all[low],
        all[high],
        all[n / 10],
        all[n - 1 - n / 10],
        n,
        rounds.stream().map(round -> median(sorted(round))).toList());
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  /** Half the interval's width, as a part of the median. */
  public double spread() {
    return (high - low) / 2 / median;
  }
}
