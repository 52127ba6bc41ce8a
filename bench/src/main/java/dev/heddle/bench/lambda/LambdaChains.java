package dev.heddle.bench.lambda;

import dev.heddle.bench.Peer;
import dev.heddle.bench.Samples;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What it saves to run a chain of functions of elements as one kernel: five functions as one
 * expression, as a kernel each, as a plain loop and as a parallel stream, bits compared; and the
 * same with a sum at the end.
 */
final class LambdaChains {
  private static final float SCALE = 1.37f;

  private final int samples;
  private final long warmNanos;
  private final int threads;

  LambdaChains(int samples, long warmNanos, int threads) {
    this.samples = samples;
    this.warmNanos = warmNanos;
    this.threads = threads;
  }

  void print() {
    for (int n : new int[] {10_000, 1 << 22}) {
      try (Session session = LambdaBench.session(threads);
          FloatArray x = session.floats(LambdaCase.uniform(n, 1));
          FloatArray y = session.floats(LambdaCase.uniform(n, 2));
          FloatArray fused = session.floats(n);
          FloatArray separate = session.floats(n)) {
        float[] plainX = x.toArray();
        float[] plainY = y.toArray();
        float[] looped = new float[n];
        float[] streamed = new float[n];
        Peer one =
            new Peer(
                "one expression",
                () ->
                    session
                        .elements(x)
                        .map(v -> v * SCALE)
                        .zip(y, (v, w) -> v + w)
                        .map(v -> v * v)
                        .map(v -> v - 0.5f)
                        .map(v -> v > 1 ? 1 : v)
                        .to(fused));
        Peer each = new Peer("a kernel each", () -> separately(session, x, y, separate));
        Peer loop =
            new Peer(
                "plain loop",
                () -> {
                  for (int i = 0; i < n; i++) {
                    looped[i] = chain(plainX[i], plainY[i]);
                  }
                });
        Peer stream =
            new Peer(
                "IntStream.parallel",
                () ->
                    IntStream.range(0, n)
                        .parallel()
                        .forEach(i -> streamed[i] = chain(plainX[i], plainY[i])));
        compare("five functions, %,d".formatted(n), List.of(one, each, loop, stream));
        requireSame(looped, fused.toArray(), separate.toArray(), streamed);

        Peer oneSum =
            new Peer(
                "one expression",
                () ->
                    session
                        .elements(x)
                        .zip(y, (v, w) -> v * w)
                        .map(v -> v - 0.5f)
                        .reduce(0f, (v, w) -> v + w));
        Peer eachSum =
            new Peer(
                "a kernel each",
                () -> {
                  session.zip(x, y, separate, (v, w) -> v * w);
                  session.map(separate, separate, v -> v - 0.5f);
                  session.reduce(separate, 0f, (v, w) -> v + w);
                });
        compare("two and a sum, %,d".formatted(n), List.of(oneSum, eachSum));
      }
    }
  }

  private static float chain(float x, float y) {
    float sum = x * SCALE + y;
    float shifted = sum * sum - 0.5f;
    return shifted > 1 ? 1 : shifted;
  }

  private static void separately(Session session, FloatArray x, FloatArray y, FloatArray out) {
    session.map(x, out, v -> v * SCALE);
    session.zip(out, y, out, (v, w) -> v + w);
    session.map(out, out, v -> v * v);
    session.map(out, out, v -> v - 0.5f);
    session.map(out, out, v -> v > 1 ? 1 : v);
  }

  private static void requireSame(float[] expected, float[]... found) {
    for (float[] one : found) {
      if (!Arrays.equals(expected, one)) {
        throw new IllegalStateException("the results of a chain differ");
      }
    }
  }

  private void compare(String name, List<Peer> peers) {
    peers.forEach(peer -> LambdaBench.warm(peer, warmNanos));
    List<Samples> times = LambdaBench.sample(peers, samples);
    double own = times.getFirst().median();
    for (int p = 0; p < peers.size(); p++) {
      double median = times.get(p).median();
      System.out.printf(
          Locale.ROOT,
          "%-24s %-20s %12.1f  [%10.1f, %10.1f]  %9s%n",
          p == 0 ? name : "",
          peers.get(p).name(),
          median / 1e3,
          times.get(p).low() / 1e3,
          times.get(p).high() / 1e3,
          p == 0 ? "" : String.format(Locale.ROOT, "%.2f x", median / own));
    }
  }
}
