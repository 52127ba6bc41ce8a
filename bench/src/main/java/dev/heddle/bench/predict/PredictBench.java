package dev.heddle.bench.predict;

import dev.heddle.bench.Growth;
import dev.heddle.bench.LibraryFiles;
import dev.heddle.cli.run.Workload;
import dev.heddle.compiler.analysis.WorkEstimate;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.plan.CostModel;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares predicted with measured times, for every kernel of the library on each device alone: at
 * its first launch, at those after three, and at a size never seen before; the sizes are such that
 * a launch takes some 25 ms or more by the device's profile. Nothing learned in earlier processes
 * is used but the devices' profiles. Then it times planning.
 *
 * <p>Arguments: the folder of the kernel library; a folder for the profiles and the table; then
 * {@code summary} alone, which measures nothing, or {@code I/N} for the I-th of N parts of the
 * library, or parts of file names, or nothing.
 */
public final class PredictBench {
  private static final List<String> DEVICES = List.of("cpu", "opencl");
  private static final String PROFILES = "profiles.json";
  private static final int LAUNCHES = 8;
  private static final int OTHER_LAUNCHES = 5;
  private static final double OTHER_SIZE = 2.7;

  /** Launches are made so long, as far as the profile tells, that schedulers are hardly felt. */
  private static final double LEAST_NANOS = 25e6;

  private static final double MOST_STEP = 8;
  private static final int MOST_STEPS = 4;
  private static final long MOST_BYTES = 256L << 20;

  private final Session session;

  private PredictBench(Session session) {
    this.session = session;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] args) throws IOException {
    Path kept = Files.createDirectories(Path.of(args[1]));
    List<String> wanted = List.of(args).subList(2, args.length);
    Predictions table = new Predictions(kept.resolve("predictions.tsv"));
    if (!wanted.equals(List.of("summary"))) {
      measure(kept, chosen(Path.of(args[0]), wanted), table);
    }
    Predictions.errors(table.read()).forEach(Predictions::print);
    PlanningTime.print();
    System.exit(0);
  }

  /** In a folder of its own, so that earlier runs help with their profiles alone. */
  private static void measure(Path kept, List<Path> files, Predictions table) throws IOException {
    Path folder = Files.createTempDirectory("heddle-predict");
    if (Files.exists(kept.resolve(PROFILES))) {
      Files.copy(kept.resolve(PROFILES), folder.resolve(PROFILES));
    }
    try (Session session = Session.open(SessionOptions.DEFAULT.withFolder(folder))) {
      for (String device : DEVICES) {
        if (!session.profile(device).measured()) {
          session.calibrate(DeviceSelector.parse(device));
        }
      }
      Files.copy(
          folder.resolve(PROFILES), kept.resolve(PROFILES), StandardCopyOption.REPLACE_EXISTING);
      System.out.printf(
          "%-20s %-8s %12s %12s   %s%n",
          "kernel", "device", "predicted", "measured", "errors in %: launches, other size");
      PredictBench bench = new PredictBench(session);
      for (Path file : files) {
        for (String device : DEVICES) {
          List<Prediction> rows = bench.measure(file, device);
          table.add(rows);
          print(rows);
        }
      }
    }
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Path> chosen(Path kernels, List<String> wanted) {
    if (wanted.size() == 1 && wanted.getFirst().matches("[1-9][0-9]*/[1-9][0-9]*")) {
      String[] part = wanted.getFirst().split("/");
      int first = Integer.parseInt(part[0]) - 1;
      int parts = Integer.parseInt(part[1]);
      List<Path> files = LibraryFiles.in(kernels, List.of());
      return IntStream.range(0, files.size())
          .filter(i -> i % parts == first)
          .mapToObj(files::get)
          .toList();
    }
    return LibraryFiles.in(kernels, wanted);
  }

  private List<Prediction> measure(Path file, String device) {
    List<Prediction> rows = new ArrayList<>();
    Growth growth = new Growth(file.getFileName().toString(), Workload.request(file, List.of()));
    Program program = grown(file, device, growth);
    try (Workload workload = scaled(file, growth, program)) {
      launch(file, device, workload, Prediction.OWN, LAUNCHES, rows);
    }
    if (growth.possible()) {
      growth.by(OTHER_SIZE);
      try (Workload other = scaled(file, growth, program)) {
        launch(file, device, other, Prediction.OTHER, OTHER_LAUNCHES, rows);
      }
    }
    return rows;
  }

  private Workload scaled(Path file, Growth growth, Program program) {
    return new Workload(Workload.request(file, growth.words()), program, session);
  }

  /** Finds the size without a launch, since first launches are to be predicted too. */
  private Program grown(Path file, String device, Growth growth) {
    Program program;
    double nanos;
    long bytes;
    try (Workload workload = new Workload(file, List.of(), session)) {
      program = workload.program();
      nanos = nanos(workload, device);
      bytes = workload.bytes();
    }
    for (int step = 0; step < MOST_STEPS && growth.possible() && nanos < LEAST_NANOS; step++) {
      double room = (double) MOST_BYTES / bytes;
      if (room < 2) {
        break;
      }
      growth.by(Math.clamp(LEAST_NANOS / nanos, 1.5, Math.min(room, MOST_STEP)));
      try (Workload workload = scaled(file, growth, program)) {
        nanos = nanos(workload, device);
        bytes = workload.bytes();
      }
    }
    return program;
  }

  /** What the first step should take by the device's profile, warm. */
  private double nanos(Workload workload, String device) {
    Workload.Launch launch = workload.launches().getFirst();
    RunOptions options = RunOptions.DEFAULT.on(device);
    WorkEstimate work = launch.kernel().work(launch.range(), launch.arguments(), options);
    double items = launch.range().items();
    return items * CostModel.nanosPerItem(session.profile(device), work, items);
  }

  /** The first step's launches count. */
  private static void launch(
      Path file, String device, Workload workload, String size, int times, List<Prediction> rows) {
    RunOptions options = RunOptions.DEFAULT.on(device);
    String name = file.getFileName().toString().replace(".cl", "");
    for (int launch = 1; launch <= times; launch++) {
      DeviceShare share = workload.run(options).getFirst().devices().getFirst();
      rows.add(
          new Prediction(
              name,
              device,
              launch,
              size,
              share.tier(),
              share.predictedNanos(),
              share.measuredNanos()));
    }
  }

  private static void print(List<Prediction> rows) {
    Prediction first = rows.getFirst();
    System.out.printf(
        Locale.ROOT,
        "%-20s %-8s %9.2f ms %9.2f ms   %s%n",
        first.kernel(),
        first.device(),
        first.predictedNanos() / 1e6,
        first.measuredNanos() / 1e6,
        rows.stream()
            .map(
                row ->
                    (row.size().equals(Prediction.OTHER) && row.launch() == 1 ? "| " : "")
                        + "%4.0f".formatted(Math.min(9999, 100 * row.error())))
            .collect(Collectors.joining(" ")));
  }
}
