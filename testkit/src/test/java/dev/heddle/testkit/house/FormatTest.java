package dev.heddle.testkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All Java sources are formatted by google-java-format; {@code -Dheddle.format} rewrites them. */
class FormatTest {
  @Test
  void sourcesAreFormatted() throws Exception {
    Path root = Path.of(System.getProperty("heddle.root", ".."));
    boolean rewrite = Boolean.getBoolean("heddle.format");
    List<String> unformatted = new ArrayList<>();
    for (Path source : sources(root)) {
      String text = Files.readString(source);
      String formatted = format(text);
      if (!formatted.equals(text) && rewrite) {
        Files.writeString(source, formatted);
      } else if (!formatted.equals(text)) {
        unformatted.add(root.relativize(source).toString());
      }
    }
    assertEquals(List.of(), unformatted, "run: mvn test -pl testkit -am -Dheddle.format=true");
  }

  private static String format(String text) throws Exception {
    String ordered =
        ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), Style.GOOGLE);
    return new Formatter().formatSource(ordered);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> sources =
          all.filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.toString().contains("/target/"))
              .sorted()
              .toList();
      assertEquals(false, sources.isEmpty(), "no sources under " + root);
      return sources;
    }
  }
}
