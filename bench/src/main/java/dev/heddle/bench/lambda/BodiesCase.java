package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.runtime.api.Session;
import java.util.function.IntConsumer;

/** The pull of all bodies on each. */
final class BodiesCase implements LambdaCase {
  private static final String SOURCE =
      """
      __kernel void pull(int n, __global const float *place, __global float *pulled) {
        int i = get_global_id(0);
        float x = place[3 * i], y = place[3 * i + 1], z = place[3 * i + 2];
        float ax = 0, ay = 0, az = 0;
        for (int j = 0; j < n; j++) {
          float dx = place[3 * j] - x, dy = place[3 * j + 1] - y, dz = place[3 * j + 2] - z;
          float square = dx * dx + dy * dy + dz * dz + 0.01f;
          float weight = 1 / (square * sqrt(square));
          ax += dx * weight;
          ay += dy * weight;
          az += dz * weight;
        }
        pulled[3 * i] = ax;
        pulled[3 * i + 1] = ay;
        pulled[3 * i + 2] = az;
      }
      """;

  private final int size;
  private final float[] place;
  private final float[] pulled;

  BodiesCase(int size) {
    this.size = size;
    place = LambdaCase.uniform(3 * size, 4);
    pulled = new float[3 * size];
  }

  private static void pull(int n, float[] place, float[] pulled, int i) {
    float x = place[3 * i];
    float y = place[3 * i + 1];
    float z = place[3 * i + 2];
    float ax = 0;
    float ay = 0;
    float az = 0;
    for (int j = 0; j < n; j++) {
      float dx = place[3 * j] - x;
      float dy = place[3 * j + 1] - y;
      float dz = place[3 * j + 2] - z;
      float square = dx * dx + dy * dy + dz * dz + 0.01f;
      float weight = 1 / (square * (float) Math.sqrt(square));
      ax += dx * weight;
      ay += dy * weight;
      az += dz * weight;
    }
    pulled[3 * i] = ax;
    pulled[3 * i + 1] = ay;
    pulled[3 * i + 2] = az;
  }

  @Override
  public String name() {
    return "n-body";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public IntConsumer body() {
    return i -> pull(size, place, pulled, i);
  }

  @Override
  public Runnable lambda(Session session) {
    return () -> session.parallelFor(size, i -> pull(size, place, pulled, i));
  }

  @Override
  public Runnable kernelFile(Session session) {
    return LambdaCase.run(
        session,
        SOURCE,
        size,
        arguments ->
            arguments
                .set("n", size)
                .set("place", session.floats(place).buffer())
                .set("pulled", session.floats(pulled.length).buffer()));
  }

  /** For Aparapi. */
  private static final class Pulled extends Kernel {
    private final int n;
    private final float[] place;
    private final float[] pulled;

    Pulled(int n, float[] place, float[] pulled) {
      this.n = n;
      this.place = place;
      this.pulled = pulled;
    }

    @Override
    public void run() {
      int i = getGlobalId();
      float x = place[3 * i];
      float y = place[3 * i + 1];
      float z = place[3 * i + 2];
      float ax = 0;
      float ay = 0;
      float az = 0;
      for (int j = 0; j < n; j++) {
        float dx = place[3 * j] - x;
        float dy = place[3 * j + 1] - y;
        float dz = place[3 * j + 2] - z;
        float square = dx * dx + dy * dy + dz * dz + 0.01f;
        float weight = 1 / (square * sqrt(square));
        ax += dx * weight;
        ay += dy * weight;
        az += dz * weight;
      }
      pulled[3 * i] = ax;
      pulled[3 * i + 1] = ay;
      pulled[3 * i + 2] = az;
    }
  }

  @Override
  public Kernel aparapi() {
    return new Pulled(size, place, pulled);
  }

  @Override
  public double[] output() {
    return LambdaCase.doubles(pulled);
  }

  @Override
  public double tolerance() {
    return 1e-4;
  }
}
