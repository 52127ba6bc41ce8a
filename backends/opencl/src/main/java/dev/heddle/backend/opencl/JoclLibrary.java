package dev.heddle.backend.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Loads JOCL's native library. JOCL's own loader writes it into the folder for temporary files and
 * loads whatever lies there under its name, which another user may have put there, and which is
 * half written when two processes start at once. So the library is unpacked here, into a folder of
 * the user's own and by an atomic rename, its content is compared with the one in the jar each
 * time, and JOCL's loader is pointed at it: it takes a file that it finds in its temporary folder.
 */
final class JoclLibrary {
  private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

  private JoclLibrary() {}

  /**
   * Loads the library and, through it, the system's OpenCL loader.
   *
   * @throws UnsatisfiedLinkError if there is none
   */
  static synchronized void load() throws IOException {
    Path library = unpack(fileName());
    // JOCL logs each failed attempt; what failed is told by the provider
    Logger.getLogger("org.jocl").setLevel(Level.OFF);
    String temporary = System.getProperty(TEMPORARY_FOLDER);
    System.setProperty(TEMPORARY_FOLDER, library.getParent().toString());
    try {
      Class.forName("org.jocl.CL", true, JoclLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UnsatisfiedLinkError(e.getMessage());
    } finally {
      System.setProperty(TEMPORARY_FOLDER, temporary);
    }
  }

  private static Path unpack(String name) throws IOException {
    byte[] content;
    try (InputStream packed = org.jocl.CL.class.getResourceAsStream("/lib/" + name)) {
      if (packed == null) {
        throw new UnsatisfiedLinkError("JOCL has no native library for this platform: " + name);
      }
      content = packed.readAllBytes();
    }
    Path file = PrivateFolder.in("native").resolve(name);
    if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      PrivateFolder.write(file, content);
    }
    return file;
  }

  /** The name that JOCL's loader looks for on this platform. */
  private static String fileName() {
    String base = "JOCL_2_0_6-" + system() + "-" + architecture();
    return System.mapLibraryName(base);
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
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
