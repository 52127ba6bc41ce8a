package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Comparison.Candidate;
import dev.heddle.cli.bench.Subject.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much measures differ from one run to the next though nothing has changed: what others on the
 * machine do, where memory came to lie, which code the JVM compiled. The measures of one section
 * and device do much the same, so that how far apart their changes lie tells it; a change that they
 * share does not count.
 *
 * @param deviation of the logarithms, estimated from quantiles, which few real changes do not move:
 *     from that of a half, or of nine tenths where a few differ more than most
 * @param freedom of that estimate
 */
record Scatter(double deviation, int freedom) {
  /** Fewer measures of a sort say little. */
  private static final int FEW = 3;

  /** Where a half and nine tenths of a normal distribution's absolute values lie. */
  private static final double HALF = 0.6745;

  private static final double MOST = 1.645;

  /** What values are worth to a quantile, compared to the standard deviation itself. */
  private static final double EFFICIENCY = 0.37;

  /**
   * Of how runs differ large values are likelier than those of a normal distribution: another
   * program that takes a core for some seconds doubles the times of a few measures in all rounds.
   */
  private static final int MOST_FREEDOM = 5;

  /**
   * Compile times differ so much, as logarithms, between two runs in which nothing has changed: by
   * how much of the compiler the JVM has compiled itself in the moments before. All rounds of a run
   * are alike in that, and there are too few such measures to tell it from them.
   */
  private static final double COMPILING = 0.8;

  static Scatter of(List<Candidate> candidates) {
    Function<Candidate, String> sort =
        candidate -> candidate.subject().section() + " " + candidate.subject().device();
    List<Double> apart = new ArrayList<>();
    Collection<List<Candidate>> sorts =
        candidates.stream().collect(Collectors.groupingBy(sort)).values();
    int counted = 0;
    for (List<Candidate> alike : sorts) {
      if (alike.size() >= FEW) {
        double middle = quantile(alike.stream().map(Candidate::logRatio).toList(), 0.5);
        alike.forEach(candidate -> apart.add(Math.abs(candidate.logRatio() - middle)));
        counted++;
      }
    }
    return apart.isEmpty()
        ? new Scatter(0, 1)
        : new Scatter(
            Math.max(quantile(apart, 0.5) / HALF, quantile(apart, 0.9) / MOST),
            freedom(apart.size() - counted));
  }

  private static int freedom(int values) {
    return Math.clamp((int) (EFFICIENCY * values), 1, MOST_FREEDOM);
  }

  /** The value that a part of all lies below, between two of them if need be. */
  private static double quantile(List<Double> values, double part) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double rank = part * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** As uncertain as its rounds say, and as runs differ; Welch's freedom of the two. */
  Candidate widen(Candidate candidate) {
    double within = candidate.error() * candidate.error();
    double least = candidate.subject().section() == Section.COMPILE ? COMPILING : 0;
    double apart = Math.max(deviation, least);
    double between = apart * apart;
    double sum = within + between;
    if (sum == 0) {
      return candidate;
    }
    double newFreedom =
        sum * sum / (within * within / candidate.freedom() + between * between / freedom);
    return new Candidate(candidate.subject(), candidate.logRatio(), Math.sqrt(sum), newFreedom);
  }
}
