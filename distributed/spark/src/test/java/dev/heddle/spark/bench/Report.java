package dev.heddle.spark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** Writes the measured figures as a page, and a simulation of larger clusters made with them. */
public final class Report {
  private static final int[] EXECUTORS = {1, 4, 16, 64, 256};
  private static final int STEPS = 1000;

  /** A simulated job: its name, and what it takes on that many executors. */
  private record Simulated(String name, IntToDoubleFunction seconds) {
    double speedUp(int executors) {
      return seconds.applyAsDouble(1) / seconds.applyAsDouble(executors);
    }
  }

  private final Figures figures;
  private final Simulation simulation;
  private final List<Simulated> jobs = new ArrayList<>();

  private Report(Figures figures) {
    this.figures = figures;
    this.simulation = Simulation.of(figures);
    for (int power : new int[] {26, 29, 32}) {
      double paths = Math.pow(2, power);
      add("pricing, 2^%d paths".formatted(power), n -> simulation.map(paths, n));
    }
    for (int power : new int[] {14, 16}) {
      add("heat, 2^%d squared".formatted(power), n -> simulation.stencil(1 << power, STEPS, n));
    }
  }

  private void add(String name, IntToDoubleFunction seconds) {
    jobs.add(new Simulated(name, seconds));
  }

  /** Reads the first file, writes the page to the second and the plot to the third. */
  public static void main(String[] args) throws IOException {
    Report report = new Report(Figures.read(Path.of(args[0])));
    Files.writeString(Path.of(args[1]), report.page(Path.of(args[2]).getFileName().toString()));
    ScalingPlot plot = new ScalingPlot(EXECUTORS);
    report.jobs.forEach(job -> plot.with(job.name(), job::speedUp));
    Files.writeString(Path.of(args[2]), plot.svg());
  }

  private String page(String plot) {
    return """
    # Heddle on Spark: what it costs, and what it would gain

    Measured by `distributed/spark/bench` on a virtual machine with two cores that other programs share: Spark 4.2.0, `local-cluster[2,1,1024]`, which is two executors of one
    core beside a driver. Pricing by Monte-Carlo (`kernels/finance`), %d dates a path, CPU device. All processes were warmed up first, executors included, until they ran vector
    code steadily. Times are compared in pairs, taken one after the other in the same processes.

    """
            .formatted(Pricing.DATES)
        + job()
        + blocks()
        + costs()
        + simulated(plot);
  }

  private String job() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < figures.all("job.paths").size(); i++) {
      double alone = figures.all("job.single").get(i);
      double spark = figures.all("job.spark").get(i);
      double brought = figures.all("job.brought").get(i);
      rows.append(
          text(
              "| %,.0f | %.2f s | %.2f s | %+.1f %% | %.2f s | %+.1f %% |\n",
              figures.all("job.paths").get(i),
              alone,
              spark,
              percent(spark, alone),
              brought,
              percent(brought, alone)));
    }
    return text(
        """
        ## Overhead for a long job
        | paths | one process, two threads | two executors of one core | overhead | payoffs brought to the driver too | overhead |
        |---|---|---|---|---|---|
        %s
        Medians: **%+.1f %%** (goal: at most 10 %%), and %+.1f %% with the payoffs, %.0f MB, brought to the driver; in the one process they lie in its memory from the start. A job that
        goes on with them on the executors, or writes them to files, does not pay that.

        ## Start-up
        %.1f s until the context is there with both executors, %.1f s until the first result: by then each executor has started its JVM, opened its session and compiled the kernel.

        """,
        rows,
        overhead("job.spark"),
        overhead("job.brought"),
        figures.median("job.paths") * Float.BYTES / 1e6,
        figures.median("start.context"),
        figures.median("start.first.result"));
  }

  /** The median of what each run took longer than the one in a single process beside it. */
  private double overhead(String name) {
    List<Double> overheads = new ArrayList<>();
    for (int i = 0; i < figures.all(name).size(); i++) {
      overheads.add(percent(figures.all(name).get(i), figures.all("job.single").get(i)));
    }
    return Figures.median(overheads);
  }

  private static double percent(double longer, double than) {
    return 100 * (longer / than - 1);
  }

  private String blocks() {
    StringBuilder rows = new StringBuilder();
    double lost = 0;
    for (int size : Measure.SMALL) {
      double one = figures.median("block." + size + ".single");
      double two = figures.median("block." + size + ".spark");
      rows.append(
          text("| %,d | %.1f ms | %.1f ms | %.2f |\n", size, one * 1e3, two * 1e3, one / two));
      lost = one < two ? one / Measure.CORES : lost;
    }
    return text(
        """
        ## The block size below which distributing loses
        One process on one core against two executors of one core, medians of 7:

        | paths | one core | two executors | gain |
        |---|---|---|---|
        %s
        Blocks of %.0f ms of work for each executor, and smaller ones, lost.

        """,
        rows, lost * 1e3);
  }

  private String costs() {
    StringBuilder rows = new StringBuilder();
    for (int tasks : Measure.TASKS) {
      rows.append(
          text(
              "| %d | %.0f ms | %.0f ms |\n",
              tasks,
              1e3 * figures.median("tasks." + tasks + ".heddle"),
              1e3 * figures.median("tasks." + tasks + ".plain")));
    }
    return text(
        """
        ## What a job and a task cost
        Jobs whose tasks price 64 paths each, and jobs of Spark's own whose tasks do nothing; medians:

        | tasks | Heddle | empty tasks |
        |---|---|---|
        %s
        A line through them: %.0f ms for a job of Heddle's, and %.2f ms more for each task. Driver and executors share the two cores here, so the time of a task is an upper bound of what
        it takes a driver of its own. Handing the blocks of a stencil from one group of steps to the next takes %.0f ms, and %.2f ms more for each MiB of a block.

        """,
        rows,
        1e3 * simulation.job(),
        1e3 * simulation.task(),
        1e3 * simulation.exchange(),
        1e3 * simulation.blockByte() * (1 << 20));
  }

  private String simulated(String plot) {
    String header = jobs.stream().map(Simulated::name).collect(Collectors.joining(" | "));
    StringBuilder rows = new StringBuilder("| 1: seconds");
    jobs.forEach(job -> rows.append(text(" | %,.0f", job.seconds().applyAsDouble(1))));
    rows.append(" |\n");
    for (int n : EXECUTORS) {
      rows.append("| ").append(n);
      for (Simulated job : jobs) {
        rows.append(text(" | %.1f (%.0f %%)", job.speedUp(n), 100 * job.speedUp(n) / n));
      }
      rows.append(" |\n");
    }
    return text(
        """
        ## More executors: a SIMULATION
        Nothing below was measured on a cluster. It is computed from the costs above, the measured time of a path (%.2f µs) and of a cell and step of `heat_2d` (%.2f ns) on one core, work
        that is divided evenly among executors of one core, and a **stated network of %.0f Gbit/s with %.0f µs latency**. The pricing is one job. The stencil does %,d steps on a square
        grid of floats; bands of rows exchange halos with two neighbours after as many steps as the module would choose, and the driver starts two stages of tasks for each exchange.

        Simulated speed-up over one executor, and efficiency:

        | executors | %s |
        |---%s|
        %s
        ![Simulated speed-up](%s)

        Left out: uneven work, lost executors, contention for the storage that inputs come from, and results brought to the driver.
        """,
        1e6 * simulation.path(),
        1e9 * simulation.cell(),
        Simulation.NETWORK_BYTES * 8 / 1e9,
        Simulation.LATENCY * 1e6,
        STEPS,
        header,
        "|---".repeat(jobs.size()),
        rows,
        plot);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
