package dev.heddle.bench;

import dev.heddle.cli.run.Workload;
import dev.heddle.compiler.analysis.AccessClass;
import dev.heddle.compiler.analysis.WorkEstimate;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.plan.CostModel;
import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Shows what splitting gains and what it costs, for every kernel of the library at the size at
 * which the CPU device alone takes a good 100 ms.
 *
 * <p>On two halves of the machine (one CPU worker thread, an OpenCL driver limited to one core):
 * the time of each half alone, of each while the other half is busy with the same kernel, and of
 * both together with the planner's shares. The efficiency is the throughput together over the sum
 * of the throughputs of the busy halves. On the whole machine: all devices against each alone.
 * Rounds are interleaved; medians with their 95 % interval.
 *
 * <p>Arguments: the folder of the kernel library, a folder for what is learned, {@code halves} or
 * {@code whole}, the JSON file to write, number of rounds, then optionally parts of file names.
 */
public final class SplitBench {
  private static final List<String> DEVICES = List.of("cpu", "opencl");
  private static final double WANTED_NANOS = 120e6;
  private static final double LEAST_NANOS = 105e6;
  private static final long LEAST_WARM_UP_NANOS = 2_000_000_000L;
  private static final long MOST_WARM_UP_NANOS = 15_000_000_000L;

  /** Runs on all devices before any is timed: the planner tries what it does not know. */
  private static final int TRIALS = 5;

  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_STEPS = 8;

  /** The work is more than quadratic in some sizes, which is found out as it grows. */
  private static final double FIRST_EXPONENT = 3;

  /** A device so much slower than another is not measured alone and idle: it can't be the best. */
  private static final double HOPELESS = 1.5;

  private static final int RUNS_IN_ROUND = 3;

  private final Session session;
  private final boolean halves;
  private final int rounds;

  private SplitBench(Session session, boolean halves, int rounds) {
    this.session = session;
    this.halves = halves;
    this.rounds = rounds;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] args) {
    boolean halves = args[2].equals("halves");
    SessionOptions options =
        SessionOptions.DEFAULT.withFolder(Path.of(args[1])).withCpuThreads(halves ? 1 : 0);
    List<String> wanted = List.of(args).subList(5, args.length);
    List<SplitRow> rows = new ArrayList<>();
    try (Session session = Session.open(options)) {
      calibrate(session);
      SplitBench bench = new SplitBench(session, halves, Integer.parseInt(args[4]));
      SplitTable.header(halves);
      for (Path file : LibraryFiles.in(Path.of(args[0]), wanted)) {
        SplitRow row = bench.measure(file);
        rows.add(row);
        SplitTable.print(row);
      }
    }
    SplitTable.write(Path.of(args[3]), args[2], rows);
    System.exit(0);
  }

  private static void calibrate(Session session) {
    for (String device : DEVICES) {
      if (!session.profile(device).measured()) {
        session.calibrate(DeviceSelector.parse(device));
      }
    }
  }

  private SplitRow measure(Path file) {
    var request = Workload.request(file, List.of());
    Growth growth = new Growth(file.getFileName().toString(), request);
    try (Workload first = new Workload(file, List.of(), session)) {
      warmUp(first);
      Program program = first.program();
      grow(file, growth, program);
      try (Workload one = scaled(file, growth, program);
          Workload other = scaled(file, growth, program)) {
        return rounds(file, growth, one, other);
      }
    }
  }

  private Workload scaled(Path file, Growth growth, Program program) {
    return new Workload(Workload.request(file, growth.words()), program, session);
  }

  /** Until the code that is compiled late has taken over. */
  private void warmUp(Workload workload) {
    long start = System.nanoTime();
    long passed = 0;
    boolean late = false;
    while (passed < LEAST_WARM_UP_NANOS || (!late && passed < MOST_WARM_UP_NANOS)) {
      late = workload.run(on("cpu")).getFirst().devices().getFirst().tier().equals("vector");
      passed = System.nanoTime() - start;
    }
  }

  private static RunOptions on(String devices) {
    return RunOptions.DEFAULT.on(devices);
  }

  /** Finds the size, by the times that the CPU device takes alone. */
  private void grow(Path file, Growth growth, Program program) {
    double exponent = FIRST_EXPONENT;
    double factor = 1;
    double before = 0;
    for (int step = 0; step < MOST_STEPS && growth.possible(); step++) {
      double now;
      try (Workload workload = scaled(file, growth, program)) {
        workload.run(on("cpu"));
        now = times(workload, "cpu", RUNS_IN_ROUND).median();
        if (now > LEAST_NANOS || workload.bytes() > MOST_BYTES / 2) {
          return;
        }
      }
      if (before > 0 && now > before) {
        exponent = Math.clamp(Math.log(now / before) / Math.log(factor), 0.3, 4);
      }
      before = now;
      factor = Math.clamp(Math.pow(WANTED_NANOS / now, 1 / exponent), 1.1, 16);
      growth.by(factor);
    }
  }

  private static Samples times(Workload workload, String devices, int runs) {
    double[] nanos = new double[runs];
    for (int i = 0; i < runs; i++) {
      nanos[i] = time(workload, devices);
    }
    return new Samples(nanos);
  }

  private static double time(Workload workload, String devices) {
    long start = System.nanoTime();
    workload.run(on(devices));
    return System.nanoTime() - start;
  }

  private SplitRow rounds(Path file, Growth growth, Workload one, Workload other) {
    String all = halves ? String.join(",", DEVICES) : "all";
    List<String> contenders = contenders(one);
    Map<String, List<Double>> alone = new LinkedHashMap<>();
    Map<String, List<Double>> busy = new LinkedHashMap<>();
    List<Double> together = new ArrayList<>();
    List<Double> efficiency = new ArrayList<>();
    List<Double> slowdown = new ArrayList<>();
    times(one, all, TRIALS);
    for (int round = 0; round < rounds; round++) {
      double sum = 0;
      if (halves) {
        BusyPair.Times pair =
            BusyPair.measure(
                () -> one.run(on(DEVICES.get(0))), () -> other.run(on(DEVICES.get(1))));
        sum = 1 / pair.first().median() + 1 / pair.second().median();
        add(busy, DEVICES.get(0), pair.first().median());
        add(busy, DEVICES.get(1), pair.second().median());
      }
      double both = times(one, all, RUNS_IN_ROUND).median();
      double best = Double.POSITIVE_INFINITY;
      for (String device : contenders) {
        double nanos = times(one, device, RUNS_IN_ROUND).median();
        add(alone, device, nanos);
        best = Math.min(best, nanos);
      }
      together.add(both);
      slowdown.add(both / best);
      if (halves) {
        efficiency.add(1 / both / sum);
      }
    }
    List<Execution> last = one.run(on(all));
    Map<String, Samples> aloneSamples = samples(alone);
    return new SplitRow(
        file.getFileName().toString().replace(".cl", ""),
        String.join(" ", growth.words()),
        computeBound(one),
        operationsPerByte(one),
        aloneSamples,
        samples(busy),
        Samples.of(together),
        halves ? Optional.of(Samples.of(efficiency)) : Optional.empty(),
        Samples.of(slowdown),
        best(aloneSamples),
        shares(last),
        chunks(last));
  }

  /** The devices that may be the fastest alone. */
  private List<String> contenders(Workload workload) {
    Map<String, Double> nanos = new LinkedHashMap<>();
    for (String device : DEVICES) {
      workload.run(on(device));
      nanos.put(device, time(workload, device));
    }
    double best = nanos.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    return DEVICES.stream()
        .filter(device -> Objects.requireNonNull(nanos.get(device)) < HOPELESS * best)
        .toList();
  }

  private static void add(Map<String, List<Double>> map, String key, double value) {
    map.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  private static Map<String, Samples> samples(Map<String, List<Double>> map) {
    Map<String, Samples> all = new LinkedHashMap<>();
    map.forEach((key, values) -> all.put(key, Samples.of(values)));
    return all;
  }

  private static String best(Map<String, Samples> alone) {
    return alone.entrySet().stream()
        .min(Map.Entry.comparingByValue((a, b) -> Double.compare(a.median(), b.median())))
        .orElseThrow()
        .getKey();
  }

  /** By the launch that takes longest, the first. */
  private static Map<String, Double> shares(List<Execution> executions) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (DeviceShare share : executions.getFirst().devices()) {
      shares.put(share.id(), share.share());
    }
    return shares;
  }

  private static Map<String, Integer> chunks(List<Execution> executions) {
    Map<String, Integer> chunks = new LinkedHashMap<>();
    for (DeviceShare share : executions.getFirst().devices()) {
      chunks.put(share.id(), share.chunks());
    }
    return chunks;
  }

  /**
   * Whether computing takes longer than moving the bytes on every device, by the work estimate and
   * the measured profiles.
   */
  private boolean computeBound(Workload workload) {
    Workload.Launch launch = workload.launches().getFirst();
    WorkEstimate work = launch.kernel().work(launch.range(), launch.arguments(), on("cpu"));
    for (String device : DEVICES) {
      DeviceProfile profile = session.profile(device);
      if (!CostModel.computeBound(profile, work, launch.range().items())) {
        return false;
      }
    }
    return true;
  }

  private static double operationsPerByte(Workload workload) {
    Workload.Launch launch = workload.launches().getFirst();
    WorkEstimate work = launch.kernel().work(launch.range(), launch.arguments(), on("cpu"));
    double bytes = 0;
    for (AccessClass access : AccessClass.values()) {
      bytes += work.bytesRead(access) + work.bytesWritten(access);
    }
    double through = Math.min(bytes, work.footprint() / (double) launch.range().items());
    return work.operations() / Math.max(1e-9, through);
  }
}
