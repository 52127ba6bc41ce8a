package dev.heddle.backend.opencl;

import dev.heddle.runtime.support.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Loads JOCL's native library. */
final class JoclLibrary {
  private JoclLibrary() {}

  /**
   * Loads the library and, through it, the system's OpenCL loader.
   *
   * @throws UnsatisfiedLinkError if there is none
   */
  static void load() throws IOException {
    String name = NativeLibrary.fileName("JOCL_2_0_6");
    Path library =
        NativeLibrary.unpack(
            org.jocl.CL.class.getResourceAsStream("/lib/" + name), name, OpenClProvider.NAME);
    // JOCL logs each failed attempt; what failed is told by the provider
    Logger.getLogger("org.jocl").setLevel(Level.OFF);
    NativeLibrary.initialise("org.jocl.CL", JoclLibrary.class.getClassLoader(), library);
  }
}
