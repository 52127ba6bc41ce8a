package dev.heddle.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the launcher runs once after a build, for the JVM to record which classes Heddle loads and
 * which methods are hot, so that later starts map them instead of loading them. The commands are
 * those that users start with, and kernels that reach most of the compiler, at small sizes. What
 * they don't reach is loaded by name.
 *
 * <p>The CPU's vector tier must be off ({@code -Dheddle.cpu.tier=scalar}): its module is loaded
 * late, and the JVM refuses to write an archive that holds classes of such a module.
 *
 * <p>Argument: the folder of the kernel library. Prints nothing.
 */
public final class Training {
  /** Classes that are renamed before they are loaded. */
  private static final String VECTOR_OPERATIONS = "/cpu/vector/ops/";

  private Training() {}

  /** Runs all commands; see the class. */
  public static void main(String[] args) {
    Path kernels = Path.of(args[0]);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    for (String line :
        List.of(
            "devices",
            "run stream/saxpy.cl n=1<<16",
            "run finance/black_scholes.cl n=1<<16 -d cpu",
            "run finance/black_scholes.cl n=1<<16 --json",
            "run climate/heat_2d.cl width=256 height=256 -d cpu,opencl --split even",
            "run reduction/sum.cl n=1<<16 --verify -d cpu",
            "run fractal/mandelbrot.cl width=128 height=128 -d cpu",
            "run linear-algebra/matmul_tiled.cl n=64 -d cpu",
            "run image/histogram.cl -d cpu",
            "plan physics/nbody.cl n=1024",
            "check stream/triad.cl",
            "--version")) {
      String[] words = line.replaceAll("(\\S+\\.cl)", kernels + "/$1").strip().split(" +");
      Main.commandLine(words).execute(words);
    }
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed() && module.getName().startsWith("dev.heddle."))
        .forEach(Training::load);
    System.exit(ExitCode.OK);
  }

  private static void load(Module module) {
    ResolvedModule resolved =
        ModuleLayer.boot().configuration().findModule(module.getName()).orElseThrow();
    try (ModuleReader reader = resolved.reference().open();
        Stream<String> files = reader.list()) {
      files
          .filter(file -> file.endsWith(".class") && !file.equals("module-info.class"))
          .filter(file -> !file.contains(VECTOR_OPERATIONS))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .forEach(name -> Class.forName(module, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
