package dev.heddle.bench.gpu;

import dev.heddle.bench.Growth;
import dev.heddle.bench.LibraryFiles;
import dev.heddle.bench.Samples;
import dev.heddle.cli.run.Workload;
import dev.heddle.compiler.analysis.WorkEstimate;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the kernel library on a GPU: kernels on buffers that lie there and with copies both
 * ways, beside CUDA C++ for the same work where it was built; then the CPU, the GPU and both. Every
 * comparison is interleaved, round by round; medians with their 95 % interval.
 *
 * <p>Arguments: the folder of the kernel library, a folder for what is learned, the GPU's id, the
 * library of twins or {@code none}, the JSON file to write, number of rounds, then optionally parts
 * of file names.
 */
public final class GpuBench {
  private static final int NO_DEVICE = 6;

  /** A kernel so long is not a measurement of the launch. */
  private static final double WANTED_NANOS = 3e6;

  private static final double LEAST_NANOS = 2e6;

  /** Of buffers: several times any cache, a fraction of any GPU's memory. */
  private static final long MOST_BYTES = 1L << 30;

  private static final int MOST_STEPS = 10;
  private static final double FIRST_EXPONENT = 2;

  /** The CPU is not timed alone where it takes so many times longer than the GPU. */
  private static final double HOPELESS = 30;

  /** Runs before any is timed: the planner tries what it does not know. */
  private static final int TRIALS = 4;

  private static final int SMALL_ITEMS = 1024;
  private static final int SMALL_RUNS = 3000;

  private final Path kernels;
  private final Session session;
  private final String gpu;
  private final Optional<CudaTwins> twins;
  private final int rounds;

  private GpuBench(
      Path kernels, Session session, String gpu, Optional<CudaTwins> twins, int rounds) {
    this.kernels = kernels;
    this.session = session;
    this.gpu = gpu;
    this.twins = twins;
    this.rounds = rounds;
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] args) throws IOException {
    SessionOptions options = SessionOptions.DEFAULT.withFolder(Path.of(args[1]));
    List<String> wanted = List.of(args).subList(6, args.length);
    int exit = 0;
    try (Session session = Session.open(options)) {
      String gpu = session.devices(DeviceSelector.parse(args[2])).getFirst().id();
      Optional<CudaTwins> twins =
          args[3].equals("none")
              ? Optional.empty()
              : Optional.of(new CudaTwins(Path.of(args[3]), number(gpu)));
      session.calibrate(DeviceSelector.parse("cpu," + gpu));
      new GpuBench(Path.of(args[0]), session, gpu, twins, Integer.parseInt(args[5]))
          .run(Path.of(args[4]), wanted);
    } catch (RunException e) {
      System.err.println("bench/gpu/run: " + e.getMessage());
      exit = NO_DEVICE;
    }
    System.exit(exit);
  }

  private static int number(String device) {
    return Integer.parseInt(device.substring(device.indexOf(':') + 1));
  }

  private void run(Path json, List<String> wanted) throws IOException {
    Optional<Ceilings> ceilings = twins.map(Ceilings::measure);
    DeviceProfile profile = session.profile(gpu);
    Samples launch = smallLaunch();
    GpuTable table = new GpuTable(session.device(gpu).info(), profile, launch, ceilings);
    table.header();
    for (Path file : LibraryFiles.in(kernels, wanted)) {
      table.add(measure(file));
    }
    table.write(json);
  }

  /** The caller's time for a small launch whose plan and code are there. */
  private Samples smallLaunch() {
    Path file = kernels.resolve("stream").resolve("saxpy.cl");
    try (Workload small = new Workload(file, List.of("n=" + SMALL_ITEMS), session)) {
      double[] nanos = new double[SMALL_RUNS];
      for (int i = 0; i < 2 * SMALL_RUNS; i++) {
        nanos[i % SMALL_RUNS] = wall(small, gpu);
      }
      return new Samples(nanos);
    }
  }

  private GpuRow measure(Path file) {
    Growth growth = new Growth(file.getFileName().toString(), Workload.request(file, List.of()));
    Program program;
    try (Workload first = new Workload(file, List.of(), session)) {
      program = first.program();
      first.run(on(gpu));
    }
    grow(file, growth, program);
    try (Workload workload = scaled(file, growth, program)) {
      return measure(file, growth, workload);
    }
  }

  private Workload scaled(Path file, Growth growth, Program program) {
    return new Workload(Workload.request(file, growth.words()), program, session);
  }

  /** Finds the size at which the GPU is busy for long enough. */
  private void grow(Path file, Growth growth, Program program) {
    double exponent = FIRST_EXPONENT;
    double factor = 1;
    double before = 0;
    for (int step = 0; step < MOST_STEPS && growth.possible(); step++) {
      double now;
      try (Workload workload = scaled(file, growth, program)) {
        workload.run(on(gpu));
        now = Math.max(1, onDevice(workload));
        if (now > LEAST_NANOS || workload.bytes() > MOST_BYTES / 2) {
          return;
        }
        factor = Math.min(16, (double) MOST_BYTES / workload.bytes());
      }
      if (before > 0 && now > 1.2 * before) {
        exponent = Math.clamp(Math.log(now / before) / Math.log(factor), 0.3, 4);
      }
      before = now;
      factor = Math.clamp(Math.pow(WANTED_NANOS / now, 1 / exponent), 1.1, factor);
      growth.by(factor);
    }
  }

  private GpuRow measure(Path file, Growth growth, Workload workload) {
    Workload.Launch launch = workload.launches().getFirst();
    List<Double> kernel = new ArrayList<>();
    List<Double> wall = new ArrayList<>();
    List<Double> copies = new ArrayList<>();
    Optional<TwinTimes> twin = twins.map(all -> new TwinTimes(all.of(launch), launch));
    try {
      once(launch, on(gpu));
      twin.ifPresent(TwinTimes::compare);
      for (int round = 0; round < rounds; round++) {
        wall.add(wall(workload, gpu));
        kernel.add(onDevice(workload));
        twin.ifPresent(times -> times.round(kernel.getLast()));
      }
      for (int round = 0; round < rounds; round++) {
        copies.add(withCopies(launch));
        twin.ifPresent(TwinTimes::roundWithCopies);
      }
    } finally {
      twin.ifPresent(TwinTimes::close);
    }
    WorkEstimate work = launch.kernel().work(launch.range(), launch.arguments(), on(gpu));
    Samples kernelTimes = Samples.of(kernel);
    Together together = together(workload);
    return new GpuRow(
        file.getFileName().toString().replace(".cl", ""),
        String.join(" ", growth.words()),
        workload.bytes(),
        kernelTimes,
        work.footprint() / (kernelTimes.median() / 1e9),
        Samples.of(wall),
        Samples.of(copies),
        twin.map(TwinTimes::row),
        together.alone(),
        together.times(),
        together.overBest(),
        together.shares());
  }

  private static Execution once(Workload.Launch launch, RunOptions options) {
    return launch.kernel().run(launch.range(), launch.arguments(), options);
  }

  private static RunOptions on(String devices) {
    return RunOptions.DEFAULT.on(devices);
  }

  private double wall(Workload workload, String devices) {
    long start = System.nanoTime();
    workload.run(on(devices));
    return System.nanoTime() - start;
  }

  /** The first launch's time on the GPU, whose buffers are there. */
  private double onDevice(Workload workload) {
    return once(workload.launches().getFirst(), on(gpu)).devices().getFirst().measuredNanos();
  }

  /** All inputs from the host, all outputs back to it. */
  private double withCopies(Workload.Launch launch) {
    List<Integer> buffers = CudaTwins.buffers(launch);
    buffers.forEach(i -> launch.arguments().buffer(i).orElseThrow().write());
    long start = System.nanoTime();
    once(launch, on(gpu));
    for (int i : buffers) {
      if (CudaTwins.written(launch, i)) {
        launch.arguments().buffer(i).orElseThrow().read();
      }
    }
    return System.nanoTime() - start;
  }

  /** CPU, GPU and both. */
  private record Together(
      Map<String, Samples> alone, Samples times, Samples overBest, Map<String, Double> shares) {}

  private Together together(Workload workload) {
    String both = "cpu," + gpu;
    List<String> contenders = new ArrayList<>(List.of(gpu));
    workload.run(on("cpu"));
    double cpu = wall(workload, "cpu");
    workload.run(on(gpu));
    if (cpu < HOPELESS * wall(workload, gpu)) {
      contenders.add("cpu");
    }
    for (int i = 0; i < TRIALS; i++) {
      workload.run(on(both));
    }
    Map<String, List<Double>> alone = new LinkedHashMap<>();
    List<Double> together = new ArrayList<>();
    List<Double> overBest = new ArrayList<>();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      // the first of two pays for bringing the data there
      Execution last = workload.run(on(both)).getFirst();
      double now = wall(workload, both);
      double best = Double.POSITIVE_INFINITY;
      for (String device : contenders) {
        workload.run(on(device));
        double nanos = wall(workload, device);
        alone.computeIfAbsent(device, d -> new ArrayList<>()).add(nanos);
        best = Math.min(best, nanos);
      }
      together.add(now);
      overBest.add(now / best);
      shares.clear();
      for (DeviceShare share : last.devices()) {
        shares.put(share.id(), share.share());
      }
    }
    Map<String, Samples> times = new LinkedHashMap<>();
    alone.forEach((device, nanos) -> times.put(device, Samples.of(nanos)));
    return new Together(times, Samples.of(together), Samples.of(overBest), shares);
  }
}
