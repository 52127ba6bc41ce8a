package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.cli.run.OutputResult;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.run.StepResult;
import dev.heddle.cli.selftest.LibraryKernels;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.runtime.api.ReferenceCheck;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of the library gives the interpreter's bits, on every device, tier and split. */
class LibraryKernelsTest {
  private static final Path FOLDER = Path.of("../kernels");
  private static final String TIER = "heddle.cpu.tier";
  private static boolean openCl;

  static Stream<LibraryKernels> kernels() {
    return LibraryKernels.ALL.stream();
  }

  @BeforeAll
  static void findDevices() {
    try (Session session = Session.open(SessionOptions.DEFAULT)) {
      openCl = session.devices().stream().anyMatch(device -> device.backend().equals("opencl"));
    }
  }

  @AfterEach
  void anyTier() {
    System.clearProperty(TIER);
  }

  @Test
  void noKernelIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      Set<String> there =
          files
              .filter(path -> path.toString().endsWith(".cl"))
              .filter(path -> !path.toString().contains("/target/"))
              .map(path -> FOLDER.relativize(path).toString())
              .collect(Collectors.toSet());
      assertEquals(there, kernels().map(LibraryKernels::file).collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void scalarTier(LibraryKernels kernel) {
    System.setProperty(TIER, "scalar");
    for (String size : kernel.sizes()) {
      verified(kernel, size, "-d cpu");
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void vectorTier(LibraryKernels kernel) {
    System.setProperty(TIER, "vector");
    for (String size : kernel.sizes()) {
      RunResult result = verified(kernel, size, "-d cpu --cpu-threads 1");
      for (StepResult step : result.steps()) {
        assertEquals("vector", step.execution().devices().getFirst().tier(), size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void openCl(LibraryKernels kernel) {
    assumeTrue(openCl, "no OpenCL device");
    for (String size : kernel.sizes()) {
      verified(kernel, size, "-d opencl");
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void splitEvenly(LibraryKernels kernel) {
    assumeTrue(openCl, "no OpenCL device");
    for (String size : kernel.sizes()) {
      List<String> one = checksums(verified(kernel, size, "-d cpu"));
      assertEquals(one, checksums(verified(kernel, size, "-d cpu,opencl --split even")), size);
    }
  }

  private static RunResult verified(LibraryKernels kernel, String size, String options) {
    List<String> words =
        new ArrayList<>(List.of(FOLDER.resolve(kernel.file()).toString(), "--verify"));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of(size.split(" ")));
    try (Runner runner = Runner.open(RunRequest.of(RunWords.parse(words)), warning -> {})) {
      RunResult result = runner.run();
      for (StepResult step : result.steps()) {
        ReferenceCheck.Outcome check = step.check().orElseThrow();
        assertEquals(
            ReferenceCheck.Verdict.EQUAL,
            check.verdict(),
            () -> words + ": " + check.message() + " " + check.mismatches());
      }
      return result;
    }
  }

  private static List<String> checksums(RunResult result) {
    return result.outputs().stream()
        .map(OutputResult::summary)
        .map(summary -> summary.crcText())
        .toList();
  }
}
