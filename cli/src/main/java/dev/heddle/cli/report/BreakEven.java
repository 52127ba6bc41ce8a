package dev.heddle.cli.report;

import dev.heddle.cli.bench.Measure;
import dev.heddle.cli.bench.Report;
import dev.heddle.cli.bench.Subject;
import dev.heddle.cli.bench.Subject.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** From which size on one device is faster than another. */
final class BreakEven {
  /**
   * The times of two devices at one size.
   *
   * @param gain logarithm of the other's time over the one's: over 0 where the one is faster
   */
  private record Pair(double size, double gain) {
    Pair swapped() {
      return new Pair(size, -gain);
    }
  }

  private BreakEven() {}

  /** A sentence for each pair of devices. */
  static String text(Report report, List<String> devices, String kernel) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      for (int j = i + 1; j < devices.size(); j++) {
        sentences.add(text(report, kernel, devices.get(i), devices.get(j)));
      }
    }
    return String.join(" ", sentences);
  }

  private static String text(Report report, String kernel, String one, String other) {
    List<Pair> pairs = pairs(report, kernel, one, other);
    if (pairs.isEmpty()) {
      return "";
    }
    return pairs.getLast().gain() > 0
        ? text(one, other, pairs)
        : text(other, one, pairs.stream().map(Pair::swapped).toList());
  }

  private static String text(String winner, String loser, List<Pair> pairs) {
    double from = from(pairs);
    return from <= pairs.getFirst().size()
        ? winner + " is faster than " + loser + " at every size measured."
        : String.format(
            Locale.ROOT,
            "%s is faster than %s from about %,.0f work-items.",
            winner,
            loser,
            rounded(from));
  }

  /** To two digits: between two sizes measured it is an interpolation. */
  private static double rounded(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Math.rint(value / power) * power;
  }

  /** By size, where both were measured. */
  private static List<Pair> pairs(Report report, String kernel, String one, String other) {
    List<Pair> pairs = new ArrayList<>();
    for (Measure a : times(report, kernel, one)) {
      for (Measure b : times(report, kernel, other)) {
        if (a.subject().x() == b.subject().x()) {
          pairs.add(new Pair(a.subject().x(), Math.log(b.median() / a.median())));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::size));
    return pairs;
  }

  private static List<Measure> times(Report report, String kernel, String device) {
    return report.of(Section.BREAK_EVEN).stream()
        .filter(
            measure -> {
              Subject subject = measure.subject();
              return subject.name().equals(kernel) && subject.device().equals(device);
            })
        .toList();
  }

  /** The size from which the gain is over 0 at all larger ones, between the two around it. */
  private static double from(List<Pair> pairs) {
    Pair above = pairs.getLast();
    for (Pair pair : pairs.reversed()) {
      if (pair.gain() < 0) {
        double part = -pair.gain() / (above.gain() - pair.gain());
        return pair.size() * Math.pow(above.size() / pair.size(), part);
      }
      above = pair;
    }
    return above.size();
  }
}
