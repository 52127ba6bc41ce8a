package dev.heddle.backend.opencl;

import dev.heddle.runtime.support.NativeLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Loads JOCL's native library. */
final class JoclLibrary {
  /** As JOCL looks for it on Linux. */
  private static final List<String> LOADERS = List.of("libOpenCL.so.1", "libOpenCL.so");

  private JoclLibrary() {}

  /**
   * Loads the library and, through it, the system's OpenCL loader.
   *
   * @throws UnsatisfiedLinkError if there is none
   */
  static void load() throws IOException {
    JvmSignals.remember();
    requireLoader();
    String name = NativeLibrary.fileName("JOCL_2_0_6");
    Path library =
        NativeLibrary.unpack(
            org.jocl.CL.class.getResourceAsStream("/lib/" + name), name, OpenClProvider.NAME);
    // JOCL logs each failed attempt; what failed is told by the provider
    Logger.getLogger("org.jocl").setLevel(Level.OFF);
    NativeLibrary.initialise("org.jocl.CL", JoclLibrary.class.getClassLoader(), library);
  }

  /** JOCL itself prints to the user's terminal what it does not find. */
  private static void requireLoader() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    for (String name : LOADERS) {
      try (Arena arena = Arena.ofConfined()) {
        SymbolLookup.libraryLookup(name, arena);
        return;
      } catch (IllegalArgumentException missing) {
        // the next name may be there
      }
    }
    throw new UnsatisfiedLinkError("no " + String.join(", no ", LOADERS));
  }
}
