package dev.heddle.cli.report;

import dev.heddle.cli.bench.Measure;
import dev.heddle.cli.bench.Report;
import dev.heddle.cli.bench.Subject.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** From which size on one device is faster than another. */
final class BreakEven {
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
    TreeMap<Double, Double> a = times(report, kernel, one);
    TreeMap<Double, Double> b = times(report, kernel, other);
    a.keySet().retainAll(b.keySet());
    if (a.isEmpty()) {
      return "";
    }
    double last = a.lastKey();
    boolean otherWins = b.get(last) < a.get(last);
    String winner = otherWins ? other : one;
    String loser = otherWins ? one : other;
    double from = from(otherWins ? b : a, otherWins ? a : b);
    return from <= a.firstKey()
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

  private static TreeMap<Double, Double> times(Report report, String kernel, String device) {
    TreeMap<Double, Double> times = new TreeMap<>();
    for (Measure measure : report.of(Section.BREAK_EVEN)) {
      if (measure.subject().name().equals(kernel) && measure.subject().device().equals(device)) {
        times.put(measure.subject().x(), measure.median());
      }
    }
    return times;
  }

  /** The size from which the winner wins at all larger ones, between the two measured around it. */
  private static double from(TreeMap<Double, Double> winner, TreeMap<Double, Double> loser) {
    double from = winner.lastKey();
    for (double size : winner.descendingKeySet()) {
      if (!loser.containsKey(size)) {
        continue;
      }
      double gain = Math.log(loser.get(size) / winner.get(size));
      if (gain <= 0) {
        double above = Math.log(loser.get(from) / winner.get(from));
        double part = -gain / (above - gain);
        return Math.exp(Math.log(size) + part * (Math.log(from) - Math.log(size)));
      }
      from = size;
    }
    return from;
  }
}
