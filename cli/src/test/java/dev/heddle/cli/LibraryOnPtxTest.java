package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.backend.cuda.FakeCuda;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.run.StepResult;
import dev.heddle.cli.selftest.LibraryKernels;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.runtime.api.ReferenceCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kernel of the library through the CUDA back end, whose driver runs the PTX in an
 * interpreter: whole, and split with the CPU.
 */
class LibraryOnPtxTest {
  private static final Path FOLDER = Path.of("../kernels");

  @BeforeAll
  static void enable(@TempDir Path folder) {
    FakeCuda.enable(folder);
  }

  @AfterAll
  static void disable() {
    assertEquals(List.of(), FakeCuda.disable());
  }

  @Test
  void sameBits(TestReporter reporter) {
    int runs = 0;
    for (LibraryKernels kernel : LibraryKernels.ALL) {
      String size = kernel.sizes().get(1);
      verify(kernel, size, "-d cuda");
      verify(kernel, size, "-d cpu,cuda --split even");
      runs += 2;
    }
    reporter.publishEntry(
        LibraryKernels.ALL.size() + " kernels run as PTX, " + runs + " runs, all bits the same");
  }

  private static void verify(LibraryKernels kernel, String size, String options) {
    List<String> words =
        new ArrayList<>(List.of(FOLDER.resolve(kernel.file()).toString(), "--verify"));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of(size.split(" ")));
    try (Runner runner = Runner.open(RunRequest.of(RunWords.parse(words)), _ -> {})) {
      RunResult result = runner.run();
      for (StepResult step : result.steps()) {
        ReferenceCheck.Outcome check = step.check().orElseThrow();
        assertEquals(
            ReferenceCheck.Verdict.EQUAL,
            check.verdict(),
            () -> words + ": " + check.message() + " " + check.mismatches());
        boolean onCuda =
            step.execution().devices().stream().anyMatch(d -> d.id().startsWith("cuda"));
        // what is too small to split may stay on the CPU
        assertEquals(
            true,
            onCuda || options.contains("split"),
            () -> words + " ran on " + step.execution().devices());
      }
    }
  }
}
