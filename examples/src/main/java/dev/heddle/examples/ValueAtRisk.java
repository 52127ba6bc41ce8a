package dev.heddle.examples;

import dev.heddle.kernels.ArrayOperations;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.FloatMath;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a portfolio may lose in ten days: by simulation of many, the loss that 1 % exceed. */
final class ValueAtRisk implements Example {
  private static final int SCENARIOS = 100_000;
  private static final int ASSETS = 8;
  private static final float DAYS = 10;

  private final float[] positions = {100, 250, 80, 40, 120, 60, 30, 200};
  private final float[] volatilities = {.2f, .15f, .4f, .6f, .25f, .3f, .5f, .1f};
  private final float correlation = 0.4f;

  @Override
  public String name() {
    return "value-at-risk";
  }

  @Override
  public String about() {
    return "simulates a portfolio's losses, and finds the one that 1 % exceed";
  }

  @Override
  public void run(Session session, PrintStream out, Path folder, List<String> arguments) {
    ArrayOperations operations = new ArrayOperations(session);
    try (FloatArray numbers = session.floats(2L * SCENARIOS * (ASSETS + 1));
        IntArray cents = session.ints(SCENARIOS)) {
      operations.random(numbers, 42);
      Execution execution =
          session.parallelFor(SCENARIOS, i -> cents.set(i, Math.round(100 * loss(numbers, i))));
      operations.sort(cents);
      int[] sorted = cents.toArray();
      out.printf(
          Locale.ROOT,
          "%,d scenarios of %d assets in %.1f ms on %s%n",
          SCENARIOS,
          ASSETS,
          execution.totalNanos() / 1e6,
          Devices.of(execution));
      for (int percent : new int[] {95, 99}) {
        out.printf(
            Locale.ROOT,
            "in %d of 100 cases the loss of ten days stays below %.2f%n",
            percent,
            sorted[(int) (SCENARIOS / 100L * percent)] / 100.0);
      }
    }
  }

  /** One scenario: a market that all assets share, and a part of its own for each. */
  private float loss(FloatArray numbers, int scenario) {
    int at = scenario * (ASSETS + 1) * 2;
    float market = normal(numbers.get(at), numbers.get(at + 1));
    float loss = 0;
    for (int asset = 0; asset < ASSETS; asset++) {
      int own = at + 2 * (asset + 1);
      float part = normal(numbers.get(own), numbers.get(own + 1));
      float move = FloatMath.sqrt(correlation) * market + FloatMath.sqrt(1 - correlation) * part;
      float deviation = volatilities[asset] * FloatMath.sqrt(DAYS / 252);
      loss += positions[asset] * (1 - FloatMath.exp(deviation * move));
    }
    return loss;
  }

  /** A normally distributed number from two uniform ones (Box and Muller, 1958). */
  private static float normal(float u, float v) {
    return FloatMath.sqrt(-2 * FloatMath.log(1 - u)) * FloatMath.cos(6.2831853f * v);
  }
}
