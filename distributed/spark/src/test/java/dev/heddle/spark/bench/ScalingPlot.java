package dev.heddle.spark.bench;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Speed-up over the number of executors as SVG, both axes in powers of two. */
final class ScalingPlot {
  private static final String[] COLOURS = {"#1b6ca8", "#2a9d5c", "#c77700", "#b3261e", "#6a3fa0"};

  private final int[] executors;
  private final StringBuilder svg = new StringBuilder();
  private int rows;

  ScalingPlot(int[] executors) {
    this.executors = executors;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 420" font-family="sans-serif" font-size="12">
        <rect width="680" height="420" fill="white"/>
        <text x="60" y="24" font-size="14">SIMULATED speed-up over one executor (not measured on a cluster)</text>
        <text x="270" y="412" text-anchor="middle">executors</text>
        """);
    for (int n : executors) {
      add("<text x=\"%.0f\" y=\"392\" text-anchor=\"middle\">%d</text>", x(n), n);
      add("<text x=\"50\" y=\"%.0f\" text-anchor=\"end\">%d</text>", y(n) + 4, n);
      add("<path d=\"M60 %.1f H480\" stroke=\"#ddd\"/>", y(n));
    }
    curve("ideal", "#999", n -> n);
  }

  ScalingPlot with(String name, IntToDoubleFunction speedUp) {
    curve(name, COLOURS[(rows - 1) % COLOURS.length], speedUp);
    return this;
  }

  String svg() {
    return svg + "</svg>\n";
  }

  private void curve(String name, String colour, IntToDoubleFunction speedUp) {
    String points =
        IntStream.of(executors)
            .mapToObj(
                n -> String.format(Locale.ROOT, "%.1f,%.1f", x(n), y(speedUp.applyAsDouble(n))))
            .collect(Collectors.joining(" "));
    add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points, colour);
    add("<text x=\"492\" y=\"%d\" fill=\"%s\">%s</text>", 84 + 24 * rows++, colour, name);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static double x(double executors) {
    return 60 + 52.5 * log2(executors);
  }

  private static double y(double speedUp) {
    return 372 - 41 * log2(Math.max(1, speedUp));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
