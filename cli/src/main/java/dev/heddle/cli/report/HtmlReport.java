package dev.heddle.cli.report;

import dev.heddle.cli.bench.Comparison;
import dev.heddle.cli.bench.Measure;
import dev.heddle.cli.bench.Prediction;
import dev.heddle.cli.bench.Report;
import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.cli.bench.Theory;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** The page. */
public final class HtmlReport {
  private final Report report;
  private final Figures figures;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
    this.figures = new Figures(report);
  }

  /**
   * @param comparison with an earlier report, if one was asked for
   */
  public static String render(Report report, Optional<Comparison> comparison) {
    return new HtmlReport(report).page(comparison);
  }

  private String page(Optional<Comparison> comparison) {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>Heddle device benchmark, ")
        .append(Html.text(report.created()))
        .append("</title>\n<style>\n")
        .append(Style.CSS)
        .append("</style></head><body>\n");
    head();
    comparison.ifPresent(this::compared);
    devices();
    launches();
    memory();
    compute();
    together();
    library();
    predictions();
    end();
    return html.append("</body></html>\n").toString();
  }

  private void head() {
    html.append("<h1>Heddle device benchmark</h1>\n<p class=\"soft\">")
        .append(
            Html.text(report.created() + ", heddle " + report.heddle() + ": " + report.command()))
        .append("</p>\n");
    List<List<String>> rows = new ArrayList<>();
    report.machine().forEach((name, value) -> rows.add(List.of(name, value)));
    html.append(Html.facts(List.of("machine", ""), rows));
    if (report.health().isEmpty()) {
      html.append("<p class=\"good\">The machine was quiet and steady.</p>\n");
    } else {
      html.append("<p class=\"bad\">What makes the figures less certain:</p>\n")
          .append(Html.list(report.health()));
    }
  }

  private void section(String title, String text) {
    html.append("<h2>").append(Html.text(title)).append("</h2>\n");
    if (!text.isEmpty()) {
      html.append(Html.paragraph(text));
    }
  }

  private void figures(String... drawings) {
    if (String.join("", drawings).isEmpty()) {
      html.append(Html.paragraph("Nothing was measured; see the end of the page."));
      return;
    }
    html.append("<div class=\"figures\">\n");
    for (String drawing : drawings) {
      html.append(drawing);
    }
    html.append("</div>\n");
  }

  private void compared(Comparison comparison) {
    section(
        "Compared with an earlier report",
        String.format(
            Locale.ROOT,
            "Time now over time then, with its 95 %% interval. What counts: at least %.0f %%, and"
                + " beyond chance over all %d measures together.",
            100 * (comparison.allowed() - 1),
            comparison.rows().size()));
    comparison.notes().forEach(note -> html.append(Html.paragraph(note)));
    List<List<String>> rows = new ArrayList<>();
    for (Comparison.Row row : comparison.rows()) {
      if (row.verdict() != Comparison.Verdict.EQUAL) {
        rows.add(
            List.of(
                row.subject().section().title()
                    + ", "
                    + row.subject().name()
                    + (row.subject().x() == 0 ? "" : ", " + Axis.decimal(row.subject().x())),
                row.subject().device(),
                String.format(
                    Locale.ROOT, "%.2f [%.2f, %.2f]", row.slowdown(), row.low(), row.high()),
                row.verdict().name().toLowerCase(Locale.ROOT)));
      }
    }
    if (rows.isEmpty()) {
      html.append("<p class=\"good\">Nothing became faster or slower.</p>\n");
    } else {
      html.append(Html.table(List.of("what", "device", "now / then", "verdict"), rows));
    }
  }

  private void devices() {
    section("Devices", "");
    List<List<String>> rows = new ArrayList<>();
    for (DeviceInfo device : report.devices()) {
      StringBuilder properties = new StringBuilder();
      for (Map.Entry<String, String> property : device.properties().entrySet()) {
        properties.append(properties.isEmpty() ? "" : ", ");
        properties.append(property.getKey()).append(' ').append(property.getValue());
      }
      rows.add(
          List.of(
              device.id(),
              device.name(),
              device.driver(),
              Integer.toString(device.computeUnits()),
              Axis.binary(device.memoryBytes()),
              device.silicon(),
              properties.toString()));
    }
    html.append(
        Html.facts(List.of("device", "name", "driver", "units", "memory", "chip", "more"), rows));
    oneChip();
  }

  /** Says which devices are views of one chip. */
  private void oneChip() {
    Map<String, List<String>> chips = new TreeMap<>();
    for (DeviceInfo device : report.devices()) {
      chips.computeIfAbsent(device.silicon(), chip -> new ArrayList<>()).add(device.id());
    }
    chips.forEach(
        (chip, views) -> {
          if (views.size() > 1) {
            html.append(
                Html.paragraph(
                    String.join(" and ", views)
                        + " are views of one chip: a run uses one of them, unless both are"
                        + " named."));
          }
        });
  }

  private void launches() {
    section(
        "Launching and compiling",
        "The overhead of a launch decides how small a problem pays on a device.");
    figures(figures.launches(), figures.compiles());
    table(Section.LAUNCH);
    table(Section.COMPILE);
  }

  private void memory() {
    section(
        "Memory",
        "Copies go between host memory and a buffer of the device's own. Devices that share the"
            + " host's memory are given it as it is in runs, and copy nothing.");
    figures(figures.copies(true), figures.copies(false), figures.memory(), figures.stream());
    table(Section.STREAM);
  }

  private void compute() {
    section("Computing", "");
    figures(figures.peaks(), figures.atomics(), figures.rooflines());
    List<List<String>> rows = new ArrayList<>();
    for (Measure measure : report.of(Section.PEAK)) {
      rows.add(
          List.of(
              measure.subject().name(),
              measure.subject().device(),
              Values.withInterval(measure),
              theory(measure)));
    }
    html.append(Html.table(List.of("peak", "device", "median, interval", "of theory"), rows));
    table(Section.ATOMICS);
  }

  private String theory(Measure measure) {
    if (!measure.subject().name().equals("fma, 32 bits")) {
      return "";
    }
    Optional<DeviceInfo> device =
        report.devices().stream()
            .filter(info -> info.id().equals(measure.subject().device()))
            .findFirst();
    Optional<Double> clock =
        Optional.ofNullable(report.machine().get("clock"))
            .map(text -> Double.valueOf(text.replace(" MHz", "")));
    return device
        .flatMap(info -> Theory.fmas(info, clock))
        .map(most -> measure.median() / most)
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "%.0f %%%s",
                    100 * part,
                    part > 1 ? ", over 100 %: the clock was higher than told" : ""))
        .orElse("unknown");
  }

  private void together() {
    if (report.of(Section.CONTENTION).isEmpty()) {
      return;
    }
    section(
        "Two devices at once",
        "The rate of the first device while the second works on the same, over its rate alone: 1 is"
            + " undisturbed.");
    table(Section.CONTENTION);
  }

  private void library() {
    section(
        "Kernel library",
        "Each kernel file's own run. 'all' is what the planner chose among all devices: its speed"
            + " is given as a part of that of the best device alone, and of the sum of all, which"
            + " views of one chip cannot reach.");
    figures(figures.kernels());
    List<List<String>> rows = new ArrayList<>();
    for (Measure measure : report.of(Section.KERNEL)) {
      rows.add(
          List.of(
              measure.subject().name(),
              measure.subject().device(),
              Values.withInterval(measure),
              together(measure, Math::max),
              together(measure, Double::sum)));
    }
    html.append(
        Html.table(
            List.of("kernel", "device", "median, interval", "of the best alone", "of the sum"),
            rows));
    String breakEven = figures.breakEven();
    if (!breakEven.isEmpty()) {
      section(
          "Break-even sizes",
          "The whole of a call: inputs to the device, the kernel, results back.");
      figures(breakEven);
    }
  }

  /** Of a run on all devices: its speed over the speeds of the devices alone, put together. */
  private String together(Measure measure, DoubleBinaryOperator combine) {
    if (!measure.subject().device().equals("all")) {
      return "";
    }
    double speed = 0;
    for (DeviceInfo device : report.devices()) {
      Optional<Measure> alone = report.find(Section.KERNEL, device.id(), measure.subject().name());
      if (alone.isPresent()) {
        speed = combine.applyAsDouble(speed, 1 / alone.get().median());
      }
    }
    return speed == 0
        ? ""
        : String.format(Locale.ROOT, "%.0f %%", 100 / (measure.median() * speed));
  }

  private void predictions() {
    if (report.predictions().isEmpty()) {
      return;
    }
    section(
        "Predicted against measured",
        "What the planner expected of a launch, from the kernel's operations and bytes and from"
            + " what it has learned, and what it took.");
    figures(figures.predictions());
    List<List<String>> rows = new ArrayList<>();
    for (Prediction prediction : report.predictions()) {
      rows.add(
          List.of(
              prediction.kernel(),
              prediction.target(),
              Axis.time(prediction.firstPredicted()),
              Axis.time(prediction.firstMeasured()),
              Axis.time(prediction.predicted()),
              Axis.time(prediction.measured()),
              String.format(Locale.ROOT, "%.0f %%", 100 * prediction.error()),
              prediction.ranOn()));
    }
    html.append(
        Html.table(
            List.of(
                "kernel",
                "device",
                "first predicted",
                "first measured",
                "later predicted",
                "later measured",
                "error",
                "ran on"),
            rows));
  }

  /** All measures of a section that have no axis of their own. */
  private void table(Section section) {
    List<List<String>> rows = new ArrayList<>();
    for (Measure measure : report.of(section)) {
      rows.add(
          List.of(
              measure.subject().name(), measure.subject().device(), Values.withInterval(measure)));
    }
    if (!rows.isEmpty()) {
      html.append(Html.table(List.of(section.title(), "device", "median, interval"), rows));
    }
  }

  private void end() {
    section("Not measured", "");
    html.append(
        report.skipped().isEmpty()
            ? Html.paragraph("Nothing was left out.")
            : Html.list(report.skipped()));
    section("Method", "");
    METHOD.forEach(text -> html.append(Html.paragraph(text)));
    table(Section.YARDSTICK);
  }

  private static final List<String> METHOD =
      List.of(
          "Everything is first compiled and run until it gets no faster. Then all measurements are"
              + " gone through several times, so that what changes with time shows as a difference"
              + " between rounds. Shown is the median of all samples with its 95 % interval by"
              + " order statistics and the number of samples; thin lines in figures leave out a"
              + " tenth of the samples at either end.",
          "Times are from the call to its return as the host sees them. Rates are work over that"
              + " time; triad counts three arrays, copy and scale two. The results of the STREAM"
              + " kernels were compared with the same computed in plain Java before their speed was"
              + " measured.",
          "The theoretical rate of fma is cores x vector lanes x 2 units x nominal clock on a CPU"
              + " and multiprocessors x lanes x clock on an NVIDIA GPU; of other devices it is"
              + " unknown.",
          "The yardsticks are fixed pieces of plain Java: where they differ between rounds or"
              + " reports, the machine itself was not the same.");
}
