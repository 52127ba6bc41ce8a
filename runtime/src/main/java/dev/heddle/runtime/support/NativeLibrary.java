package dev.heddle.runtime.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads a Java binding's native library from its jar. The loaders of JOCL and JCuda write it into
 * the folder for temporary files and load whatever lies there under its name, which another user
 * may have put there, and which is half written when two processes start at once. So the library is
 * unpacked here, into a folder of the user's own and by an atomic rename, its content is compared
 * with the one in the jar each time, and the binding's loader is pointed at it: it takes a file
 * that it finds in its temporary folder.
 */
public final class NativeLibrary {
  private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

  private NativeLibrary() {}

  /** The file name that the loaders look for on this platform. */
  public static String fileName(String base) {
    return System.mapLibraryName(base + "-" + system() + "-" + architecture());
  }

  /**
   * Unpacks a library that a binding's jar holds.
   *
   * @param packed its content; null if the jar has none of that name
   * @param name the file name that the binding's loader looks for
   * @throws UnsatisfiedLinkError if there is none for this platform
   */
  public static Path unpack(@Nullable InputStream packed, String name, String backend)
      throws IOException {
    if (packed == null) {
      throw new UnsatisfiedLinkError("there is no native library for this platform: " + name);
    }
    byte[] content;
    try (packed) {
      content = packed.readAllBytes();
    }
    Path file = PrivateFolder.in(backend, "native").resolve(name);
    if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      PrivateFolder.write(file, content);
    }
    return file;
  }

  /**
   * Initialises a class of the binding, which has its loader find {@code library}.
   *
   * @throws LinkageError if the library, or one that it needs, can't be loaded
   */
  public static synchronized void initialise(String className, ClassLoader loader, Path library) {
    String temporary = System.getProperty(TEMPORARY_FOLDER);
    System.setProperty(TEMPORARY_FOLDER, Objects.requireNonNull(library.getParent()).toString());
    try {
      Class.forName(className, true, loader);
    } catch (ClassNotFoundException e) {
      throw new UnsatisfiedLinkError(e.getMessage());
    } finally {
      System.setProperty(TEMPORARY_FOLDER, temporary);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "linux";
    }
    return name.startsWith("mac") ? "apple" : "windows";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("aarch64") ? "arm64" : "x86_64";
  }
}
