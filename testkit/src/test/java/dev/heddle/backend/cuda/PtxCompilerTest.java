package dev.heddle.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.backend.cuda.PtxCompiler.Verdict;
import dev.heddle.compiler.analysis.Guards;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.IncludeResolver;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.testkit.random.RandomKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Has NVIDIA's compiler take the printed PTX of every kernel there is, for every target. */
class PtxCompilerTest {
  /** A macro in the words of a header line. */
  private static final Pattern DEFINITION = Pattern.compile(" -D (\\S+)");

  private static final int[] TARGETS = {75, 80, 90};
  private static final Path ROOT = Path.of(System.getProperty("heddle.root", ".."));

  private final List<String> wrong = new ArrayList<>();
  private int compiled;

  private static List<Path> sources(String folder) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".cl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Program program(Path file) {
    IncludeResolver beside =
        (header, from, angled) -> {
          Path included = file.resolveSibling(header);
          return Files.exists(included)
              ? new IncludeResolver.Answer.Found(new SourceFile(header, read(included)))
              : new IncludeResolver.Answer.Refused("no " + included);
        };
    SourceFile source = new SourceFile(file.getFileName().toString(), read(file));
    List<String> macros =
        DEFINITION.matcher(source.text()).results().map(found -> found.group(1)).toList();
    return OpenClCompiler.compile(
        List.of(source), FrontendOptions.DEFAULT.withMacros(macros).withIncludes(beside));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param library what to call this variant of a library kernel; empty for other kernels
   */
  private void compile(Function kernel, CompileOptions options, String library) {
    String[] sources =
        IntStream.of(TARGETS)
            .mapToObj(PtxTarget::of)
            .map(target -> KernelPrinter.print(kernel, options, target, Variant.FIRST).source())
            .toArray(String[]::new);
    List<Verdict> verdicts =
        IntStream.range(0, TARGETS.length)
            .parallel()
            .mapToObj(i -> PtxCompiler.compile(sources[i], TARGETS[i]))
            .toList();
    for (int i = 0; i < TARGETS.length; i++) {
      Verdict verdict = verdicts.get(i);
      compiled++;
      String name = kernel.name() + library + " for sm_" + TARGETS[i];
      if (!verdict.error().isEmpty()) {
        wrong.add(name + ": " + verdict.error());
      } else if (!library.isEmpty()) {
        System.out.printf(
            "%-36s %3d registers %6d bytes shared %4d bytes spilled%n",
            name, verdict.registers(), verdict.shared(), verdict.spilled());
        if (verdict.spilled() > 0) {
          wrong.add(name + " spills " + verdict.spilled() + " bytes");
        }
      }
    }
  }

  @Test
  void takesEveryLibraryKernelWithoutSpills() {
    for (Path file : sources("kernels")) {
      for (Function kernel : Pipeline.prepareAll(program(file), true)) {
        compile(kernel, CompileOptions.DEFAULT, " checked");
        compile(Guards.none(kernel), CompileOptions.DEFAULT, " proven");
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compiled >= 150, compiled + " compiled");
    System.out.println(compiled + " compilations of library kernels");
  }

  @Test
  void takesEveryTestKernel() {
    for (Path file : sources("cli/src/test/resources/language")) {
      for (Function kernel : Pipeline.prepareAll(program(file), true)) {
        compile(kernel, CompileOptions.DEFAULT, "");
        compile(kernel, new CompileOptions(MathMode.REPRODUCIBLE, BoundsMode.CLAMP), "");
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compiled >= 300, compiled + " compiled");
    System.out.println(compiled + " compilations of test kernels");
  }

  @Test
  void takesTheProcessorsOwnFunctions() {
    for (Path file : sources("kernels")) {
      for (Function kernel : Pipeline.prepareAll(program(file), false)) {
        compile(kernel, new CompileOptions(MathMode.FAST, BoundsMode.TRAP), "");
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void takesRandomKernels() {
    for (int seed = 0; seed < 30; seed++) {
      RandomKernel.Shape shape = new RandomKernel.Shape(30, seed % 2 == 0, seed % 3 == 0);
      compile(RandomKernel.generate(seed, shape), CompileOptions.DEFAULT, "");
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void refusesWhatIsNoPtx() {
    assertFalse(PtxCompiler.compile(".version 6.3\n.target sm_75\nnonsense", 75).error().isEmpty());
  }
}
