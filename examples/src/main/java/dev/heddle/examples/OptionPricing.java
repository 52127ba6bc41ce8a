package dev.heddle.examples;

import dev.heddle.kernels.ArrayOperations;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.FloatMath;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prices European calls by the formula of Black and Scholes (1973). */
final class OptionPricing implements Example {
  private static final int OPTIONS = 1_000_000;
  private static final float RATE = 0.02f;
  private static final float VOLATILITY = 0.3f;

  @Override
  public String name() {
    return "option-pricing";
  }

  @Override
  public String about() {
    return "prices a million European call options";
  }

  @Override
  public void run(Session session, PrintStream out, Path folder, List<String> arguments) {
    ArrayOperations operations = new ArrayOperations(session);
    try (FloatArray spot = session.floats(OPTIONS);
        FloatArray strike = session.floats(OPTIONS);
        FloatArray years = session.floats(OPTIONS);
        FloatArray call = session.floats(OPTIONS)) {
      operations.random(spot, 1);
      operations.random(strike, 2);
      operations.random(years, 3);
      // the inputs stay where they were made
      session.map(spot, spot, u -> 50 + 100 * u);
      session.map(strike, strike, u -> 50 + 100 * u);
      session.map(years, years, u -> 0.1f + 2 * u);
      Execution execution =
          session.parallelFor(
              OPTIONS, i -> call.set(i, price(spot.get(i), strike.get(i), years.get(i))));
      out.printf(
          Locale.ROOT,
          "%,d options in %.1f ms on %s%n",
          OPTIONS,
          execution.totalNanos() / 1e6,
          Devices.of(execution));
      for (int i = 0; i < 3; i++) {
        out.printf(
            Locale.ROOT,
            "  spot %.2f  strike %.2f  years %.2f  call %.4f%n",
            spot.get(i),
            strike.get(i),
            years.get(i),
            call.get(i));
      }
      out.printf(Locale.ROOT, "mean price %.4f%n", operations.sum(call) / OPTIONS);
    }
  }

  static float price(float spot, float strike, float years) {
    float deviation = VOLATILITY * FloatMath.sqrt(years);
    float drift = (RATE + 0.5f * VOLATILITY * VOLATILITY) * years;
    float d1 = (FloatMath.log(spot / strike) + drift) / deviation;
    float discounted = strike * FloatMath.exp(-RATE * years);
    return spot * normal(d1) - discounted * normal(d1 - deviation);
  }

  /** The distribution function of the normal distribution. */
  private static float normal(float x) {
    return 0.5f * FloatMath.erfc(-x * 0.70710678f);
  }
}
