package dev.heddle.testkit.accuracy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sample of what the accuracy report measures, and the references against known results. */
class AccuracyTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static Stream<Case> cases() {
    return Stream.concat(Cases.UNARY.stream(), Cases.BINARY.stream());
  }

  /** What the report allows: a unit, but for subnormal results of atan2pi, rounded twice. */
  private static double allowed(Case test) {
    return test.name().equals("atan2pi") ? 1.25 : Math.min(1, test.limit());
  }

  private static double allowedForDouble(Case test) {
    return test.name().endsWith("gamma") ? 2 : Math.min(1.25, test.limit());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatsAreWithinAUnit(Case test) {
    Measurement measured =
        test.operands() == 1
            ? Measurement.floats(session, test, 1, 1L << 32, 60_013)
            : Measurement.floatSamples(session, test, 1 << 16);
    assertTrue(measured.worst() <= allowed(test), measured::row);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doublesAreWithinAUnit(Case test) {
    Measurement measured = Measurement.doubles(session, test, 1 << 15);
    assertTrue(measured.worst() <= allowedForDouble(test), measured::row);
  }

  /** Results that another arithmetic of many digits computed, as sums of two doubles. */
  @Test
  void referencesAreGoodToNinetyBits() throws IOException {
    Path file =
        Path.of(
            System.getProperty("heddle.root"),
            "compiler/src/test/resources/dev/heddle/compiler/math/double-functions.txt");
    List<Case> cases = cases().toList();
    Set<String> seen = new HashSet<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      for (Case test : cases) {
        if (test.name().equals(words[0]) && test.exact() != null) {
          seen.add(words[0]);
          check(test, line, words);
        }
      }
    }
    assertTrue(seen.size() > 30, "only " + seen);
  }

  private static void check(Case test, String line, String[] words) {
    double y = test.operands() == 1 ? 0 : Double.parseDouble(words[2]);
    double high = Double.parseDouble(words[words.length - 2]);
    double low = Double.parseDouble(words[words.length - 1]);
    Twofold got = test.exact().of(Double.parseDouble(words[1]), y);
    double difference = got.minus(new Twofold(high, low)).high();
    boolean tiny = Math.abs(high) < 0x1p-900;
    assertTrue(tiny || Math.abs(difference) <= Math.abs(high) * 0x1p-90, line + ": " + got);
  }
}
