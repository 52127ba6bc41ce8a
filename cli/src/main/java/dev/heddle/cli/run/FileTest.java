package dev.heddle.cli.run;

import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.SplitPolicy;
import java.util.List;

/** The expectations of one kernel file. */
public final class FileTest {
  private final RunRequest request;

  private FileTest(RunRequest request) {
    this.request = request;
  }

  /** Reads a file's header. */
  public static FileTest of(String file) {
    return new FileTest(RunRequest.of(RunWords.ofFile(file, List.of(), List.of())));
  }

  public boolean hasExpectations() {
    return !request.expectations().isEmpty();
  }

  /** Runs the file's default run on these devices, in equal shares, and compares. */
  public List<Expectation.Outcome> run(String selector) {
    RunRequest chosen =
        request.with(
            request.options().on(DeviceSelector.parse(selector)).withSplit(SplitPolicy.EVEN));
    try (Runner runner = Runner.open(chosen, warning -> {})) {
      return runner.run().expectations();
    }
  }
}
