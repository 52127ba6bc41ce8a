package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import dev.heddle.bench.Peer;
import dev.heddle.bench.Samples;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Compares the kernels of the six examples as lambdas on the CPU device with a plain loop, a
 * parallel stream, Aparapi on an OpenCL driver and on its thread pool, and the same kernel as a
 * file: warm, interleaved in one process, results compared. Prints medians, their 95 % intervals
 * and how many times faster the lambda is.
 *
 * <p>Arguments: number of samples, milliseconds of warm-up for each peer, threads, then optionally
 * parts of case names; {@code chains} and {@code calls} are rows of their own.
 */
public final class LambdaBench {
  private record Sizes(String name, IntFunction<LambdaCase> make, List<Integer> sizes) {}

  private static final List<Sizes> CASES =
      List.of(
          new Sizes("option pricing", n -> new OptionCase(n, true), List.of(10_000, 1_000_000)),
          new Sizes("option Math", n -> new OptionCase(n, false), List.of(10_000, 1_000_000)),
          new Sizes("n-body", BodiesCase::new, List.of(2_048, 10_000)),
          new Sizes("image blur", n -> new BlurCase(n, n), List.of(100, 1_024)),
          new Sizes("k-mer words", WordCase::new, List.of(10_000, 4_000_000)),
          new Sizes("value at risk", RiskCase::new, List.of(10_000, 100_000)),
          new Sizes("heat step", HeatCase::new, List.of(100, 2_048)));

  private final int samples;
  private final long warmNanos;
  private final int threads;
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  private LambdaBench(int samples, long warmNanos, int threads) {
    this.samples = samples;
    this.warmNanos = warmNanos;
    this.threads = threads;
  }

  /** Runs the comparison; see the class. */
  public static void main(String[] args) {
    LambdaBench bench =
        new LambdaBench(
            Integer.parseInt(args[0]),
            Long.parseLong(args[1]) * 1_000_000,
            Integer.parseInt(args[2]));
    List<String> wanted = List.of(args).subList(3, args.length);
    System.out.printf(
        Locale.ROOT,
        "%-24s %-20s %12s  %-25s %8s%n",
        "kernel, calls",
        "peer",
        "median us",
        "95 % interval",
        "lambda is");
    for (Sizes sizes : CASES) {
      if (wanted.isEmpty() || wanted.stream().anyMatch(sizes.name()::contains)) {
        sizes.sizes().forEach(size -> bench.compare(sizes.make().apply(size)));
      }
    }
    bench.ratios.forEach(LambdaBench::summary);
    if (wanted.isEmpty() || wanted.contains("chains")) {
      new LambdaChains(bench.samples, bench.warmNanos, bench.threads).print();
    }
    if (wanted.isEmpty() || wanted.contains("calls")) {
      new LambdaCalls(bench.samples, bench.warmNanos, bench.threads).print();
    }
    System.exit(0);
  }

  private static void summary(String peer, List<Double> all) {
    System.out.printf(
        Locale.ROOT,
        "against %s: geometric mean %.2f, lowest %.2f (%d cases)%n",
        peer,
        Math.exp(all.stream().mapToDouble(Math::log).average().orElse(0)),
        all.stream().mapToDouble(r -> r).min().orElse(0),
        all.size());
  }

  static Session session(int threads) {
    return Session.open(
        SessionOptions.DEFAULT.forgetful().withCpuThreads(threads).on(DeviceSelector.parse("cpu")));
  }

  private void compare(LambdaCase chosen) {
    try (Session session = session(threads)) {
      List<Kernel> kernels = List.of(chosen.aparapi(), chosen.aparapi());
      List<Peer> peers = peers(chosen, session, kernels);
      sameResults(chosen, peers);
      for (Peer peer : peers) {
        warm(peer, warmNanos);
      }
      print(chosen, peers, sample(peers, samples));
      kernels.forEach(Kernel::dispose);
    }
  }

  private static List<Peer> peers(LambdaCase chosen, Session session, List<Kernel> kernels) {
    int size = chosen.size();
    IntConsumer looped = chosen.body();
    IntConsumer streamed = chosen.body();
    List<Peer> peers = new ArrayList<>();
    peers.add(new Peer("lambda", chosen.lambda(session)));
    peers.add(
        new Peer(
            "plain loop",
            () -> {
              for (int i = 0; i < size; i++) {
                looped.accept(i);
              }
            }));
    peers.add(
        new Peer(
            "IntStream.parallel", () -> IntStream.range(0, size).parallel().forEach(streamed)));
    peers.add(new Peer("Aparapi, OpenCL", aparapi(kernels.get(0), Device.best(), size)));
    peers.add(new Peer("Aparapi, threads", aparapi(kernels.get(1), JavaDevice.THREAD_POOL, size)));
    peers.add(new Peer("kernel file", chosen.kernelFile(session)));
    return peers;
  }

  private static Runnable aparapi(Kernel kernel, Device device, int size) {
    Range range = device.createRange(size);
    return () -> kernel.execute(range);
  }

  /** All but the kernel file write the same array; the plain loop's is what is right. */
  private static void sameResults(LambdaCase chosen, List<Peer> peers) {
    peers.get(1).work().run();
    double[] expected = chosen.output().clone();
    double largest = 1;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (Peer peer : peers.subList(0, peers.size() - 1)) {
      peer.work().run();
      double[] found = chosen.output();
      for (int i = 0; i < found.length; i++) {
        if (!(Math.abs(found[i] - expected[i]) <= chosen.tolerance() * largest)) {
          throw new IllegalStateException(
              "%s of %s: %g at %d, expected %g"
                  .formatted(chosen.name(), peer.name(), found[i], i, expected[i]));
        }
      }
    }
  }

  static void warm(Peer peer, long nanos) {
    long until = System.nanoTime() + nanos;
    int runs = 0;
    while (runs++ < 2 || System.nanoTime() < until) {
      peer.work().run();
    }
  }

  /** One run of each peer in turn; a sample is the best of as many runs as fit into 2 ms. */
  static List<Samples> sample(List<Peer> peers, int count) {
    double[][] nanos = new double[peers.size()][count];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < nanos.length; p++) {
        nanos[p][i] = batch(peers.get(p));
      }
    }
    List<Samples> all = new ArrayList<>();
    for (double[] one : nanos) {
      all.add(new Samples(one));
    }
    return all;
  }

  /** Mean of as many runs as fit into 2 ms. */
  private static double batch(Peer peer) {
    double sum = 0;
    int runs = 0;
    while (sum < 2e6) {
      sum += peer.time();
      runs++;
    }
    return sum / runs;
  }

  private void print(LambdaCase chosen, List<Peer> peers, List<Samples> samples) {
    double own = samples.getFirst().median();
    for (int p = 0; p < peers.size(); p++) {
      Samples times = samples.get(p);
      double ratio = times.median() / own;
      System.out.printf(
          Locale.ROOT,
          "%-24s %-20s %12.1f  [%10.1f, %10.1f]  %9s%n",
          p == 0 ? "%s, %,d".formatted(chosen.name(), chosen.size()) : "",
          peers.get(p).name(),
          times.median() / 1e3,
          times.low() / 1e3,
          times.high() / 1e3,
          p == 0 ? "" : String.format(Locale.ROOT, "%.2f x", ratio));
      if (p > 0) {
        ratios.computeIfAbsent(peers.get(p).name(), name -> new ArrayList<>()).add(ratio);
      }
    }
  }
}
