package dev.heddle.backend.cuda;

import dev.heddle.runtime.support.NativeLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/** Looks whether the machine has an NVIDIA driver, and loads JCuda's binding to it. */
final class DriverLibrary {
  private static final String DRIVER = "libcuda.so.1";
  private static final String BINDING = "JCudaDriver-12.6.0";

  private DriverLibrary() {}

  /** Whether the driver's library can be loaded; costs next to nothing where it can't. */
  static boolean present() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(DRIVER, arena);
      return true;
    } catch (IllegalArgumentException absent) {
      return false;
    }
  }

  /**
   * Loads the binding.
   *
   * @throws LinkageError if it doesn't fit this machine
   */
  static void load() throws IOException {
    String name = NativeLibrary.fileName(BINDING);
    Path library =
        NativeLibrary.unpack(
            DriverLibrary.class.getResourceAsStream("/META-INF/lib/" + name),
            name,
            CudaProvider.NAME);
    ClassLoader loader = DriverLibrary.class.getClassLoader();
    NativeLibrary.initialise("jcuda.driver.JCudaDriver", loader, library);
  }
}
