package dev.heddle.testkit.accuracy;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints the errors of the math functions: {@code Accuracy [--full] [--count N] [--part I/N]
 * [--float] [--double] [function...]}. {@code --full} tries all 2^32 floats of the functions of one
 * operand, or of N equal parts the I-th; without it, and for all others, N operands are tried (10^6
 * if not given).
 */
public final class Accuracy {
  private Accuracy() {}

  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean full = words.remove("--full");
    String[] part = option(words, "--part", "1/1").split("/");
    boolean onlyFloat = words.remove("--float");
    boolean onlyDouble = words.remove("--double");
    long count = Long.parseLong(option(words, "--count", "1000000"));
    long size = (1L << 32) / Long.parseLong(part[1]);
    Range range =
        new Range(
            (Long.parseLong(part[0]) - 1) * size,
            Long.parseLong(part[0]) * size,
            full ? 1 : Math.max(1, (1L << 32) / count));
    IO.println("| function | type | operands tried | largest error (ULP) | at | limit |");
    IO.println("|---|---|---|---|---|---|");
    try (Session session = Session.open(SessionOptions.DEFAULT.withCpuThreads(1).forgetful())) {
      for (Case test : chosen(words)) {
        if (!onlyDouble) {
          IO.println(floats(session, test, range, count).row());
        }
        if (!onlyFloat) {
          IO.println(Measurement.doubles(session, test, count).row());
        }
      }
    }
  }

  /** Every {@code stride}-th float of a range of bits. */
  private record Range(long from, long to, long stride) {}

  private static String option(List<String> words, String name, String usual) {
    int at = words.indexOf(name);
    if (at < 0) {
      return usual;
    }
    if (at + 1 == words.size()) {
      throw new IllegalArgumentException(name + " wants a value");
    }
    String value = words.get(at + 1);
    words.subList(at, at + 2).clear();
    return value;
  }

  private static List<Case> chosen(List<String> names) {
    return Stream.concat(Cases.UNARY.stream(), Cases.BINARY.stream())
        .filter(test -> names.isEmpty() || names.contains(test.name()))
        .toList();
  }

  private static Measurement floats(Session session, Case test, Range range, long count) {
    return test.operands() == 2
        ? Measurement.floatSamples(session, test, count)
        : Measurement.floats(session, test, range.from(), range.to(), range.stride());
  }
}
