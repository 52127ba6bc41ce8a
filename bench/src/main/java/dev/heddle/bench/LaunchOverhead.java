package dev.heddle.bench;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Arguments;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a launch costs from Java when its plan is cached: saxpy on 1,000 elements, beside a plain
 * loop, a parallel stream, and enqueue and finish on an OpenCL driver. A sample is the mean of a
 * batch of calls; the peers' batches are interleaved.
 *
 * <p>Arguments: the folder of the kernel library, the C library of OpenCL calls, number of samples.
 */
public final class LaunchOverhead {
  private static final int N = 1000;
  private static final int BATCH = 500;
  private static final int WARM_UP_BATCHES = 60;
  private static final float A = 2.5f;

  private LaunchOverhead() {}

  /** Runs the comparison; see the class. */
  public static void main(String[] args) throws Exception {
    Path kernels = Path.of(args[0]);
    String source = Files.readString(kernels.resolve("stream/saxpy.cl"));
    PlainOpenCl plain = new PlainOpenCl(new Native(Path.of(args[1])));
    int samples = Integer.parseInt(args[2]);
    try (Session session =
            Session.open(SessionOptions.DEFAULT.on(DeviceSelector.parse("cpu")).forgetful());
        Arena arena = Arena.ofShared()) {
      List<Peer> peers =
          List.of(
              heddle(session, source),
              loop("plain loop", false),
              loop("IntStream.parallel", true),
              openCl(plain, arena, source));
      for (int i = 0; i < WARM_UP_BATCHES; i++) {
        peers.forEach(Peer::time);
      }
      print(peers, sample(peers, samples));
    }
    System.exit(0);
  }

  private static Peer heddle(Session session, String source) {
    Kernel kernel =
        session
            .compile(List.of(new SourceFile("saxpy.cl", source)), FrontendOptions.DEFAULT)
            .kernel("saxpy");
    Buffer x = session.allocate(4L * N);
    Buffer y = session.allocate(4L * N);
    Arguments arguments = kernel.arguments().set("n", N).set("a", A).set("x", x).set("y", y);
    NDRange range = NDRange.of(N);
    return batch("Heddle", () -> kernel.run(range, arguments, RunOptions.DEFAULT));
  }

  private static Peer loop(String name, boolean parallel) {
    float[] x = new float[N];
    float[] y = new float[N];
    return batch(
        name,
        parallel
            ? () -> IntStream.range(0, N).parallel().forEach(i -> y[i] = Math.fma(A, x[i], y[i]))
            : () -> {
              for (int i = 0; i < N; i++) {
                y[i] = Math.fma(A, x[i], y[i]);
              }
            });
  }

  private static Peer openCl(PlainOpenCl plain, Arena arena, String source) {
    MemorySegment kernel = plain.kernel(source, "", "saxpy");
    plain.set(kernel, 0, N);
    plain.set(kernel, 1, A);
    for (int i = 2; i < 4; i++) {
      plain.set(kernel, i, plain.buffer(arena.allocate(ValueLayout.JAVA_FLOAT.byteSize() * N, 64)));
    }
    PlainOpenCl.Launch launch = new PlainOpenCl.Launch(kernel, NDRange.of(N));
    return batch("PoCL enqueue and finish", () -> plain.run(launch));
  }

  private static Peer batch(String name, Runnable call) {
    return new Peer(
        name,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            call.run();
          }
        });
  }

  private static List<Samples> sample(List<Peer> peers, int count) {
    double[][] nanos = new double[peers.size()][count];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < nanos.length; p++) {
        nanos[p][i] = peers.get(p).time() / BATCH;
      }
    }
    List<Samples> samples = new ArrayList<>();
    for (double[] one : nanos) {
      samples.add(new Samples(one));
    }
    return samples;
  }

  private static void print(List<Peer> peers, List<Samples> samples) {
    System.out.println("a launch of saxpy on 1,000 elements, warm, from Java");
    for (int p = 0; p < peers.size(); p++) {
      Samples own = samples.get(p);
      System.out.printf(
          Locale.ROOT,
          "  %-26s %8.2f us  [%.2f, %.2f]%n",
          peers.get(p).name(),
          own.median() / 1e3,
          own.low() / 1e3,
          own.high() / 1e3);
    }
  }
}
