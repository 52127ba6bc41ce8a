package dev.heddle.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A logarithmic axis.
 *
 * @param low and {@code high}: what it spans, both over 0, the first the smaller
 * @param text how a value is written
 */
record Axis(String label, double low, double high, double base, DoubleFunction<String> text) {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

  /**
   * An axis whose ends are not settled yet.
   *
   * @param base its marks lie at powers of it
   */
  record Kind(String label, double base, DoubleFunction<String> text) {
    static Kind decimal(String label) {
      return new Kind(label, 10, Axis::decimal);
    }

    static Kind bytes(String label) {
      return new Kind(label, 4, Axis::binary);
    }

    static Kind time(String label) {
      return new Kind(label, 10, Axis::time);
    }

    /** One that spans those values with some room. */
    Axis spanning(double least, double most) {
      return new Axis(label, least / 1.3, most * 1.3, base, text);
    }
  }

  /** Where a value lies, from 0 to 1. */
  double place(double value) {
    return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
  }

  /**
   * The values to mark: as many as leave a gap between two, as a part of the axis, so that labels
   * do not run into each other.
   */
  List<Double> ticks(double gap) {
    if (base == 10) {
      for (List<Integer> digits : List.of(List.of(1, 2, 5), List.of(1, 3))) {
        List<Double> ticks = multiples(digits);
        if (apart(ticks, gap)) {
          return ticks;
        }
      }
    }
    List<Double> powers = powers();
    int step = 1;
    while (!apart(every(powers, step), gap)) {
      step++;
    }
    return every(powers, step);
  }

  private boolean apart(List<Double> ticks, double gap) {
    for (int i = 1; i < ticks.size(); i++) {
      if (place(ticks.get(i)) - place(ticks.get(i - 1)) < gap) {
        return false;
      }
    }
    return true;
  }

  private static List<Double> every(List<Double> ticks, int step) {
    List<Double> fewer = new ArrayList<>();
    for (int i = 0; i < ticks.size(); i += step) {
      fewer.add(ticks.get(i));
    }
    return fewer;
  }

  private List<Double> powers() {
    List<Double> powers = new ArrayList<>();
    int exponent = (int) Math.ceil(Math.log(low) / Math.log(base) - 1e-9);
    for (double value = Math.pow(base, exponent); value <= high * 1.000001; value *= base) {
      powers.add(value);
    }
    return powers;
  }

  /** Multiples of each power of ten. */
  private List<Double> multiples(List<Integer> digits) {
    List<Double> ticks = new ArrayList<>();
    int exponent = (int) Math.floor(Math.log10(low));
    for (double power = Math.pow(10, exponent); power <= high; power *= 10) {
      for (int digit : digits) {
        if (digit * power >= low && digit * power <= high) {
          ticks.add(digit * power);
        }
      }
    }
    return ticks;
  }

  /** With a decimal prefix: {@code 20 G}. */
  static String decimal(double value) {
    double rest = value;
    int prefix = 0;
    while (rest >= 999.5 && prefix < PREFIXES.length - 1) {
      rest /= 1000;
      prefix++;
    }
    return digits(rest) + (prefix == 0 ? "" : " " + PREFIXES[prefix]);
  }

  /** Bytes with a binary prefix: {@code 64 KiB}. */
  static String binary(double bytes) {
    double rest = bytes;
    int prefix = 0;
    while (rest >= 1023.5 && prefix < BINARY.length - 1) {
      rest /= 1024;
      prefix++;
    }
    return digits(rest) + " " + BINARY[prefix];
  }

  /** A time: {@code 20 us}. */
  static String time(double nanos) {
    double rest = nanos;
    int unit = 0;
    String[] units = {"ns", "us", "ms", "s"};
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    return digits(rest) + " " + units[unit];
  }

  /** Three digits at most, no zeroes at the end. */
  static String digits(double value) {
    String text =
        String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
  }
}
