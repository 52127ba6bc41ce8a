package dev.heddle.cli;

import java.util.Locale;

/** Figures for people, the same in every locale. */
final class Units {
  private Units() {}

  /** A time in ns, us, ms or s, three significant digits. */
  static String time(double nanos) {
    if (nanos < 1e3) {
      return digits(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return digits(nanos / 1e3) + " us";
    }
    return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  /** A size in B, kB, MB, ... (powers of 1000), three significant digits. */
  static String bytes(long bytes) {
    String[] names = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < names.length - 1) {
      value /= 1000;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : digits(value)) + " " + names[unit];
  }

  /** So many a second, in thousands (k), millions (M), ... */
  static String rate(double perSecond) {
    String text = bytes(Math.round(perSecond));
    return text.substring(0, text.length() - 1) + "/s";
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** A value of a buffer: short, yet enough to recognise it. */
  static String value(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value)
            .replaceFirst("(\\.\\d*?)0+($|e)", "$1$2")
            .replaceFirst("\\.($|e)", "$1");
  }

  private static String digits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
