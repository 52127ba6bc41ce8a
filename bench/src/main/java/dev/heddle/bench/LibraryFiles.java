package dev.heddle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kernel files of the library. */
public final class LibraryFiles {
  private LibraryFiles() {}

  /**
   * All in a folder whose names have one of the parts, or all; sorted.
   *
   * @throws UncheckedIOException if the folder can't be read
   */
  public static List<Path> in(Path folder, List<String> parts) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".cl"))
          .filter(file -> !file.toString().contains("target"))
          .filter(file -> parts.isEmpty() || parts.stream().anyMatch(file.toString()::contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
