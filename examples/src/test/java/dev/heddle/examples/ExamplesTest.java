package dev.heddle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  @TempDir Path folder;

  private String run(String name, String... arguments) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Example example =
        Example.all().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    try (Session session = Session.open(SessionOptions.DEFAULT.forgetful());
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      example.run(session, out, folder, List.of(arguments));
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), text);
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void optionsHaveTheirPrices() throws IOException {
    // at the money, one year: 2 % rate, 30 % volatility
    assertEquals(12.8216, OptionPricing.price(100, 100, 1), 1e-3);
    double mean = number(run("option-pricing"), "mean price (\\S+)");
    assertTrue(mean > 15 && mean < 30, "mean " + mean);
  }

  @Test
  void starsKeepTheirEnergy() throws IOException {
    String text = run("n-body");
    double before = number(text, "energy (\\S+) before");
    assertEquals(before, number(text, ", (\\S+) after"), Math.abs(before) * 1e-3);
  }

  @Test
  void picturesAreWritten() throws IOException {
    run("image-filter");
    assertTrue(Files.size(folder.resolve("edges.png")) > 1000);
    String text = run("image-filter", folder.resolve("blurred.png").toString());
    assertTrue(text.startsWith("512 x 512 pixels"), text);
    run("heat");
    assertTrue(Files.size(folder.resolve("heat3.png")) > 1000);
  }

  @Test
  void wordsOfAFastaFileAreCounted() throws IOException {
    Path file = folder.resolve("x.fasta");
    Files.writeString(file, ">one\nACGTAC\nGTACGT\n>two\nACGTACNACGTAC\n");
    String text = run("kmer-count", file.toString());
    assertTrue(text.contains("9 words of 6"), text);
    assertTrue(text.contains("ACGTAC 4"), text);
  }

  @Test
  void lossesGrowWithTheirRarity() throws IOException {
    String text = run("value-at-risk");
    double often = number(text, "in 95 of 100 cases the loss of ten days stays below (\\S+)");
    double seldom = number(text, "in 99 of 100 cases the loss of ten days stays below (\\S+)");
    assertTrue(often > 10 && seldom > often && seldom < 300, text);
  }
}
