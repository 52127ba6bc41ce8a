package dev.heddle.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A figure with two logarithmic axes: lines, points and straight guides. */
final class Chart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 320;
  private static final int LEFT = 74;
  private static final int RIGHT = 22;
  private static final int TOP = 12;
  private static final int BOTTOM = 48;
  private static final double GAP_X = 62.0 / (WIDTH - LEFT - RIGHT);
  private static final double GAP_Y = 24.0 / (HEIGHT - TOP - BOTTOM);

  /** A point, with what is said of it where the mouse rests; empty for nothing. */
  record Point(double x, double y, String note) {
    Point(double x, double y) {
      this(x, y, "");
    }
  }

  /**
   * Points of one colour.
   *
   * @param line whether they are joined
   */
  private record Series(String name, int colour, boolean line, List<Point> points) {}

  /** A dashed line between two points. */
  private record Guide(Point from, Point to) {}

  private final String title;
  private final Axis.Kind across;
  private final Axis.Kind up;
  private final List<Series> series = new ArrayList<>();
  private final List<Guide> guides = new ArrayList<>();

  Chart(String title, Axis.Kind across, Axis.Kind up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  /** Joined points. */
  Chart line(String name, int colour, List<Point> points) {
    series.add(new Series(name, colour, true, points));
    return this;
  }

  /** Points apart, larger. */
  Chart points(String name, int colour, List<Point> points) {
    series.add(new Series(name, colour, false, points));
    return this;
  }

  /** A dashed line. */
  Chart guide(double fromX, double fromY, double toX, double toY) {
    guides.add(new Guide(new Point(fromX, fromY), new Point(toX, toY)));
    return this;
  }

  /** The drawing with its legend; empty if there is nothing to draw. */
  String html() {
    List<Point> all = series.stream().flatMap(s -> s.points().stream()).toList();
    if (all.isEmpty()) {
      return "";
    }
    Axis x = axis(across, all.stream().mapToDouble(Point::x).toArray());
    Axis y = axis(up, all.stream().mapToDouble(Point::y).toArray());
    Plot plot = new Plot(x, y);
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, Html.text(title)));
    plot.axes(svg);
    guides.forEach(guide -> plot.guide(svg, guide));
    series.forEach(one -> plot.series(svg, one));
    return svg.append("</svg>\n").toString() + legend();
  }

  private static Axis axis(Axis.Kind kind, double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return kind.spanning(least, most);
  }

  private String legend() {
    StringBuilder html = new StringBuilder("<div class=\"legend\">");
    for (Series one : series) {
      html.append(
          "<span><svg viewBox=\"0 0 12 12\" class=\"key\">%s</svg>%s</span>"
              .formatted(marker(one.colour(), 6, 6, 4.5, ""), Html.text(one.name())));
    }
    return html.append("</div>\n").toString();
  }

  /** A shape of its own for each colour, so that colour alone tells nothing. */
  static String marker(int colour, double x, double y, double r, String note) {
    String title = note.isEmpty() ? "" : "<title>" + Html.text(note) + "</title>";
    String shape =
        switch (colour % 4) {
          case 0 -> "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"".formatted(n(x), n(y), n(r));
          case 1 -> path(x, y, r, "M%s %sL%s %sL%s %sL%s %sZ", -1, -1, 1, -1, 1, 1, -1, 1);
          case 2 -> path(x, y, r * 1.2, "M%s %sL%s %sL%s %sZ", 0, -1, 1, 0.8, -1, 0.8);
          default -> path(x, y, r * 1.3, "M%s %sL%s %sL%s %sL%s %sZ", 0, -1, 1, 0, 0, 1, -1, 0);
        };
    return shape
        + " class=\"c%d\">%s</%s>"
            .formatted(colour % Style.COLOURS, title, colour % 4 == 0 ? "circle" : "path");
  }

  private static String path(double x, double y, double r, String form, double... corners) {
    Object[] places = new Object[corners.length];
    for (int i = 0; i < corners.length; i++) {
      places[i] = n((i % 2 == 0 ? x : y) + r * corners[i] * 0.9);
    }
    return "<path d=\"" + form.formatted(places) + "\"";
  }

  static String n(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** What is drawn on two axes. */
  private record Plot(Axis x, Axis y) {
    double px(double value) {
      return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    }

    double py(double value) {
      return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    void axes(StringBuilder svg) {
      for (double tick : x.ticks(GAP_X)) {
        String at = n(px(tick));
        svg.append("<path class=\"grid\" d=\"M%s %dV%d\"/>".formatted(at, TOP, HEIGHT - BOTTOM));
        svg.append(
            "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted(at, HEIGHT - BOTTOM + 16, Html.text(x.text().apply(tick))));
      }
      for (double tick : y.ticks(GAP_Y)) {
        double at = py(tick);
        svg.append("<path class=\"grid\" d=\"M%d %sH%d\"/>".formatted(LEFT, n(at), WIDTH - RIGHT));
        svg.append(
            "<text x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
                .formatted(LEFT - 6, n(at + 4), Html.text(y.text().apply(tick))));
      }
      svg.append(
          "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, Html.text(x.label())));
      int middle = (TOP + HEIGHT - BOTTOM) / 2;
      svg.append(
          "<text class=\"axis\" transform=\"translate(13 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n"
              .formatted(middle, Html.text(y.label())));
    }

    void guide(StringBuilder svg, Guide guide) {
      svg.append(
          "<path class=\"guide\" d=\"M%s %sL%s %s\"/>\n"
              .formatted(
                  n(px(guide.from().x())),
                  n(py(guide.from().y())),
                  n(px(guide.to().x())),
                  n(py(guide.to().y()))));
    }

    void series(StringBuilder svg, Series one) {
      if (one.line() && one.points().size() > 1) {
        StringBuilder path = new StringBuilder();
        for (Point point : one.points()) {
          path.append(path.isEmpty() ? "M" : "L").append(n(px(point.x()))).append(' ');
          path.append(n(py(point.y())));
        }
        svg.append(
            "<path class=\"line l%d\" d=\"%s\"/>\n".formatted(one.colour() % Style.COLOURS, path));
      }
      for (Point point : one.points()) {
        svg.append(
                marker(
                    one.colour(), px(point.x()), py(point.y()), one.line() ? 3 : 4.5, point.note()))
            .append('\n');
      }
    }
  }
}
