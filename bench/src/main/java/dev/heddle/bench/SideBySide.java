package dev.heddle.bench;

import com.sun.management.ThreadMXBean;
import dev.heddle.cli.data.Summary;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Compares Heddle on the CPU device with gcc's code for plain C twins and with the same kernels on
 * an OpenCL driver by plain API calls: ten kernels, warm, interleaved in one process, results
 * compared. Prints the medians, their 95 % intervals, the speed-ups, and what a warm launch takes
 * from the Java heap.
 *
 * <p>Arguments: the folder of the kernel library, the two C libraries, number of samples, then
 * optionally parts of case names to run.
 */
public final class SideBySide {
  private static final long WARM_UP_NANOS = 6_000_000_000L;
  private static final long PAUSE_MILLIS = 5;
  private static final int ALLOCATION_RUNS = 5;

  private final Path kernels;
  private final Native twins;
  private final PlainOpenCl plain;
  private final int samples;
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  private SideBySide(Path kernels, Native twins, PlainOpenCl plain, int samples) {
    this.kernels = kernels;
    this.twins = twins;
    this.plain = plain;
    this.samples = samples;
  }

  /** Runs the comparison; see the class. */
  public static void main(String[] args) {
    SideBySide bench =
        new SideBySide(
            Path.of(args[0]),
            new Native(Path.of(args[1])),
            new PlainOpenCl(new Native(Path.of(args[2]))),
            Integer.parseInt(args[3]));
    List<String> wanted = List.of(args).subList(4, args.length);
    System.out.printf(
        Locale.ROOT,
        "%-34s %-28s %10s  %-23s %8s %12s%n",
        "kernel",
        "peer",
        "median ms",
        "95 % interval",
        "speed-up",
        "allocates");
    for (Case chosen : Case.ALL) {
      if (wanted.isEmpty() || wanted.stream().anyMatch(chosen.name()::contains)) {
        bench.compare(chosen);
      }
    }
    bench.ratios.forEach(
        (peer, all) ->
            System.out.printf(
                Locale.ROOT,
                "geometric mean over %s: %.2f, lowest %.2f (%d kernels)%n",
                peer,
                Math.exp(all.stream().mapToDouble(Math::log).average().orElse(0)),
                all.stream().mapToDouble(r -> r).min().orElse(0),
                all.size()));
    System.exit(0);
  }

  private void compare(Case chosen) {
    try (Session session = Session.open(SessionOptions.DEFAULT);
        CaseSetup setup = new CaseSetup(chosen, kernels, session)) {
      Peer heddle = setup.heddle();
      List<Peer> peers = new ArrayList<>(List.of(heddle));
      for (String twin : chosen.twins()) {
        if (twins.has(twin)) {
          peers.add(setup.twin(twins, twin, chosen.twinArguments()));
        }
      }
      peers.add(setup.plainOpenCl(plain));
      sameResults(chosen, setup, peers);
      peers.forEach(SideBySide::warm);
      print(chosen, setup, peers, sample(peers));
    }
  }

  private static void warm(Peer peer) {
    long until = System.nanoTime() + (peer.name().equals("Heddle") ? WARM_UP_NANOS : 0);
    int runs = 0;
    while (runs++ < 3 || System.nanoTime() < until) {
      peer.work().run();
    }
  }

  private Map<Peer, Samples> sample(List<Peer> peers) {
    Map<Peer, double[]> times = new LinkedHashMap<>();
    peers.forEach(peer -> times.put(peer, new double[samples]));
    for (int i = 0; i < samples; i++) {
      for (Peer peer : peers) {
        pause();
        Objects.requireNonNull(times.get(peer))[i] = peer.time();
      }
    }
    Map<Peer, Samples> all = new LinkedHashMap<>();
    times.forEach((peer, nanos) -> all.put(peer, new Samples(nanos)));
    return all;
  }

  /** Bytes that all threads together take from the Java heap in one run. */
  private static long leastAllocated(Peer peer) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ALLOCATION_RUNS; i++) {
      long before = threads.getTotalThreadAllocatedBytes();
      peer.work().run();
      least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
    }
    return least;
  }

  /** Lets the threads of the peer before stop spinning. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(Case chosen, CaseSetup setup, List<Peer> peers, Map<Peer, Samples> times) {
    Samples own = Objects.requireNonNull(times.get(peers.getFirst()));
    for (Peer peer : peers) {
      Samples theirs = Objects.requireNonNull(times.get(peer));
      double ratio = theirs.median() / own.median();
      boolean self = peer == peers.getFirst();
      System.out.printf(
          Locale.ROOT,
          "%-34s %-28s %10.3f  [%9.3f, %9.3f]  %8s %12s%n",
          self ? chosen.name() : "",
          self ? "Heddle (" + setup.tier() + ")" : peer.name(),
          theirs.median() / 1e6,
          theirs.low() / 1e6,
          theirs.high() / 1e6,
          self ? "" : String.format(Locale.ROOT, "%.2f", ratio),
          self ? leastAllocated(peer) + " bytes" : "");
      if (!self) {
        String system = peer.name().split(" ", 2)[0];
        boolean best =
            peers.stream().filter(p -> p.name().startsWith(system)).findFirst().get() == peer;
        if (best) {
          ratios.computeIfAbsent(system, s -> new ArrayList<>()).add(ratio);
        }
      }
    }
  }

  /** Each peer starts from the same inputs; its outputs are compared with the first's. */
  private static void sameResults(Case chosen, CaseSetup setup, List<Peer> peers) {
    try (Arena arena = Arena.ofConfined()) {
      Map<String, MemorySegment> before = new LinkedHashMap<>();
      Map<String, MemorySegment> expected = new LinkedHashMap<>();
      for (String output : chosen.outputs()) {
        before.put(output, copy(arena, setup.content(output)));
      }
      for (Peer peer : peers) {
        before.forEach(setup::overwrite);
        peer.work().run();
        for (String output : chosen.outputs()) {
          MemorySegment found = setup.content(output);
          MemorySegment first = expected.get(output);
          if (first == null) {
            expected.put(output, copy(arena, found));
          } else {
            same(chosen, peer, output, setup.named(output).element(), first, found);
          }
        }
      }
    }
  }

  private static MemorySegment copy(Arena arena, MemorySegment from) {
    return arena.allocate(from.byteSize(), 64).copyFrom(from);
  }

  private static void same(
      Case chosen,
      Peer peer,
      String output,
      ElementType type,
      MemorySegment expected,
      MemorySegment found) {
    long count = expected.byteSize() / type.type().bytes();
    double largest = 0;
    double worst = 0;
    long differing = 0;
    for (long i = 0; i < count; i++) {
      double a = Summary.element(expected, type, i);
      double b = Summary.element(found, type, i);
      largest = Math.max(largest, Math.abs(a));
      worst = Math.max(worst, Math.abs(a - b));
      differing += a == b ? 0 : 1;
    }
    if (worst > chosen.tolerance() * Math.max(largest, 1)
        || differing > count / 2 && count > 10 && type != ElementType.FLOAT) {
      throw new IllegalStateException(
          "%s: %s of %s differs from Heddle's by up to %g (values up to %g)"
              .formatted(chosen.name(), output, peer.name(), worst, largest));
    }
  }
}
