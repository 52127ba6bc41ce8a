package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.runtime.api.FloatMath;
import dev.heddle.runtime.api.Session;
import java.util.function.IntConsumer;

/** What a portfolio of eight assets loses in each scenario. */
final class RiskCase implements LambdaCase {
  private static final String SOURCE =
      """
      float normal(float u, float v) {
        return sqrt(-2 * log(1 - u)) * cos(6.2831853f * v);
      }
      __kernel void losses(__global const float *numbers, __global float *losses) {
        int i = get_global_id(0);
        int at = 18 * i;
        float market = normal(numbers[at], numbers[at + 1]);
        float loss = 0;
        for (int asset = 0; asset < 8; asset++) {
          int own = at + 2 * asset + 2;
          float part = normal(numbers[own], numbers[own + 1]);
          float move = 0.63245553f * market + 0.77459667f * part;
          float deviation = 0.02f + 0.01f * asset;
          loss += 100 * (1 - exp(deviation * move));
        }
        losses[i] = loss;
      }
      """;

  private final int size;
  private final float[] numbers;
  private final float[] losses;

  RiskCase(int size) {
    this.size = size;
    numbers = LambdaCase.uniform(18 * size, 7);
    losses = new float[size];
  }

  private static float loss(float[] numbers, int scenario) {
    int at = 18 * scenario;
    float market = normal(numbers[at], numbers[at + 1]);
    float loss = 0;
    for (int asset = 0; asset < 8; asset++) {
      int own = at + 2 * asset + 2;
      float part = normal(numbers[own], numbers[own + 1]);
      float move = 0.63245553f * market + 0.77459667f * part;
      float deviation = 0.02f + 0.01f * asset;
      loss += 100 * (1 - (float) Math.exp(deviation * move));
    }
    return loss;
  }

  private static float normal(float u, float v) {
    return (float) Math.sqrt(-2 * (float) Math.log(1 - u)) * (float) Math.cos(6.2831853f * v);
  }

  private static float lossOfFloats(float[] numbers, int scenario) {
    int at = 18 * scenario;
    float market = normalOfFloats(numbers[at], numbers[at + 1]);
    float loss = 0;
    for (int asset = 0; asset < 8; asset++) {
      int own = at + 2 * asset + 2;
      float part = normalOfFloats(numbers[own], numbers[own + 1]);
      float move = 0.63245553f * market + 0.77459667f * part;
      float deviation = 0.02f + 0.01f * asset;
      loss += 100 * (1 - FloatMath.exp(deviation * move));
    }
    return loss;
  }

  private static float normalOfFloats(float u, float v) {
    return FloatMath.sqrt(-2 * FloatMath.log(1 - u)) * FloatMath.cos(6.2831853f * v);
  }

  @Override
  public String name() {
    return "value at risk";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public IntConsumer body() {
    return i -> losses[i] = loss(numbers, i);
  }

  @Override
  public Runnable lambda(Session session) {
    return () -> session.parallelFor(size, i -> losses[i] = lossOfFloats(numbers, i));
  }

  @Override
  public Runnable kernelFile(Session session) {
    return LambdaCase.run(
        session,
        SOURCE,
        size,
        arguments ->
            arguments
                .set("numbers", session.floats(numbers).buffer())
                .set("losses", session.floats(size).buffer()));
  }

  /** For Aparapi. */
  private static final class InAparapi extends Kernel {
    private final float[] numbers;
    private final float[] losses;

    InAparapi(float[] numbers, float[] losses) {
      this.numbers = numbers;
      this.losses = losses;
    }

    float normal(float u, float v) {
      return sqrt(-2 * log(1 - u)) * cos(6.2831853f * v);
    }

    @Override
    public void run() {
      int i = getGlobalId();
      int at = 18 * i;
      float market = normal(numbers[at], numbers[at + 1]);
      float loss = 0;
      for (int asset = 0; asset < 8; asset++) {
        int own = at + 2 * asset + 2;
        float part = normal(numbers[own], numbers[own + 1]);
        float move = 0.63245553f * market + 0.77459667f * part;
        float deviation = 0.02f + 0.01f * asset;
        loss += 100 * (1 - exp(deviation * move));
      }
      losses[i] = loss;
    }
  }

  @Override
  public Kernel aparapi() {
    return new InAparapi(numbers, losses);
  }

  @Override
  public double[] output() {
    return LambdaCase.doubles(losses);
  }

  @Override
  public double tolerance() {
    return 1e-4;
  }
}
