package dev.heddle.bench;

import dev.heddle.cli.run.Workload;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.plan.Candidate;
import dev.heddle.runtime.plan.Planner;
import dev.heddle.runtime.plan.Policy;
import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares predicted with measured times, for every kernel of the library on each device alone: at
 * its first launch, at those after three, and at a size never seen before. Nothing learned in
 * earlier processes is used but the devices' profiles. Then it times planning.
 *
 * <p>Arguments: the folder of the kernel library, a folder for the profiles, then optionally parts
 * of file names.
 */
public final class PredictBench {
  private static final List<String> DEVICES = List.of("cpu", "opencl");
  private static final int LAUNCHES = 8;
  private static final int LEARNED_AFTER = 3;
  private static final double OTHER_SIZE = 2.7;
  private static final int PLANS = 20_000;

  private final Session session;
  private final Map<String, List<Double>> errors = new TreeMap<>();

  private PredictBench(Session session) {
    this.session = session;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] args) {
    Path folder = Path.of(args[1]);
    List<String> wanted = List.of(args).subList(2, args.length);
    try (Session session = Session.open(SessionOptions.DEFAULT.withFolder(folder))) {
      for (String device : DEVICES) {
        if (!session.profile(device).measured()) {
          session.calibrate(DeviceSelector.parse(device));
        }
      }
      PredictBench bench = new PredictBench(session);
      System.out.printf(
          "%-20s %-8s %12s %12s   %s%n",
          "kernel", "device", "predicted", "measured", "errors in %: launches 1 to 8, other size");
      for (Path file : files(Path.of(args[0]))) {
        if (wanted.isEmpty() || wanted.stream().anyMatch(file.toString()::contains)) {
          DEVICES.forEach(device -> bench.measure(file, device));
        }
      }
      bench.errors.forEach(PredictBench::print);
      planning();
      forget(folder);
    }
    forget(folder);
    System.exit(0);
  }

  /** What this run taught must not help the next one. */
  private static void forget(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("corrections.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path kernels) {
    try (Stream<Path> all = Files.walk(kernels)) {
      return all.filter(file -> file.toString().endsWith(".cl"))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure(Path file, String device) {
    String name = file.getFileName().toString().replace(".cl", "");
    RunOptions options = RunOptions.DEFAULT.on(device);
    List<Double> all = new ArrayList<>();
    DeviceShare first;
    Growth growth = new Growth(file.getFileName().toString(), Workload.request(file, List.of()));
    try (Workload workload = new Workload(file, List.of(), session)) {
      first = share(workload.run(options));
      all.add(error(first));
      for (int launch = 1; launch < LAUNCHES; launch++) {
        all.add(error(share(workload.run(options))));
      }
      note(device + " first launch", all.getFirst());
      all.subList(LEARNED_AFTER, LAUNCHES).forEach(e -> note(device + " after three", e));
      if (growth.possible()) {
        growth.by(OTHER_SIZE);
        try (Workload other =
            new Workload(Workload.request(file, growth.words()), workload.program(), session)) {
          double error = error(share(other.run(options)));
          note(device + " new size", error);
          all.add(error);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-20s %-8s %9.2f ms %9.2f ms   %s%n",
        name,
        device,
        first.predictedNanos() / 1e6,
        first.measuredNanos() / 1e6,
        String.join(
            " ", all.stream().map(e -> "%4.0f".formatted(Math.min(9999, 100 * e))).toList()));
  }

  /** The launch that takes longest counts, the first of several steps. */
  private static DeviceShare share(List<Execution> executions) {
    return executions.getFirst().devices().getFirst();
  }

  private static double error(DeviceShare share) {
    double measured = share.measuredNanos();
    return Math.abs(share.predictedNanos() - measured) / measured;
  }

  private void note(String what, double error) {
    errors.computeIfAbsent(what, key -> new ArrayList<>()).add(error);
    String sort = what.substring(what.indexOf(' ') + 1);
    errors.computeIfAbsent("all " + sort, key -> new ArrayList<>()).add(error);
  }

  private static void print(String what, List<Double> errors) {
    Samples samples = Samples.of(errors);
    System.out.printf(
        Locale.ROOT,
        "%-22s median error %5.1f %% [%.1f, %.1f], n %d%n",
        what,
        100 * samples.median(),
        100 * samples.low(),
        100 * samples.high(),
        errors.size());
  }

  private static void planning() {
    for (int devices : new int[] {2, 4, 8}) {
      List<Candidate> candidates =
          IntStream.range(0, devices)
              .mapToObj(
                  i ->
                      new Candidate(
                          "d" + i,
                          "chip " + i,
                          new ViewCost(1e4, 0, 10 + 7 * i, Long.MAX_VALUE, 0.1, 5)))
              .toList();
      double[] nanos = new double[PLANS];
      for (int i = 0; i < PLANS; i++) {
        long start = System.nanoTime();
        Planner.plan(candidates, 100_000 + i, true, Policy.FASTEST, 1e6);
        nanos[i] = System.nanoTime() - start;
      }
      double[] warm = java.util.Arrays.copyOfRange(nanos, PLANS / 2, PLANS);
      System.out.printf(
          Locale.ROOT,
          "dividing among %d devices: %.1f us%n",
          devices,
          new Samples(warm).median() / 1e3);
    }
  }
}
