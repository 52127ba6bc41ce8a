package dev.heddle.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where Heddle's own files lie: a checkout or an unpacked distribution. */
final class Home {
  private Home() {}

  /** The folder that the launcher named; empty if Heddle was started without it. */
  static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty("heddle.home")).map(Path::of);
  }
}
