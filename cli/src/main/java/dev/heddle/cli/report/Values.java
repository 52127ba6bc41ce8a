package dev.heddle.cli.report;

import dev.heddle.cli.bench.Measure;
import dev.heddle.cli.bench.Unit;
import java.util.Locale;

/** Values as the page shows them. */
final class Values {
  private Values() {}

  static String of(double value, Unit unit) {
    return switch (unit) {
      case NANOSECONDS -> Axis.time(value);
      case BYTES_PER_SECOND -> prefixed(value) + "B/s";
      case OPERATIONS_PER_SECOND -> prefixed(value) + "/s";
      case RATIO -> String.format(Locale.ROOT, "%.2f", value);
    };
  }

  private static String prefixed(double value) {
    String text = Axis.decimal(value);
    return text.contains(" ") ? text : text + " ";
  }

  /** Median, 95 % interval and number of samples. */
  static String withInterval(Measure measure) {
    Unit unit = measure.subject().unit();
    return "%s [%s, %s] n=%d"
        .formatted(
            of(measure.median(), unit),
            of(measure.low(), unit),
            of(measure.high(), unit),
            measure.samples());
  }
}
