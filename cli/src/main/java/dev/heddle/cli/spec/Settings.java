package dev.heddle.cli.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants where the command line says nothing: variables such as {@code
 * HEDDLE_DEVICES}, then the configuration file {@code heddle/config} in the XDG configuration
 * folder, whose lines are {@code name = value}; {@code #} begins a comment. Both win over the
 * header of a kernel file.
 */
public final class Settings {
  private static final List<String> NAMES =
      List.of("devices", "cpu-threads", "split", "math", "bounds", "timeout");

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** Those of this process. */
  public static Settings load() {
    Map<String, String> environment = System.getenv();
    return of(environment, file(environment));
  }

  /**
   * Those of an environment and a configuration file, which may be missing.
   *
   * @throws UsageException if the file has a line that is not understood
   */
  static Settings of(Map<String, String> environment, Path file) {
    Map<String, String> values = new HashMap<>(read(file));
    for (String name : NAMES) {
      String value = environment.get("HEDDLE_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (value != null && !value.isBlank()) {
        values.put(name, value.strip());
      }
    }
    return new Settings(values);
  }

  static Path file(Map<String, String> environment) {
    String folder = environment.get("XDG_CONFIG_HOME");
    // the rules say to ignore a path that is not absolute
    boolean usable = folder != null && Path.of(folder).isAbsolute();
    Path home = Path.of(System.getProperty("user.home"), ".config");
    return (usable ? Path.of(folder) : home).resolve("heddle").resolve("config");
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> values = new HashMap<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text = line.split("#", 2)[0].strip();
        if (!text.isEmpty()) {
          String[] sides = text.split("=", 2);
          String name = sides[0].strip();
          if (sides.length < 2 || !NAMES.contains(name)) {
            throw new UsageException(
                "%s:%d: '%s' is not understood; use NAME = VALUE, with NAME one of %s"
                    .formatted(file, number, text, String.join(", ", NAMES)));
          }
          values.put(name, sides[1].strip());
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return values;
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read: " + e.getMessage());
    }
    return values;
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  /** A value that must be a whole number. */
  @Nullable Integer whole(String name) {
    String text = values.get(name);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new UsageException("the setting " + name + " is '" + text + "', not a whole number");
    }
  }
}
