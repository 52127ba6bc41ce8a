package dev.heddle.cli.run;

import dev.heddle.cli.data.NamedData;
import dev.heddle.cli.data.Summary;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.npy.NpyFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line {@code // expect:} of a kernel file: {@code y == @file.npy} (same bits), {@code y ~
 * @file.npy 2ulp}, {@code sum(y) ~ 12345.6 1e-6} (relative; also {@code mean}, {@code min}, {@code
 * max}), or {@code crc32c(y) == 5e1f09c2}.
 */
public sealed interface Expectation {
  /** Whether an expectation was met, and what was found. */
  record Outcome(String text, boolean met, String found) {}

  /** Compares with what is there. */
  Outcome check(Function<String, NamedData> buffers);

  /** A buffer against a file, within so many units in the last place. */
  record SameAsFile(String text, String name, Path file, long ulps) implements Expectation {
    @Override
    public Outcome check(Function<String, NamedData> buffers) {
      NamedData actual = buffers.apply(name);
      try (Arena arena = Arena.ofShared()) {
        NpyFile expected = NpyFile.open(file, arena);
        if (expected.header().element() != actual.element()
            || expected.data().byteSize() != actual.data().byteSize()) {
          return new Outcome(
              text,
              false,
              "the file holds %,d %s, the buffer %,d %s"
                  .formatted(
                      expected.header().count(),
                      expected.header().element().text(),
                      actual.count(),
                      actual.element().text()));
        }
        return ulps == 0 ? bits(actual, expected) : close(actual, expected);
      }
    }

    private Outcome bits(NamedData actual, NpyFile expected) {
      long at = actual.data().mismatch(expected.data());
      return at < 0
          ? new Outcome(text, true, "equal bits")
          : new Outcome(text, false, difference(actual, expected, at / elementBytes(actual)));
    }

    private Outcome close(NamedData actual, NpyFile expected) {
      long largest = 0;
      for (long i = 0; i < actual.count(); i++) {
        double a = Summary.element(actual.data(), actual.element(), i);
        double b = Summary.element(expected.data(), actual.element(), i);
        long distance = Ulps.between(a, b, actual.element() == ElementType.DOUBLE);
        if (distance > ulps) {
          return new Outcome(
              text, false, difference(actual, expected, i) + ", " + distance + " ulp apart");
        }
        largest = Math.max(largest, distance);
      }
      return new Outcome(text, true, "at most " + largest + " ulp apart");
    }

    private static int elementBytes(NamedData data) {
      return data.element().type().bytes();
    }

    private String difference(NamedData actual, NpyFile expected, long i) {
      return "%s[%d] is %s, the file has %s"
          .formatted(
              name,
              i,
              Summary.element(actual.data(), actual.element(), i),
              Summary.element(expected.data(), actual.element(), i));
    }
  }

  /** A figure over a buffer, within a relative tolerance. */
  record Figure(String text, String figure, String name, double wanted, double tolerance)
      implements Expectation {
    @Override
    public Outcome check(Function<String, NamedData> buffers) {
      Summary summary = buffers.apply(name).summary();
      double found =
          switch (figure) {
            case "sum" -> summary.sum();
            case "mean" -> summary.mean();
            case "min" -> summary.min();
            default -> summary.max();
          };
      boolean met = Math.abs(found - wanted) <= tolerance * Math.abs(wanted);
      return new Outcome(text, met, "it is " + found);
    }
  }

  /** A checksum. */
  record Checksum(String text, String name, String digits) implements Expectation {
    @Override
    public Outcome check(Function<String, NamedData> buffers) {
      String found = buffers.apply(name).summary().crcText();
      return new Outcome(text, found.equals(digits), "it is " + found);
    }
  }

  /** The forms. */
  Pattern FILE = Pattern.compile("(\\w+)\\s*(==|~)\\s*@(\\S+)(?:\\s+(\\d+)\\s*ulp)?");

  /** The forms. */
  Pattern FIGURE = Pattern.compile("(sum|mean|min|max)\\((\\w+)\\)\\s*~\\s*(\\S+)\\s+(\\S+)");

  /** The forms. */
  Pattern CHECKSUM = Pattern.compile("crc32c\\((\\w+)\\)\\s*==\\s*([0-9a-fA-F]{8})");

  /**
   * Reads an expectation.
   *
   * @param folder where the files named lie
   */
  static Expectation parse(String text, Path folder) {
    Matcher file = FILE.matcher(text);
    if (file.matches() && file.group(2).equals("==") == (file.group(4) == null)) {
      long ulps = file.group(4) == null ? 0 : Long.parseLong(file.group(4));
      return new SameAsFile(text, file.group(1), folder.resolve(file.group(3)), ulps);
    }
    Matcher checksum = CHECKSUM.matcher(text);
    if (checksum.matches()) {
      return new Checksum(text, checksum.group(1), checksum.group(2).toLowerCase(Locale.ROOT));
    }
    Matcher figure = FIGURE.matcher(text);
    try {
      if (figure.matches()) {
        return new Figure(
            text,
            figure.group(1),
            figure.group(2),
            Double.parseDouble(figure.group(3)),
            Double.parseDouble(figure.group(4)));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "expectation '%s' is not understood; use y == @file.npy, y ~ @file.npy 2ulp,"
                .formatted(text)
            + " sum(y) ~ NUMBER TOLERANCE (or mean, min, max), or crc32c(y) == DIGITS");
  }
}
