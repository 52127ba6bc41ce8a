package dev.heddle.cli.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * The lines of a kernel file that carry its default run: {@code // heddle:}, {@code // step:} and
 * {@code // expect:}.
 *
 * @param defaults the words of the heddle lines
 * @param steps one for each step line
 * @param expectations the text of each expect line
 */
record Header(RunWords defaults, List<RunWords> steps, List<String> expectations) {
  private static final Pattern LINE =
      Pattern.compile("^\\s*//\\s*(heddle|step|expect):(.*)$", Pattern.MULTILINE);

  /** Reads the header lines of a source text; a text without any has an empty header. */
  static Header of(String file, String text) {
    List<String> defaults = new ArrayList<>();
    List<RunWords> steps = new ArrayList<>();
    List<String> expectations = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      String rest = line.group(2).strip();
      switch (line.group(1)) {
        case "heddle" -> defaults.addAll(Words.split(rest));
        case "step" -> steps.add(parse(file, Words.split(rest)));
        default -> expectations.add(rest);
      }
    }
    return new Header(parse(file, defaults), steps, expectations);
  }

  /** The words' values; files named there lie beside the kernel file. */
  static Map<String, String> values(String file, RunWords words) {
    Map<String, String> values = words.values();
    values.replaceAll((name, text) -> text.startsWith("@") ? "@" + beside(file, text) : text);
    return values;
  }

  private static Path beside(String file, String text) {
    return Path.of(file).resolveSibling(text.substring(1));
  }

  private static RunWords parse(String file, List<String> words) {
    RunWords parsed;
    try {
      parsed = RunWords.parse(words);
    } catch (CommandLine.ParameterException e) {
      throw new UsageException(file + ": in a header line: " + e.getMessage());
    }
    if (!parsed.files().isEmpty()) {
      throw new UsageException(
          file + ": '" + parsed.files().getFirst() + "' in a header line is not NAME=VALUE");
    }
    if (!parsed.includeFolders.isEmpty()
        || parsed.outputs.stream().anyMatch(o -> o.contains("="))) {
      throw new UsageException(
          file + ": a header line may neither name files to write nor include folders");
    }
    return parsed;
  }
}
