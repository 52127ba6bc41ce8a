package dev.heddle.spark.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * Writes the measured figures as a page, and a simulation of larger clusters made with them.
 *
 * <p>The simulation: the driver starts tasks one after the other, each at the measured cost; an
 * executor computes its block at the measured rate of a core; a stencil also exchanges halos
 * through the stated network before each group of steps. The job ends with the last task.
 */
public final class Report {
  private static final int[] EXECUTORS = {1, 4, 16, 64, 256};
  private static final double NETWORK_BYTES = 1.25e9;
  private static final double LATENCY = 100e-6;

  /** One core's work in the simulated jobs. */
  private static final double[] WORK_SECONDS = {60, 600, 6000};

  private static final double HALO_BYTES = 4 << 20;
  private static final int EXCHANGES = 10;

  private final Properties figures;

  private Report(Properties figures) {
    this.figures = figures;
  }

  /** Reads the first file, writes the page to the second and the plot to the third. */
  public static void main(String[] args) throws IOException {
    Properties figures = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
      figures.load(reader);
    }
    Report report = new Report(figures);
    Files.writeString(Path.of(args[1]), report.page(Path.of(args[2]).getFileName().toString()));
    Files.writeString(Path.of(args[2]), report.plot());
  }

  private double get(String name) {
    return Double.parseDouble(figures.getProperty(name));
  }

  /** What a job costs before its first task, and what each task adds. */
  private double perTask() {
    return Math.max(0, (get("tasks.256.seconds") - get("tasks.64.seconds")) / (256 - 64));
  }

  private double perJob() {
    return Math.max(0, get("tasks.64.seconds") - 64 * perTask());
  }

  /** The simulated seconds of a map: one job, blocks of equal work. */
  private double map(double work, int executors) {
    return perJob() + executors * perTask() + work / executors;
  }

  /** The same in groups of steps, with an exchange of halos before each but the first. */
  private double stencil(double work, int executors) {
    double halo = executors == 1 ? 0 : 2 * (LATENCY + HALO_BYTES / NETWORK_BYTES);
    double group = perJob() + 2 * executors * perTask() + halo;
    return EXCHANGES * group + work / executors;
  }

  private String page(String plot) {
    StringBuilder page = new StringBuilder();
    double single = Math.min(get("job.single.seconds"), get("job.single.again.seconds"));
    double spark = get("job.spark.seconds");
    line(page, "# Heddle on Spark: what it costs, and what it would gain");
    line(page, "");
    line(
        page,
        "Measured by `distributed/spark/bench` on a virtual machine with two cores, Spark 4.2.0"
            + " with `local-cluster[2,1,1024]`; Monte-Carlo pricing (`kernels/finance`), %d dates a"
            + " path, CPU device. All figures are of one run; ratios are of times taken side by"
            + " side in it.",
        512);
    line(page, "");
    line(page, "## Overhead for a long job");
    line(page, "| %,d paths | seconds |", (long) get("job.paths"));
    line(page, "|---|---|");
    line(
        page,
        "| one process, two threads | %.2f, and %.2f once more |",
        get("job.single.seconds"),
        get("job.single.again.seconds"));
    line(page, "| two executors of one core | %.2f |", spark);
    line(page, "");
    line(
        page,
        "Spark over one process: **%+.1f %%** (goal: at most 10 %%), the payoffs brought to"
            + " the driver included.",
        100 * (spark / single - 1));
    line(page, "");
    line(page, "## Start-up");
    line(
        page,
        "%.1f s until the context is there with both executors, %.1f s until the first"
            + " result: each executor then has started its JVM, opened its session and compiled the"
            + " kernel.",
        get("start.context.seconds"),
        get("start.first.result.seconds"));
    line(page, "");
    line(page, "## The block size below which distributing loses");
    line(page, "One process on one core against two executors of one core, medians of 3:");
    line(page, "");
    line(page, "| paths | one core | two executors | gain |");
    line(page, "|---|---|---|---|");
    small(page);
    line(page, "");
    line(
        page,
        "A job costs %.0f ms and each of its tasks %.2f ms beyond their work (from jobs of"
            + " 64 and 256 tasks of 64 paths).",
        perJob() * 1e3,
        perTask() * 1e3);
    line(page, "");
    simulation(page, plot);
    return page.toString();
  }

  private void small(StringBuilder page) {
    double lost = 0;
    boolean gains = false;
    for (int size = 1 << 12; size <= 1 << 18; size <<= 2) {
      double one = get("small." + size + ".single.seconds");
      double two = get("small." + size + ".spark.seconds");
      line(page, "| %,d | %.1f ms | %.1f ms | %.2f |", size, one * 1e3, two * 1e3, one / two);
      gains = one > two;
      lost = gains ? lost : one / 2;
    }
    line(page, "");
    if (gains) {
      line(page, "Blocks of %.0f ms of work for an executor and less lose.", lost * 1e3);
    } else {
      line(page, "Distributing lost at every size measured.");
    }
  }

  private void simulation(StringBuilder page, String plot) {
    line(page, "## More executors: a SIMULATION");
    line(
        page,
        "Nothing below was measured on a cluster. It is computed from the measured costs of a job"
            + " and a task, work that is divided evenly, and a stated network: %.0f Gbit/s, %.0f"
            + " µs. A map is one job. The stencil is %d jobs, each with a shuffle, and exchanges"
            + " %.0f MiB with each of two neighbours before each job.",
        NETWORK_BYTES * 8 / 1e9,
        LATENCY * 1e6,
        EXCHANGES,
        HALO_BYTES / (1 << 20));
    line(page, "");
    line(page, "Simulated speed-up over one executor, and efficiency:");
    line(page, "");
    line(
        page,
        "| executors | map, 60 s | map, 600 s | map, 6000 s | stencil, 600 s | stencil, 6000 s |");
    line(page, "|---|---|---|---|---|---|");
    for (int executors : EXECUTORS) {
      page.append("| ").append(executors);
      for (double work : WORK_SECONDS) {
        page.append(cell(map(work, 1) / map(work, executors), executors));
      }
      page.append(cell(stencil(600, 1) / stencil(600, executors), executors));
      page.append(cell(stencil(6000, 1) / stencil(6000, executors), executors));
      line(page, " |");
    }
    line(page, "");
    line(page, "![Simulated speed-up](%s)", plot);
    line(page, "");
    line(
        page,
        "Left out: uneven work, lost executors, contention on the storage that inputs come"
            + " from, and results brought to the driver.");
  }

  private static String cell(double speedUp, int executors) {
    return String.format(Locale.ROOT, " | %.1f (%.0f %%)", speedUp, 100 * speedUp / executors);
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  // ---- the plot: both axes in powers of two

  private String plot() {
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 420\""
            + " font-family=\"sans-serif\" font-size=\"12\">");
    line(svg, "<rect width=\"640\" height=\"420\" fill=\"white\"/>");
    line(
        svg,
        "<text x=\"60\" y=\"24\" font-size=\"14\">Simulated speed-up over one executor (not"
            + " measured on a cluster)</text>");
    for (int executors : EXECUTORS) {
      line(
          svg,
          "<text x=\"%.0f\" y=\"392\" text-anchor=\"middle\">%d</text>",
          x(executors),
          executors);
      line(
          svg,
          "<text x=\"50\" y=\"%.0f\" text-anchor=\"end\">%d</text>",
          y(executors) + 4,
          executors);
      line(svg, "<path d=\"M60 %.1f H480\" stroke=\"#ddd\"/>", y(executors));
    }
    line(svg, "<text x=\"270\" y=\"412\" text-anchor=\"middle\">executors</text>");
    curve(svg, "ideal", "#999", 4, e -> e);
    curve(svg, "map, 6000 s", "#1b6ca8", 3, e -> map(6000, 1) / map(6000, e));
    curve(svg, "map, 600 s", "#2a9d5c", 2, e -> map(600, 1) / map(600, e));
    curve(svg, "stencil, 6000 s", "#c77700", 1, e -> stencil(6000, 1) / stencil(6000, e));
    curve(svg, "stencil, 600 s", "#b3261e", 0, e -> stencil(600, 1) / stencil(600, e));
    line(svg, "</svg>");
    return svg.toString();
  }

  private interface SpeedUp {
    double of(int executors);
  }

  private static void curve(
      StringBuilder svg, String name, String colour, int row, SpeedUp speedUp) {
    StringBuilder path = new StringBuilder("M");
    for (int executors : EXECUTORS) {
      path.append(String.format(Locale.ROOT, "%.1f %.1f ", x(executors), y(speedUp.of(executors))));
    }
    line(
        svg,
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        path.toString().strip(),
        colour);
    line(svg, "<text x=\"500\" y=\"%d\" fill=\"%s\">%s</text>", 180 - 24 * row, colour, name);
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
