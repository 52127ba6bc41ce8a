package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Subject.Section;
import java.util.List;

/**
 * Whether a report's measures were warm: on a machine that has no time for the JVM's compilers many
 * of them become much faster from the first rounds to the last, and what they say is of the
 * machine.
 */
final class Warmth {
  /** A measure that ends with less than this part of what it began with was not warm. */
  private static final double COOLER = 0.67;

  /** Of measures of a quiet machine up to a quarter are so by chance. */
  private static final double MOST_COLD = 1.0 / 3;

  private static final int LEAST_ROUNDS = 4;

  private Warmth() {}

  static boolean cold(Baseline report) {
    List<Measure> told =
        report.measures().stream()
            .filter(measure -> measure.subject().section() != Section.YARDSTICK)
            .filter(measure -> measure.rounds().size() >= LEAST_ROUNDS)
            .toList();
    return told.stream().filter(Warmth::cold).count() > MOST_COLD * told.size();
  }

  private static boolean cold(Measure measure) {
    List<Double> rounds = measure.rounds();
    int n = rounds.size();
    double begin = Math.sqrt(rounds.get(0) * rounds.get(1));
    double end = Math.sqrt(rounds.get(n - 2) * rounds.get(n - 1));
    double left = measure.subject().unit().moreIsBetter() ? begin / end : end / begin;
    return left < COOLER;
  }
}
