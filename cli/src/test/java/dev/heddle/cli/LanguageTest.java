package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.cli.run.Expectation;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.run.StepResult;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small kernels, one for each feature of the language and some that mix them. Their checksums were
 * kept when the interpreter's result agreed with that of another OpenCL implementation (within
 * rounding, or that one was shown to be wrong); here every device, tier and split must give them.
 */
class LanguageTest {
  private static final Path FOLDER = Path.of("src/test/resources/language");
  private static final String TIER = "heddle.cpu.tier";
  private static Session scalar;
  private static Session vector;
  private static boolean openCl;

  static Stream<Path> kernels() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(FOLDER)) {
      files = walk.filter(path -> path.toString().endsWith(".cl")).sorted().toList();
    }
    return files.stream().map(FOLDER::relativize);
  }

  @BeforeAll
  static void open() {
    scalar = open("scalar", SessionOptions.DEFAULT.forgetful());
    vector = open("vector", SessionOptions.DEFAULT.forgetful().withCpuThreads(1));
    openCl = scalar.devices().stream().anyMatch(device -> device.backend().equals("opencl"));
  }

  private static Session open(String tier, SessionOptions options) {
    System.setProperty(TIER, tier);
    try {
      return Session.open(options);
    } finally {
      System.clearProperty(TIER);
    }
  }

  @AfterAll
  static void close() {
    scalar.close();
    vector.close();
  }

  private static RunResult run(Session session, Path file, String options) {
    List<String> words = new ArrayList<>(List.of(FOLDER.resolve(file).toString()));
    words.addAll(List.of(options.split(" ")));
    try (Runner runner = Runner.on(session, RunRequest.of(RunWords.parse(words)), warning -> {})) {
      RunResult result = runner.run();
      assertFalse(result.expectations().isEmpty(), file + " expects nothing");
      for (Expectation.Outcome outcome : result.expectations()) {
        assertEquals(true, outcome.met(), () -> words + ": " + outcome);
      }
      return result;
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void scalarTierAndInterpreter(Path file) {
    for (StepResult step : run(scalar, file, "-d cpu --verify").steps()) {
      ReferenceCheck.Outcome check = step.check().orElseThrow();
      if (step.execution().reproducible()) {
        assertEquals(ReferenceCheck.Verdict.EQUAL, check.verdict(), () -> file + ": " + check);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void vectorTier(Path file) {
    for (StepResult step : run(vector, file, "-d cpu").steps()) {
      assertEquals("vector", step.execution().devices().getFirst().tier(), file.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void openClAndSplit(Path file) {
    assumeTrue(openCl, "no OpenCL device");
    run(scalar, file, "-d opencl");
    run(scalar, file, "-d cpu,opencl --split even");
  }
}
