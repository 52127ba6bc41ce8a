package dev.heddle.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measurements of one thing, such as times of one peer in ns. */
public final class Samples {
  private final double[] sorted;

  public Samples(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  public static Samples of(List<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  public double median() {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  /** Lower end of the 95 % interval of the median, by order statistics (normal approximation). */
  public double low() {
    return sorted[Math.max(0, (int) Math.floor(rank(-1)) - 1)];
  }

  /** Upper end of the 95 % interval of the median. */
  public double high() {
    return sorted[Math.min(sorted.length - 1, (int) Math.ceil(rank(1)))];
  }

  private double rank(int sign) {
    int n = sorted.length;
    return n / 2.0 + sign * 1.96 * Math.sqrt(n) / 2;
  }

  /** The median with its interval, of ratios. */
  public String interval() {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", median(), low(), high());
  }

  /** Writes the median and its interval as an object. */
  public void write(JsonGenerator json, String name) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("median", median());
    json.writeNumberField("low", low());
    json.writeNumberField("high", high());
    json.writeEndObject();
  }
}
