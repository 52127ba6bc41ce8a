package dev.heddle.cli;

import dev.heddle.cli.bench.Comparison;
import dev.heddle.cli.bench.Comparison.Verdict;
import dev.heddle.cli.bench.Measure;
import dev.heddle.cli.bench.Prediction;
import dev.heddle.cli.bench.Report;
import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The summary of a benchmark on the terminal. */
final class BenchText {
  private BenchText() {}

  static String render(Report report, Optional<Comparison> comparison) {
    StringBuilder text = new StringBuilder(devices(report));
    text.append(kernels(report));
    text.append(predictions(report));
    report.health().forEach(note -> text.append("health: ").append(note).append('\n'));
    report.skipped().forEach(note -> text.append("skipped: ").append(note).append('\n'));
    comparison.ifPresent(found -> text.append(compared(found)));
    return text.toString();
  }

  private static String devices(Report report) {
    Table table = new Table("lrrrrrr");
    table.row("device", "launch", "copy in", "copy out", "triad", "fma, 32 bits", "exp, 32 bits");
    for (DeviceInfo device : report.devices()) {
      String id = device.id();
      table.row(
          id,
          cell(report.find(Section.LAUNCH, id, "by the device itself")),
          cell(report.find(Section.COPY_IN, id, "to the device")),
          cell(report.find(Section.COPY_OUT, id, "from the device")),
          cell(report.find(Section.STREAM, id, "triad")),
          cell(report.find(Section.PEAK, id, "fma, 32 bits")),
          cell(report.find(Section.PEAK, id, "exp, 32 bits")));
    }
    return table.render("");
  }

  private static String cell(Optional<Measure> measure) {
    return measure.map(BenchText::value).orElse("-");
  }

  private static String value(Measure measure) {
    double median = measure.median();
    return switch (measure.subject().unit()) {
      case NANOSECONDS -> Units.time(median);
      case BYTES_PER_SECOND -> Units.bytes(Math.round(median)) + "/s";
      case OPERATIONS_PER_SECOND -> Units.rate(median);
      case RATIO -> String.format(Locale.ROOT, "%.2f", median);
    };
  }

  /** A row for each kernel of the library, a column for each device and for all together. */
  private static String kernels(Report report) {
    List<Measure> measures = report.of(Section.KERNEL);
    if (measures.isEmpty()) {
      return "";
    }
    Set<String> targets = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    measures.forEach(measure -> targets.add(measure.subject().device()));
    measures.forEach(measure -> names.add(measure.subject().name()));
    Table table = new Table("l" + "r".repeat(targets.size()));
    List<String> header = new ArrayList<>(List.of("kernel"));
    header.addAll(targets);
    table.row(header.toArray(String[]::new));
    for (String name : names) {
      List<String> cells = new ArrayList<>(List.of(name));
      targets.forEach(target -> cells.add(cell(report.find(Section.KERNEL, target, name))));
      table.row(cells.toArray(String[]::new));
    }
    return table.render("");
  }

  private static String predictions(Report report) {
    if (report.predictions().isEmpty()) {
      return "";
    }
    double[] first =
        report.predictions().stream().mapToDouble(Prediction::firstError).sorted().toArray();
    double[] later =
        report.predictions().stream().mapToDouble(Prediction::error).sorted().toArray();
    return "predictions are off by %s at the first launch, %s later (median of %d)%n"
        .formatted(
            Units.percent(first[first.length / 2]),
            Units.percent(later[later.length / 2]),
            later.length);
  }

  private static String compared(Comparison comparison) {
    Table table = new Table("lllrl");
    int shown = 0;
    for (Comparison.Row row : comparison.rows()) {
      if (row.verdict() != Verdict.EQUAL) {
        shown++;
        table.row(
            row.verdict().name().toLowerCase(Locale.ROOT),
            row.subject().section().title(),
            row.subject().device(),
            row.subject().name()
                + (row.subject().x() == 0 ? "" : " " + Units.value(row.subject().x())),
            String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", row.slowdown(), row.low(), row.high()));
      }
    }
    StringBuilder text = new StringBuilder(table.render(""));
    comparison.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "compared: %d measures, %d changed by more than %.0f %% (time now over time then)%n",
            comparison.rows().size(),
            shown,
            100 * (comparison.allowed() - 1)));
    return text.toString();
  }
}
