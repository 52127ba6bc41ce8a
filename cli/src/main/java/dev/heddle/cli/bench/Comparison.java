package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Subject.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two reports of one machine, compared measure by measure. The logarithms of the rounds' medians
 * are compared by Welch's t test, all measures together by Holm's procedure, so that among all of
 * them one false alarm has a probability of {@value #FALSE_ALARM} at most. The rounds of one run do
 * not tell how much a run differs from the next one; {@link Scatter} does. A difference counts only
 * if it is also large: over {@value #LARGE}, and over what the yardsticks changed, since they tell
 * what the machine itself did; if those changed by half, or measures were not warm, nothing is
 * judged.
 *
 * @param rows in the order of the later report
 * @param allowed the largest ratio that still counts as equal
 * @param notes what makes the comparison less certain
 */
public record Comparison(List<Row> rows, double allowed, List<String> notes) {
  private static final double FALSE_ALARM = 0.01;
  private static final double LARGE = 1.15;

  /** From this difference of a yardstick on, the machine is not what it was. */
  private static final double OTHER_MACHINE = 1.1;

  /** From this one on it is so different that nothing can be said of Heddle. */
  private static final double UNTELLABLE = 1.5;

  /** How a measure changed. */
  public enum Verdict {
    FASTER,
    EQUAL,
    SLOWER
  }

  /**
   * @param slowdown cost now over cost then: over 1 is slower
   * @param low and {@code high}: its 95 % interval
   */
  public record Row(Subject subject, double slowdown, double low, double high, Verdict verdict) {}

  /** A row before all were looked at together. */
  record Candidate(Subject subject, double logRatio, double error, double freedom) {
    /** Of so large a difference, or a larger one, where nothing has changed. */
    double chance() {
      if (error == 0) {
        return logRatio == 0 ? 1 : 0;
      }
      return 2 * StudentT.tail(Math.abs(logRatio) / error, freedom);
    }
  }

  public Comparison {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  public static Comparison of(Baseline then, Baseline now) {
    Map<String, Measure> before = new LinkedHashMap<>();
    then.measures().forEach(measure -> before.put(measure.subject().key(), measure));
    List<Candidate> candidates = new ArrayList<>();
    double machine = 1;
    for (Measure measure : now.measures()) {
      Measure old = before.get(measure.subject().key());
      if (old != null && old.rounds().size() > 1 && measure.rounds().size() > 1) {
        Candidate candidate = candidate(old, measure);
        if (measure.subject().section() == Section.YARDSTICK) {
          machine = Math.max(machine, Math.exp(Math.abs(candidate.logRatio())));
        } else {
          candidates.add(candidate);
        }
      }
    }
    double allowed = Math.max(LARGE, 1 + 3 * (machine - 1));
    Scatter scatter = Scatter.of(candidates);
    boolean cold = Warmth.cold(then) || Warmth.cold(now);
    double falseAlarm = cold || machine > UNTELLABLE ? 0 : FALSE_ALARM;
    List<Row> rows = judge(candidates.stream().map(scatter::widen).toList(), falseAlarm, allowed);
    return new Comparison(
        rows, allowed, notes(then, now, machine, scatter.deviation(), candidates.size()));
  }

  private static List<String> notes(
      Baseline then, Baseline now, double machine, double scatter, int candidates) {
    List<String> notes = new ArrayList<>();
    then.devices()
        .forEach(
            (id, name) -> {
              String other = now.devices().get(id);
              if (other == null) {
                notes.add(id + " (" + name + ") is not here now");
              } else if (!other.equals(name)) {
                notes.add(id + " was " + name + " and is " + other);
              }
            });
    if (machine > UNTELLABLE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "plain Java differs by %.0f %% between the two reports: the machine was so busy or"
                  + " throttled that nothing can be said; measure again when it is idle",
              100 * (machine - 1)));
    } else if (machine > OTHER_MACHINE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "plain Java differs by %.0f %% between the two reports: the machine was busy or"
                  + " throttled, so that only large differences count",
              100 * (machine - 1)));
    }
    if (Math.exp(scatter) > OTHER_MACHINE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "measures of one sort differ by about %.0f %% from each other in how they changed:"
                  + " the machine was not alone, so that only larger differences count",
              100 * (Math.exp(scatter) - 1)));
    }
    if (Warmth.cold(then) || Warmth.cold(now)) {
      notes.add(
          ("many measures of the %s report became faster from round to round: the JVM had not"
                  + " compiled their code, so that nothing can be said; measure again when the"
                  + " machine is idle")
              .formatted(Warmth.cold(now) ? "new" : "old"));
    }
    if (candidates == 0) {
      notes.add("the two reports have no measure in common");
    }
    return notes;
  }

  private static Candidate candidate(Measure old, Measure recent) {
    Logs a = Logs.of(old);
    Logs b = Logs.of(recent);
    double sign = recent.subject().unit().moreIsBetter() ? -1 : 1;
    double logRatio = sign * (b.mean() - a.mean());
    double varianceA = a.variance() / a.count();
    double varianceB = b.variance() / b.count();
    double error = Math.sqrt(varianceA + varianceB);
    double freedom =
        error == 0
            ? a.count() + b.count() - 2.0
            : Math.pow(error, 4)
                / (varianceA * varianceA / (a.count() - 1)
                    + varianceB * varianceB / (b.count() - 1));
    return new Candidate(recent.subject(), logRatio, error, freedom);
  }

  /** Logarithms of the medians of a measure's rounds. */
  private record Logs(double mean, double variance, int count) {
    static Logs of(Measure measure) {
      double[] logs = measure.rounds().stream().mapToDouble(Math::log).toArray();
      double mean = java.util.Arrays.stream(logs).average().orElse(0);
      double squares = 0;
      for (double log : logs) {
        squares += (log - mean) * (log - mean);
      }
      return new Logs(mean, squares / (logs.length - 1), logs.length);
    }
  }

  /** Holm's procedure: the least likely first, until one is likely enough. */
  private static List<Row> judge(List<Candidate> candidates, double falseAlarm, double allowed) {
    List<Candidate> unlikelyFirst =
        candidates.stream().sorted(Comparator.comparingDouble(Candidate::chance)).toList();
    double limit = -1;
    for (int i = 0; i < unlikelyFirst.size(); i++) {
      double chance = unlikelyFirst.get(i).chance();
      if (falseAlarm == 0 || chance > falseAlarm / (unlikelyFirst.size() - i)) {
        break;
      }
      limit = chance;
    }
    List<Row> rows = new ArrayList<>();
    for (Candidate candidate : candidates) {
      rows.add(row(candidate, candidate.chance() <= limit, Math.log(allowed)));
    }
    return rows;
  }

  private static Row row(Candidate candidate, boolean certain, double allowedLog) {
    double reach = quantile(candidate.freedom()) * candidate.error();
    double log = candidate.logRatio();
    Verdict verdict =
        !certain || Math.abs(log) < allowedLog
            ? Verdict.EQUAL
            : log > 0 ? Verdict.SLOWER : Verdict.FASTER;
    return new Row(
        candidate.subject(), Math.exp(log), Math.exp(log - reach), Math.exp(log + reach), verdict);
  }

  /** The value that t exceeds with 2.5 %, by bisection. */
  private static double quantile(double freedom) {
    double low = 0;
    double high = 1e3;
    while (high - low > 1e-6) {
      double middle = (low + high) / 2;
      if (StudentT.tail(middle, freedom) > 0.025) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Whether something became slower. */
  public boolean regressed() {
    return rows.stream().anyMatch(row -> row.verdict() == Verdict.SLOWER);
  }
}
