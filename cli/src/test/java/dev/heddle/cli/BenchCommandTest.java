package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.cli.bench.Baseline;
import dev.heddle.cli.bench.Reports;
import dev.heddle.cli.bench.Subject.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What becomes of measurements: files, text and exit code. */
class BenchCommandTest {
  @TempDir Path folder;

  private BenchCommand command() {
    BenchCommand command = new BenchCommand();
    new CommandLine(command)
        .parseArgs(
            "-o",
            folder.resolve("r.html").toString(),
            "--json",
            folder.resolve("r.json").toString());
    return command;
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("r.html"));
  }

  @Test
  void whatIsComparedWithItselfHasNotChanged() throws IOException {
    assertEquals(ExitCode.OK, command().conclude(Reports.of(1), Optional.empty()));
    Baseline base = Baseline.read(Files.readAllBytes(folder.resolve("r.json")));
    assertEquals(ExitCode.OK, command().conclude(Reports.of(1), Optional.of(base)));
    assertTrue(page().contains("Nothing became faster or slower."));
  }

  @Test
  void aRegressionHasItsExitCode() throws IOException {
    Baseline base = Baseline.of(Reports.of(1));
    int code =
        command()
            .conclude(
                Reports.of(2, subject -> subject.section() == Section.KERNEL ? 2 : 1),
                Optional.of(base));
    assertEquals(ExitCode.REGRESSION, code);
    assertTrue(page().contains("<td>slower</td>"));
  }

  @Test
  void thePageNeedsNothingElseAndEscapesWhatComesFromOutside() throws IOException {
    command().conclude(Reports.of(1), Optional.of(Baseline.of(Reports.of(2))));
    String page = page();
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("http"), "it names another place");
    assertFalse(page.contains("url("), "it loads something");
    assertTrue(page.contains("heddle bench &lt;&amp;&gt;"), "the command");
    assertFalse(page.contains("NaN"), "a figure that is none");
    assertTrue(page.split("<figure>", -1).length > 12, "figures");
    assertEquals(List.of(), open(page.substring(page.indexOf("<body>"), page.indexOf("</html>"))));
  }

  /** Which elements are not closed in the order of their opening. */
  private static List<String> open(String html) {
    List<String> open = new ArrayList<>();
    Matcher tag = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>").matcher(html);
    while (tag.find()) {
      if (!tag.group(1).isEmpty()) {
        assertEquals(open.removeLast(), tag.group(2), html.substring(0, tag.end()));
      } else if (tag.group(3).isEmpty()) {
        open.add(tag.group(2));
      }
    }
    return open;
  }
}
