package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.runtime.api.Session;
import java.util.function.IntConsumer;

/** One step of heat that spreads over a plate. */
final class HeatCase implements LambdaCase {
  private static final String SOURCE =
      """
      __kernel void spread(int n, __global const float *from, __global float *to) {
        int at = get_global_id(0);
        int x = at % n, y = at / n;
        float own = from[at];
        if (x > 0 && y > 0 && x < n - 1 && y < n - 1) {
          float around = from[at - 1] + from[at + 1] + from[at - n] + from[at + n];
          own = own + 0.24f * (around - 4 * own);
        }
        to[at] = own;
      }
      """;

  private final int n;
  private final float[] from;
  private final float[] to;

  HeatCase(int n) {
    this.n = n;
    from = LambdaCase.uniform(n * n, 8);
    to = new float[n * n];
  }

  private static float spread(int n, float[] from, int at) {
    int x = at % n;
    int y = at / n;
    float own = from[at];
    if (x > 0 && y > 0 && x < n - 1 && y < n - 1) {
      float around = from[at - 1] + from[at + 1] + from[at - n] + from[at + n];
      own = own + 0.24f * (around - 4 * own);
    }
    return own;
  }

  @Override
  public String name() {
    return "heat step";
  }

  @Override
  public int size() {
    return from.length;
  }

  @Override
  public IntConsumer body() {
    return i -> to[i] = spread(n, from, i);
  }

  @Override
  public Runnable lambda(Session session) {
    return () -> session.parallelFor(from.length, i -> to[i] = spread(n, from, i));
  }

  @Override
  public Runnable kernelFile(Session session) {
    return LambdaCase.run(
        session,
        SOURCE,
        from.length,
        arguments ->
            arguments
                .set("n", n)
                .set("from", session.floats(from).buffer())
                .set("to", session.floats(to.length).buffer()));
  }

  /** For Aparapi. */
  private static final class InAparapi extends Kernel {
    private final int n;
    private final float[] from;
    private final float[] to;

    InAparapi(int n, float[] from, float[] to) {
      this.n = n;
      this.from = from;
      this.to = to;
    }

    @Override
    public void run() {
      int at = getGlobalId();
      int x = at % n;
      int y = at / n;
      float own = from[at];
      if (x > 0 && y > 0 && x < n - 1 && y < n - 1) {
        float around = from[at - 1] + from[at + 1] + from[at - n] + from[at + n];
        own = own + 0.24f * (around - 4 * own);
      }
      to[at] = own;
    }
  }

  @Override
  public Kernel aparapi() {
    return new InAparapi(n, from, to);
  }

  @Override
  public double[] output() {
    return LambdaCase.doubles(to);
  }

  @Override
  public double tolerance() {
    return 1e-6;
  }
}
