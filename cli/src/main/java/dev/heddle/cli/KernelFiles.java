package dev.heddle.cli;

import dev.heddle.cli.spec.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds kernel files. */
final class KernelFiles {
  private KernelFiles() {}

  /** The files named, and all {@code .cl} files in the folders named, in order. */
  static List<String> under(List<String> paths) {
    List<String> files = new ArrayList<>();
    for (String path : paths) {
      if (Files.isDirectory(Path.of(path))) {
        files.addAll(inFolder(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<String> inFolder(String folder) {
    try (Stream<Path> all = Files.walk(Path.of(folder))) {
      List<String> files =
          all.filter(path -> path.toString().endsWith(".cl") && Files.isRegularFile(path))
              .filter(path -> !path.toString().contains("/target/"))
              .map(Path::toString)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new UsageException(folder + ": no .cl files in this folder");
      }
      return files;
    } catch (IOException e) {
      throw new UsageException(folder + ": cannot be read: " + e.getMessage());
    }
  }
}
