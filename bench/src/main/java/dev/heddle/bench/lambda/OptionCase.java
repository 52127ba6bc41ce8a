package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.runtime.api.FloatMath;
import dev.heddle.runtime.api.Session;
import java.util.function.IntConsumer;

/** European calls by Black and Scholes, the normal distribution by a polynomial. */
final class OptionCase implements LambdaCase {
  private static final String SOURCE =
      """
      float normal(float x) {
        float k = 1.0f / (1.0f + 0.2316419f * fabs(x));
        float tail = 0.39894228f * exp(-0.5f * x * x) * k * (0.31938153f + k * (-0.356563782f
            + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
        return x < 0 ? tail : 1.0f - tail;
      }
      __kernel void price(__global const float *spot, __global const float *strike,
                          __global const float *years, __global float *call) {
        int i = get_global_id(0);
        float s = spot[i], k = strike[i], t = years[i];
        float deviation = 0.3f * sqrt(t);
        float d1 = (log(s / k) + 0.065f * t) / deviation;
        call[i] = s * normal(d1) - k * exp(-0.02f * t) * normal(d1 - deviation);
      }
      """;

  private final int size;
  private final boolean floats;
  private final float[] spot;
  private final float[] strike;
  private final float[] years;
  private final float[] call;

  /**
   * @param floats whether the lambda uses functions of floats, as the kernel file does; the peers
   *     have those of doubles alone
   */
  OptionCase(int size, boolean floats) {
    this.size = size;
    this.floats = floats;
    spot = LambdaCase.uniform(size, 1);
    strike = LambdaCase.uniform(size, 2);
    years = LambdaCase.uniform(size, 3);
    call = new float[size];
    for (int i = 0; i < size; i++) {
      spot[i] = 50 + 100 * spot[i];
      strike[i] = 50 + 100 * strike[i];
      years[i] = 0.1f + 2 * years[i];
    }
  }

  private static float normal(float x) {
    float k = 1.0f / (1.0f + 0.2316419f * Math.abs(x));
    float tail =
        0.39894228f
            * (float) Math.exp(-0.5f * x * x)
            * k
            * (0.31938153f
                + k
                    * (-0.356563782f
                        + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
    return x < 0 ? tail : 1.0f - tail;
  }

  private static float price(float s, float k, float t) {
    float deviation = 0.3f * (float) Math.sqrt(t);
    float d1 = ((float) Math.log(s / k) + 0.065f * t) / deviation;
    float discounted = k * (float) Math.exp(-0.02f * t);
    return s * normal(d1) - discounted * normal(d1 - deviation);
  }

  private static float normalOfFloats(float x) {
    float k = 1.0f / (1.0f + 0.2316419f * Math.abs(x));
    float tail =
        0.39894228f
            * FloatMath.exp(-0.5f * x * x)
            * k
            * (0.31938153f
                + k
                    * (-0.356563782f
                        + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
    return x < 0 ? tail : 1.0f - tail;
  }

  private static float priceOfFloats(float s, float k, float t) {
    float deviation = 0.3f * FloatMath.sqrt(t);
    float d1 = (FloatMath.log(s / k) + 0.065f * t) / deviation;
    float discounted = k * FloatMath.exp(-0.02f * t);
    return s * normalOfFloats(d1) - discounted * normalOfFloats(d1 - deviation);
  }

  @Override
  public String name() {
    return "option pricing" + (floats ? "" : ", Math");
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public IntConsumer body() {
    return i -> call[i] = price(spot[i], strike[i], years[i]);
  }

  @Override
  public Runnable lambda(Session session) {
    return floats
        ? () ->
            session.parallelFor(size, i -> call[i] = priceOfFloats(spot[i], strike[i], years[i]))
        : () -> session.parallelFor(size, i -> call[i] = price(spot[i], strike[i], years[i]));
  }

  @Override
  public Runnable kernelFile(Session session) {
    return LambdaCase.run(
        session,
        SOURCE,
        size,
        arguments ->
            arguments
                .set("spot", session.floats(spot).buffer())
                .set("strike", session.floats(strike).buffer())
                .set("years", session.floats(years).buffer())
                .set("call", session.floats(size).buffer()));
  }

  /** Aparapi takes arrays that are fields of the kernel, and its own methods. */
  private static final class Priced extends Kernel {
    private final float[] spot;
    private final float[] strike;
    private final float[] years;
    private final float[] call;

    Priced(float[] spot, float[] strike, float[] years, float[] call) {
      this.spot = spot;
      this.strike = strike;
      this.years = years;
      this.call = call;
    }

    float normal(float x) {
      float k = 1.0f / (1.0f + 0.2316419f * abs(x));
      float tail =
          0.39894228f
              * exp(-0.5f * x * x)
              * k
              * (0.31938153f
                  + k
                      * (-0.356563782f
                          + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
      float result = 1.0f - tail;
      if (x < 0) {
        result = tail;
      }
      return result;
    }

    @Override
    public void run() {
      int i = getGlobalId();
      float s = spot[i];
      float k = strike[i];
      float t = years[i];
      float deviation = 0.3f * sqrt(t);
      float d1 = (log(s / k) + 0.065f * t) / deviation;
      call[i] = s * normal(d1) - k * exp(-0.02f * t) * normal(d1 - deviation);
    }
  }

  @Override
  public Kernel aparapi() {
    return new Priced(spot, strike, years, call);
  }

  @Override
  public double[] output() {
    return LambdaCase.doubles(call);
  }

  @Override
  public double tolerance() {
    return 1e-5;
  }
}
