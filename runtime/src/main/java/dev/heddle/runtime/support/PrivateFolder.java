package dev.heddle.runtime.support;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folders where back ends keep files between runs; nobody else may write there. */
public final class PrivateFolder {
  private PrivateFolder() {}

  /**
   * The folder {@code heddle/backend/name} in the user's cache folder, made if it is not there.
   *
   * @throws IOException if it can't be made, or belongs to another user
   */
  public static Path in(String backend, String name) throws IOException {
    Path base = cacheHome().resolve("heddle");
    Files.createDirectories(base.getParent());
    Path folder = owned(owned(base).resolve(backend));
    return owned(folder.resolve(name));
  }

  private static Path cacheHome() {
    String configured = System.getenv("XDG_CACHE_HOME");
    if (configured != null && Path.of(configured).isAbsolute()) {
      return Path.of(configured);
    }
    return Path.of(System.getProperty("user.home"), ".cache");
  }

  private static Path owned(Path folder) throws IOException {
    var onlyMine = PosixFilePermissions.fromString("rwx------");
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(onlyMine));
      } catch (java.nio.file.FileAlreadyExistsException madeMeanwhile) {
        // another process of this user was faster; what counts is checked below
      }
    }
    Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!owner.equals(self)) {
      throw new FileSystemException(folder.toString(), null, "belongs to another user");
    }
    if (!Files.getPosixFilePermissions(folder).equals(onlyMine)) {
      Files.setPosixFilePermissions(folder, onlyMine);
    }
    return folder;
  }

  /** Writes a file so that readers see all of it or none. */
  public static void write(Path file, byte[] content) throws IOException {
    Path draft = Files.createTempFile(file.getParent(), "draft", ".tmp");
    try {
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
