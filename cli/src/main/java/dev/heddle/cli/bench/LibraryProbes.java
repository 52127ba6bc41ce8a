package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Report.KernelFacts;
import dev.heddle.cli.run.Workload;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.DeviceInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The probes of the kernel library: each kernel on each device, on all of them as the planner
 * thinks best, and at sizes that tell from where on a device pays.
 */
final class LibraryProbes implements AutoCloseable {
  /** Kernels whose break-even sizes are measured, and how their size is given. */
  private static final List<String> SWEPT =
      List.of("stream/saxpy.cl", "finance/black_scholes.cl", "hashing/integer_hash.cl");

  private static final long SMALLEST = 1 << 8;
  private static final long LARGEST = 1 << 22;

  private final Session session;
  private final List<DeviceInfo> devices;
  private final Path folder;
  private final Limits limits;
  private final Map<String, Program> programs = new HashMap<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final List<LibraryProbe> probes = new ArrayList<>();
  private final List<KernelFacts> facts = new ArrayList<>();

  /**
   * @param folder of the library
   */
  LibraryProbes(Session session, List<DeviceInfo> devices, Path folder, Limits limits) {
    this.session = session;
    this.devices = devices;
    this.folder = folder;
    this.limits = limits;
  }

  /** Those of a kernel file; the first that is opened makes its data. */
  List<Supplier<Probe>> of(String file) {
    List<Supplier<Probe>> all = new ArrayList<>();
    List<Workload> made = new ArrayList<>();
    for (DeviceInfo device : devices) {
      RunOptions alone = RunOptions.DEFAULT.on(device.id()).withSplit(SplitPolicy.NONE);
      all.add(() -> probe(file, device.id(), made, alone));
    }
    if (devices.size() > 1) {
      all.add(() -> probe(file, "all", made, RunOptions.DEFAULT));
    }
    return all;
  }

  private Probe probe(String file, String target, List<Workload> made, RunOptions options) {
    String name = Path.of(file).getFileName().toString().replace(".cl", "");
    if (made.isEmpty()) {
      Workload workload = workload(file, List.of());
      made.add(workload);
      facts.add(facts(name, workload));
    }
    LibraryProbe probe = new LibraryProbe(name, target, made.getFirst(), options, devices);
    probes.add(probe);
    return probe;
  }

  /** With new data; each file is compiled once, so that devices warm up to it once. */
  private Workload workload(String file, List<String> values) {
    RunRequest request = Workload.request(folder.resolve(file), values);
    Program program =
        programs.computeIfAbsent(
            file,
            key -> session.program(OpenClCompiler.compile(request.sources(), request.frontend())));
    Workload workload = new Workload(request, program, session);
    workloads.add(workload);
    return workload;
  }

  private static KernelFacts facts(String name, Workload workload) {
    double items = 0;
    double operations = 0;
    double bytes = 0;
    for (Workload.Launch launch : workload.launches()) {
      var work = launch.kernel().work(launch.range(), launch.arguments(), RunOptions.DEFAULT);
      items += launch.range().items();
      operations += work.operations() * launch.range().items();
      bytes += work.footprint();
    }
    String sizes =
        workload.launches().stream()
            .map(launch -> NDRange.text(launch.range().global()))
            .collect(Collectors.joining(", "));
    return new KernelFacts(name, sizes, items, operations, bytes);
  }

  /** The library's kernel files that are to be measured. */
  List<String> files(List<String> all) {
    List<String> wanted = limits.kernels().isEmpty() ? all : limits.kernels();
    return wanted.stream().filter(file -> Files.exists(folder.resolve(file))).toList();
  }

  /** Sizes from which on devices pay. */
  List<Supplier<Probe>> sweeps() {
    List<Supplier<Probe>> all = new ArrayList<>();
    for (String file : SWEPT) {
      for (long n = SMALLEST; n <= LARGEST; n <<= 2 * limits.sizes()) {
        List<Workload> made = new ArrayList<>();
        long size = n;
        for (DeviceInfo device : devices) {
          RunOptions alone = RunOptions.DEFAULT.on(device.id()).withSplit(SplitPolicy.NONE);
          all.add(() -> sweep(file, size, device.id(), made, alone));
        }
      }
    }
    return devices.size() > 1 ? all : List.of();
  }

  private Probe sweep(String file, long n, String device, List<Workload> made, RunOptions options) {
    if (made.isEmpty()) {
      made.add(workload(file, List.of("n=" + n)));
    }
    String name = Path.of(file).getFileName().toString().replace(".cl", "");
    return new SweepProbe(name, device, made.getFirst(), options);
  }

  List<KernelFacts> facts() {
    return List.copyOf(facts);
  }

  List<Prediction> predictions() {
    return probes.stream().map(LibraryProbe::prediction).toList();
  }

  @Override
  public void close() {
    workloads.forEach(Workload::close);
  }
}
