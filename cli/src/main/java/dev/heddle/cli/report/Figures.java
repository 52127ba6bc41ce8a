package dev.heddle.cli.report;

import dev.heddle.cli.bench.Measure;
import dev.heddle.cli.bench.Prediction;
import dev.heddle.cli.bench.Report;
import dev.heddle.cli.bench.Report.KernelFacts;
import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.cli.report.Chart.Point;
import dev.heddle.cli.report.Rows.Mark;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a report. A device has one colour in all of them. */
final class Figures {
  /** Predictions within this factor lie between the dashed lines. */
  private static final double CLOSE = 1.25;

  private final Report report;
  private final List<String> devices;

  Figures(Report report) {
    this.report = report;
    this.devices = report.devices().stream().map(DeviceInfo::id).toList();
  }

  private int colour(String device) {
    int index = devices.indexOf(device);
    return index < 0 ? devices.size() : index;
  }

  /** Lines of a section's measures over their x, one for each device. */
  private Chart lines(Chart chart, Section section, String name, String suffix) {
    for (String device : devices) {
      List<Point> points =
          report.of(section).stream()
              .filter(m -> m.subject().device().equals(device))
              .filter(m -> m.subject().name().equals(name))
              .map(m -> new Point(m.subject().x(), m.median(), Figures.note(m)))
              .toList();
      if (!points.isEmpty()) {
        chart.line(device + suffix, colour(device), points);
      }
    }
    return chart;
  }

  static String note(Measure measure) {
    return measure.subject().device()
        + ", "
        + measure.subject().name()
        + ": "
        + Values.withInterval(measure);
  }

  String copies(boolean in) {
    Section section = in ? Section.COPY_IN : Section.COPY_OUT;
    Chart chart =
        new Chart(section.title(), Axis.Kind.bytes("bytes copied"), Axis.Kind.decimal("bytes/s"));
    return Html.figure(
        section.title(),
        lines(chart, section, in ? "to the device" : "from the device", "").html(),
        "");
  }

  String memory() {
    Chart chart =
        new Chart(
            Section.MEMORY.title(),
            Axis.Kind.bytes("bytes of all three arrays"),
            Axis.Kind.decimal("bytes/s"));
    return Html.figure(
        "Triad by working set",
        lines(chart, Section.MEMORY, "triad", "").html(),
        "Small sets are launches more than memory; caches show as steps.");
  }

  String stream() {
    return rows(Section.STREAM, Axis.Kind.decimal("bytes/s"), "STREAM, arrays that no cache holds");
  }

  String peaks() {
    return rows(Section.PEAK, Axis.Kind.decimal("1/s"), "Operations a second");
  }

  String atomics() {
    return rows(Section.ATOMICS, Axis.Kind.decimal("1/s"), "Atomic additions a second");
  }

  String launches() {
    return rows(Section.LAUNCH, Axis.Kind.time(""), "One work-item, from the call to its end");
  }

  String compiles() {
    return rows(Section.COMPILE, Axis.Kind.time(""), "A small kernel, compiled and launched once");
  }

  /** A row for each name, a mark for each device. */
  private String rows(Section section, Axis.Kind kind, String title) {
    return rows(section, kind, title, devices);
  }

  private String rows(Section section, Axis.Kind kind, String title, List<String> targets) {
    Rows rows = new Rows(title, kind, targets);
    for (String name : names(section)) {
      List<Mark> marks = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        int series = i;
        report
            .find(section, targets.get(i), name)
            .ifPresent(measure -> marks.add(new Mark(series, measure)));
      }
      rows.row(name, marks);
    }
    return Html.figure(title, rows.html(), "");
  }

  private LinkedHashSet<String> names(Section section) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    report.of(section).forEach(measure -> names.add(measure.subject().name()));
    return names;
  }

  String kernels() {
    List<String> targets = new ArrayList<>(devices);
    if (devices.size() > 1) {
      targets.add("all");
    }
    return rows(Section.KERNEL, Axis.Kind.time(""), "Time of a run, data in place", targets);
  }

  /** One for each device: its roofs, what was measured under them, and the library's kernels. */
  String rooflines() {
    StringBuilder html = new StringBuilder();
    devices.forEach(device -> html.append(roofline(device)));
    return html.toString();
  }

  private String roofline(String device) {
    Chart chart =
        new Chart(
            "Roofline of " + device,
            Axis.Kind.decimal("operations for each byte of memory"),
            Axis.Kind.decimal("operations/s"));
    List<Point> measured =
        report.of(Section.ROOFLINE).stream()
            .filter(m -> m.subject().device().equals(device))
            .map(m -> new Point(m.subject().x(), m.median(), Values.withInterval(m)))
            .sorted(java.util.Comparator.comparingDouble(Point::x))
            .toList();
    if (measured.isEmpty()) {
      return "";
    }
    Optional<Measure> triad = report.find(Section.STREAM, device, "triad");
    Optional<Measure> fma = report.find(Section.PEAK, device, "fma, 32 bits");
    if (triad.isPresent() && fma.isPresent()) {
      double bandwidth = triad.get().median();
      double most = measured.stream().mapToDouble(Point::y).max().orElse(0);
      double peak = Math.max(most, 2 * fma.get().median());
      double ridge = peak / bandwidth;
      double left = Math.min(measured.getFirst().x(), ridge);
      chart.guide(left, left * bandwidth, ridge, peak);
      chart.guide(ridge, peak, Math.max(measured.getLast().x(), ridge), peak);
    }
    chart.line("fma kernel, " + measured.size() + " intensities", colour(device), measured);
    chart.points("library kernels", devices.size() + 1, kernelPoints(device));
    return Html.figure(
        "Roofline of " + device,
        chart.html(),
        "Dashed: bandwidth of triad, and the highest rate of fma, two operations each. Of library"
            + " kernels all operations count, integer ones too, and the least bytes that have to"
            + " move, so that some may lie above.");
  }

  private List<Point> kernelPoints(String device) {
    List<Point> points = new ArrayList<>();
    for (KernelFacts kernel : report.kernels()) {
      Optional<Measure> time = report.find(Section.KERNEL, device, kernel.name());
      if (time.isPresent() && kernel.operations() > 0 && kernel.bytes() > 0) {
        double rate = kernel.operations() * 1e9 / time.get().median();
        points.add(
            new Point(
                kernel.operations() / kernel.bytes(),
                rate,
                kernel.name() + ": " + Axis.decimal(rate) + " operations/s"));
      }
    }
    return points;
  }

  /** Predicted against measured, of all kernels and targets. */
  String predictions() {
    Chart chart =
        new Chart(
            "Predicted against measured", Axis.Kind.time("measured"), Axis.Kind.time("predicted"));
    Map<String, List<Point>> later = new LinkedHashMap<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Prediction prediction : report.predictions()) {
      least = Math.min(least, prediction.measured());
      most = Math.max(most, prediction.measured());
      later
          .computeIfAbsent(prediction.target(), target -> new ArrayList<>())
          .add(
              new Point(
                  prediction.measured(),
                  Math.max(1, prediction.predicted()),
                  prediction.kernel() + " on " + prediction.target()));
    }
    if (later.isEmpty()) {
      return "";
    }
    chart.guide(least, least * CLOSE, most, most * CLOSE);
    chart.guide(least, least / CLOSE, most, most / CLOSE);
    later.forEach((target, points) -> chart.points(target, colour(target), points));
    return Html.figure(
        "Predicted against measured",
        chart.html(),
        "The library's kernels after a few launches. Between the dashed lines a prediction is off"
            + " by a quarter at most.");
  }

  /** Time by size on each device, transfers included, one figure for each kernel. */
  String breakEven() {
    StringBuilder html = new StringBuilder();
    for (String kernel : names(Section.BREAK_EVEN)) {
      Chart chart =
          new Chart(kernel + " by size", Axis.Kind.decimal("work-items"), Axis.Kind.time("time"));
      html.append(
          Html.figure(
              kernel,
              lines(chart, Section.BREAK_EVEN, kernel, "").html(),
              BreakEven.text(report, devices, kernel)));
    }
    return html.toString();
  }
}
