package dev.heddle.cli.selftest;

import dev.heddle.cli.selftest.Check.Group;
import dev.heddle.conformance.ComputeCase;
import dev.heddle.conformance.ComputeCases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which checks a self-test makes. */
public final class Checks {
  private static final int FEW_RANDOM = 500;
  private static final int MANY_RANDOM = 50_000;

  /** Folders under Heddle's own in which the language's test kernels lie. */
  private static final List<String> LANGUAGE =
      List.of("conformance/kernels", "cli/src/test/resources/language");

  /** What of the language a quick test checks: what devices and their compilers differ in. */
  private static final Pattern DELICATE =
      Pattern.compile("(atomics|builtins|conversions|integers)/.*|.*(barrier|local|half).*");

  private Checks() {}

  /**
   * Those that need no files, and those of the kernel files that lie under a folder.
   *
   * @param all whether to check more operands and sizes than a quick test does
   * @param home where Heddle lies, with {@code kernels} in it; empty: unknown
   */
  public static List<Check> of(boolean all, Optional<Path> home) {
    int random = all ? MANY_RANDOM : FEW_RANDOM;
    List<Check> checks = new ArrayList<>();
    add(checks, Group.OPERATORS, ComputeCases.arithmetic(random));
    add(checks, Group.CONVERSIONS, ComputeCases.conversions(random));
    add(checks, Group.ATOMICS, ComputeCases.atomics(random));
    add(checks, Group.FUNCTIONS, ComputeCases.functions(all ? MANY_RANDOM / 10 : FEW_RANDOM));
    home.ifPresent(
        folder -> {
          checks.addAll(language(all, folder));
          checks.addAll(library(all, folder));
        });
    return checks;
  }

  private static void add(List<Check> checks, Group group, List<ComputeCase> cases) {
    cases.forEach(rows -> checks.add(new Check.Compute(group, rows)));
  }

  private static List<Check> language(boolean all, Path home) {
    for (String place : LANGUAGE) {
      Path folder = home.resolve(place);
      if (Files.isDirectory(folder)) {
        return kernelFiles(folder).stream()
            .map(file -> folder.relativize(file).toString())
            .filter(name -> all || DELICATE.matcher(name).matches())
            .<Check>map(
                name -> new Check.KernelFile(Group.LANGUAGE, name, folder.resolve(name), List.of()))
            .toList();
      }
    }
    return List.of();
  }

  private static List<Path> kernelFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".cl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Check> library(boolean all, Path home) {
    Path folder = home.resolve("kernels");
    List<Check> checks = new ArrayList<>();
    for (LibraryKernels kernel : LibraryKernels.ALL) {
      Path file = folder.resolve(kernel.file());
      List<String> sizes = all ? kernel.sizes() : List.of(kernel.sizes().getLast());
      for (String size : Files.exists(file) ? sizes : List.<String>of()) {
        checks.add(
            new Check.KernelFile(
                Group.LIBRARY, kernel.file() + " " + size, file, List.of(size.split(" "))));
      }
    }
    return checks;
  }
}
