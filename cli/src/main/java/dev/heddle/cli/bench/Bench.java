package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.cli.selftest.LibraryKernels;
import dev.heddle.compiler.diagnostic.HeddleException;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.spi.DeviceInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures the devices of a session. First every probe is opened and warmed up; then all are gone
 * through several times, so that what changes with time shows as a difference between rounds.
 */
public final class Bench implements AutoCloseable {
  private static final double SECOND = 1e9;

  /** A probe is warm when it was not this much better for a third of the time it may take. */
  private static final double BETTER = 0.97;

  /** So much longer may warming up take where a device is known to have better code to come. */
  private static final int PATIENCE = 5;

  /** Samples in a round, at most. */
  private static final int MANY = 200;

  /** From here on the yardstick says that the machine itself changed. */
  private static final double UNSTEADY = 1.1;

  private final Session session;
  private final Limits limits;
  private final Consumer<String> progress;
  private final long startNanos = System.nanoTime();
  private final List<Probe> probes = new ArrayList<>();
  private final List<DeviceProbes> deviceProbes = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Set<String> warm = new HashSet<>();
  private int late;

  private Bench(Session session, Limits limits, Consumer<String> progress) {
    this.session = session;
    this.limits = limits;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param quick whether to be done within half a minute, with fewer sizes and kernels
   * @param home where Heddle lies, with {@code kernels} in it; empty: the library is left out
   * @param progress is told what is about to be measured
   */
  public static Report run(
      Session session,
      boolean quick,
      Optional<Path> home,
      String command,
      Consumer<String> progress) {
    return run(session, quick ? Limits.QUICK : Limits.FULL, home, command, progress);
  }

  static Report run(
      Session session,
      Limits limits,
      Optional<Path> home,
      String command,
      Consumer<String> progress) {
    try (Bench bench = new Bench(session, limits, progress)) {
      return bench.report(home, command);
    }
  }

  private Report report(Optional<Path> home, String command) {
    Map<String, String> machine = new LinkedHashMap<>(Machine.facts());
    List<String> health = new ArrayList<>(Machine.health());
    List<DeviceInfo> devices = usable();
    open(() -> new Yardstick(false));
    open(() -> new Yardstick(true));
    Optional<LibraryProbes> library =
        home.map(folder -> new LibraryProbes(session, devices, folder.resolve("kernels"), limits));
    try {
      openAll(devices, library);
      List<Measure> measures = measure();
      health.addAll(unsteady(measures));
      machine.put(
          "time spent",
          String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - startNanos) / SECOND));
      return new Report(
          version(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
          command,
          machine,
          health,
          devices,
          measures,
          library.map(LibraryProbes::facts).orElse(List.of()),
          library.map(LibraryProbes::predictions).orElse(List.of()),
          skipped);
    } finally {
      library.ifPresent(LibraryProbes::close);
    }
  }

  private static String version() {
    String version = Bench.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }

  /** Devices that do not follow the rules take no part in runs. */
  private List<DeviceInfo> usable() {
    List<DeviceInfo> usable = new ArrayList<>();
    for (DeviceInfo device : session.devices()) {
      if (device.reproducible().isEmpty()) {
        usable.add(device);
      } else {
        skipped.add(device.id() + " takes no part in runs: " + device.reproducible());
      }
    }
    session.notes().forEach(skipped::add);
    return usable;
  }

  private void openAll(List<DeviceInfo> devices, Optional<LibraryProbes> library) {
    List<Deque<Supplier<Probe>>> queues = new ArrayList<>();
    for (DeviceInfo info : devices) {
      DeviceProbes made = new DeviceProbes(session, info, limits);
      deviceProbes.add(made);
      queues.add(new ArrayDeque<>(made.all()));
    }
    library.ifPresent(
        probes -> {
          Deque<Supplier<Probe>> queue = new ArrayDeque<>();
          List<String> all = LibraryKernels.ALL.stream().map(LibraryKernels::file).toList();
          probes.files(all).forEach(file -> queue.addAll(probes.of(file)));
          queue.addAll(probes.sweeps());
          queues.add(queue);
        });
    // in turn, so that what the time does not suffice for is missing everywhere alike
    while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
      queues.forEach(queue -> Optional.ofNullable(queue.poll()).ifPresent(this::open));
    }
    contention(devices).forEach(this::open);
    if (library.isEmpty()) {
      skipped.add("the kernel library: where it lies is unknown; use bin/heddle");
    }
    if (late > 0) {
      skipped.add(
          "%d measurements: their time of %.0f s was up before they were ready"
              .formatted(late, limits.openNanos() / SECOND));
    }
    if (!limits.kernels().isEmpty()) {
      skipped.add(
          "%d kernels of the library, and every other size: --quick leaves them out"
              .formatted(LibraryKernels.ALL.size() - limits.kernels().size()));
    }
  }

  /** Every device beside every other one. */
  private List<Supplier<Probe>> contention(List<DeviceInfo> devices) {
    List<Supplier<Probe>> probes = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      for (int j = 0; j < devices.size(); j++) {
        if (i != j) {
          DeviceProbes one = deviceProbes.get(i);
          DeviceProbes other = deviceProbes.get(j);
          probes.add(() -> new ContentionProbe(one.triadRate(), other.triadRate()));
          probes.add(() -> new ContentionProbe(one.fmaRate(), other.fmaRate()));
        }
      }
    }
    return probes;
  }

  private void open(Supplier<Probe> maker) {
    if (late(limits.openNanos())) {
      late++;
      return;
    }
    try {
      Probe probe = maker.get();
      Subject subject = probe.subject();
      progress.accept(
          "warming up: "
              + subject.section().title()
              + ", "
              + subject.device()
              + ", "
              + subject.name());
      probes.add(probe);
      if (subject.section() != Section.CONTENTION
          && warm.add(subject.section() + subject.device() + subject.name())) {
        warmUp(probe);
      }
    } catch (HeddleException e) {
      skipped.add(e.getMessage());
    }
  }

  private boolean late(long nanos) {
    return System.nanoTime() - startNanos > nanos;
  }

  private void warmUp(Probe probe) {
    boolean more = probe.subject().unit().moreIsBetter();
    long begin = System.nanoTime();
    long improved = begin;
    long now = begin;
    double best = Double.POSITIVE_INFINITY;
    while (now - begin < (probe.settled() ? 1 : PATIENCE) * limits.warmUpNanos()
        && !(probe.settled() && now - improved > limits.warmUpNanos() / 3)) {
      double value = probe.sample();
      double cost = more ? 1 / value : value;
      now = System.nanoTime();
      if (cost < BETTER * best) {
        best = cost;
        improved = now;
      }
    }
  }

  private List<Measure> measure() {
    Map<Probe, List<double[]>> rounds = new LinkedHashMap<>();
    for (int round = 0; round < limits.rounds(); round++) {
      for (Probe probe : probes) {
        if (round > 0 && late(limits.totalNanos())) {
          break;
        }
        Subject subject = probe.subject();
        progress.accept(
            "round %d of %d: %s, %s, %s"
                .formatted(
                    round + 1,
                    limits.rounds(),
                    subject.section().title(),
                    subject.device(),
                    subject.name()));
        sample(probe)
            .ifPresent(
                samples -> rounds.computeIfAbsent(probe, key -> new ArrayList<>()).add(samples));
      }
    }
    List<Measure> measures = new ArrayList<>();
    rounds.forEach((probe, samples) -> measures.add(Measure.of(probe.subject(), samples)));
    return measures;
  }

  private Optional<double[]> sample(Probe probe) {
    double[] samples = new double[MANY];
    int count = 0;
    long end = System.nanoTime() + limits.sliceNanos();
    try {
      do {
        samples[count++] = probe.sample();
      } while (count < MANY && System.nanoTime() < end);
    } catch (HeddleException e) {
      skipped.add(probe.subject().key() + ": " + e.getMessage());
      return Optional.empty();
    }
    // the first of several finds the caches full of what was measured before
    return Optional.of(Arrays.copyOfRange(samples, count > 2 ? 1 : 0, count));
  }

  private static List<String> unsteady(List<Measure> measures) {
    List<String> notes = new ArrayList<>();
    for (Measure measure : measures) {
      if (measure.subject().section() == Section.YARDSTICK) {
        double least = measure.rounds().stream().mapToDouble(r -> r).min().orElse(1);
        double most = measure.rounds().stream().mapToDouble(r -> r).max().orElse(1);
        if (most > UNSTEADY * least) {
          notes.add(
              String.format(
                  Locale.ROOT,
                  "%s took up to %.0f %% longer in one round than in another: throttled or shared",
                  measure.subject().name(),
                  100 * (most / least - 1)));
        }
      }
    }
    return notes;
  }

  @Override
  public void close() {
    probes.forEach(Probe::close);
    deviceProbes.forEach(DeviceProbes::close);
  }
}
