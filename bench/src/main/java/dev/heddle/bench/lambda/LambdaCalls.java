package dev.heddle.bench.lambda;

import dev.heddle.bench.Peer;
import dev.heddle.bench.Samples;
import dev.heddle.runtime.api.Session;
import java.util.List;
import java.util.Locale;

/** What a call of a lambda costs: the first of several lambdas, and later ones on few elements. */
final class LambdaCalls {
  private static final int N = 1_000;

  private final int samples;
  private final long warmNanos;
  private final int threads;

  LambdaCalls(int samples, long warmNanos, int threads) {
    this.samples = samples;
    this.warmNanos = warmNanos;
    this.threads = threads;
  }

  void print() {
    try (Session session = LambdaBench.session(threads)) {
      float[] x = LambdaCase.uniform(N, 1);
      float[] y = LambdaCase.uniform(N, 2);
      float a = 1.0001f;
      Peer lambda = new Peer("lambda", () -> session.parallelFor(N, i -> y[i] = a * x[i] + y[i]));
      Peer loop =
          new Peer(
              "plain loop",
              () -> {
                for (int i = 0; i < N; i++) {
                  y[i] = a * x[i] + y[i];
                }
              });
      LambdaBench.warm(lambda, warmNanos);
      LambdaBench.warm(loop, warmNanos);
      List<Samples> times = LambdaBench.sample(List.of(lambda, loop), samples);
      System.out.printf(
          Locale.ROOT,
          "a call on 1,000 elements, warm: lambda %.2f us [%.2f, %.2f], plain loop %.2f us%n",
          times.get(0).median() / 1e3,
          times.get(0).low() / 1e3,
          times.get(0).high() / 1e3,
          times.get(1).median() / 1e3);
      firstCalls(session, x, y);
    }
  }

  /** Lambdas that were never called before, in a process that called others. */
  private static void firstCalls(Session session, float[] x, float[] y) {
    double[] nanos = {
      time(() -> session.parallelFor(N, i -> y[i] = x[i] * x[i] - y[i])),
      time(() -> session.map(x, y, v -> v > 0.5f ? v : 1 - v)),
      time(() -> session.zip(x, y, y, Math::max)),
      time(
          () ->
              session.parallelFor(
                  N,
                  i -> {
                    float sum = 0;
                    for (int j = 0; j < 50; j++) {
                      sum += x[(i + j) % x.length];
                    }
                    y[i] = sum;
                  })),
      time(() -> session.parallelFor(N, i -> y[i] = (float) Math.exp(x[i])))
    };
    Samples samples = new Samples(nanos);
    System.out.printf(
        Locale.ROOT,
        "first calls of five lambdas, warm process: median %.1f ms, longest %.1f ms%n",
        samples.median() / 1e6,
        samples.high() / 1e6);
  }

  private static double time(Runnable call) {
    return new Peer("", call).time();
  }
}
