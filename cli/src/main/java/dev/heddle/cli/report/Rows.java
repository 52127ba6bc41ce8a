package dev.heddle.cli.report;

import dev.heddle.cli.bench.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure with a row for each thing and, in it, a mark for each series: the median, a thick line
 * for its interval and a thin one from which a tenth of the samples stick out at either end.
 */
final class Rows {
  private static final int WIDTH = 460;
  private static final int LEFT = 182;
  private static final int RIGHT = 16;
  private static final int TOP = 28;
  private static final int ROW = 22;
  private static final double GAP = 60.0 / (WIDTH - LEFT - RIGHT);
  private static final int LONGEST = 21;

  /** A measure in the colour of its series. */
  record Mark(int series, Measure measure) {}

  private record Row(String name, List<Mark> marks) {}

  private final String title;
  private final Axis.Kind kind;
  private final List<String> names;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param names of the series
   */
  Rows(String title, Axis.Kind kind, List<String> names) {
    this.title = title;
    this.kind = kind;
    this.names = names;
  }

  Rows row(String name, List<Mark> marks) {
    rows.add(new Row(name, marks));
    return this;
  }

  /** The drawing with its legend; empty if there is nothing to draw. */
  String html() {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Row row : rows) {
      for (Mark mark : row.marks()) {
        least = Math.min(least, Math.min(mark.measure().low(), mark.measure().p10()));
        most = Math.max(most, Math.max(mark.measure().high(), mark.measure().p90()));
      }
    }
    if (most == 0) {
      return "";
    }
    Axis axis = kind.spanning(least, most);
    int height = TOP + ROW * rows.size() + 8;
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, height, Html.text(title)));
    for (double tick : axis.ticks(GAP)) {
      String at = Chart.n(px(axis, tick));
      svg.append("<path class=\"grid\" d=\"M%s %dV%d\"/>".formatted(at, TOP - 4, height - 6));
      svg.append(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(at, TOP - 9, Html.text(axis.text().apply(tick))));
    }
    for (int i = 0; i < rows.size(); i++) {
      draw(svg, axis, rows.get(i), TOP + ROW * i + ROW / 2.0);
    }
    return svg.append("</svg>\n") + legend();
  }

  private static double px(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static void draw(StringBuilder svg, Axis axis, Row row, double y) {
    String name =
        row.name().length() > LONGEST ? row.name().substring(0, LONGEST - 1) + "…" : row.name();
    svg.append(
        "<text x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>"
            .formatted(LEFT - 8, Chart.n(y + 4), Html.text(name)));
    svg.append(
        "<path class=\"grid\" d=\"M%d %sH%d\"/>\n".formatted(LEFT, Chart.n(y), WIDTH - RIGHT));
    int count = row.marks().size();
    for (int i = 0; i < count; i++) {
      Mark mark = row.marks().get(i);
      double at = y + (i - (count - 1) / 2.0) * (ROW - 8.0) / Math.max(1, count);
      Measure measure = mark.measure();
      span(svg, axis, "thin l", mark, measure.p10(), measure.p90(), at);
      span(svg, axis, "line l", mark, measure.low(), measure.high(), at);
      String note = Figures.note(measure);
      svg.append(Chart.marker(mark.series(), px(axis, measure.median()), at, 3.6, note))
          .append('\n');
    }
  }

  private static void span(
      StringBuilder svg, Axis axis, String kind, Mark mark, double from, double to, double y) {
    svg.append(
        "<path class=\"%s%d\" d=\"M%s %sH%s\"/>"
            .formatted(
                kind,
                mark.series() % Style.COLOURS,
                Chart.n(px(axis, from)),
                Chart.n(y),
                Chart.n(px(axis, to))));
  }

  private String legend() {
    if (names.size() < 2) {
      return "";
    }
    StringBuilder html = new StringBuilder("<div class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      html.append(
          "<span><svg viewBox=\"0 0 12 12\" class=\"key\">%s</svg>%s</span>"
              .formatted(Chart.marker(i, 6, 6, 4.5, ""), Html.text(names.get(i))));
    }
    return html.append("</div>\n").toString();
  }
}
