package dev.heddle.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** Where Heddle keeps what it has learned, and how files get there whole. */
public final class Folders {
  private Folders() {}

  /** The user's cache folder for Heddle, by the XDG rules; it need not be there yet. */
  public static Path cache() {
    return cache(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path cache(Map<String, String> environment, Path home) {
    String cache = environment.get("XDG_CACHE_HOME");
    // the rules say to ignore a path that is not absolute
    boolean usable = cache != null && Path.of(cache).isAbsolute();
    return (usable ? Path.of(cache) : home.resolve(".cache")).resolve("heddle");
  }

  /** Makes the folder, for the user alone. */
  public static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      Files.createDirectories(folder); // not POSIX: the user's folder is private as it is
    }
  }

  /** Writes a file so that readers see either the old content or the new one. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    make(folder);
    Path draft = Files.createTempFile(folder, "draft", ".tmp");
    try {
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
