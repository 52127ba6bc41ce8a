package dev.heddle.cli.report;

import java.util.ArrayList;
import java.util.List;

/** A figure with a row for each thing and, in it, a mark with its interval for each series. */
final class Rows {
  private static final int WIDTH = 460;
  private static final int LEFT = 152;
  private static final int RIGHT = 16;
  private static final int TOP = 24;
  private static final int ROW = 22;
  private static final int LONGEST = 24;

  /** A value with its interval. */
  record Mark(int series, double value, double low, double high, String note) {}

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
        least = Math.min(least, mark.low());
        most = Math.max(most, mark.high());
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
    for (double tick : axis.ticks()) {
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
      svg.append(
          "<path class=\"line l%d\" d=\"M%s %sH%s\"/>"
              .formatted(
                  mark.series() % Style.COLOURS,
                  Chart.n(px(axis, mark.low())),
                  Chart.n(at),
                  Chart.n(px(axis, mark.high()))));
      svg.append(Chart.marker(mark.series(), px(axis, mark.value()), at, 3.6, mark.note()))
          .append('\n');
    }
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
