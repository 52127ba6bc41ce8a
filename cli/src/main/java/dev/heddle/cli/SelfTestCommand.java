package dev.heddle.cli;

import dev.heddle.cli.selftest.Check;
import dev.heddle.cli.selftest.Checks;
import dev.heddle.cli.selftest.SelfTest;
import dev.heddle.cli.selftest.TargetResult;
import dev.heddle.runtime.run.DeviceSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares every device's bits with the reference interpreter's. */
@Command(
    name = "selftest",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = {
      "Every operator, conversion, function and atomic, test kernels of the language and the kernel"
          + " library on every device and split across all, bits compared with the reference.",
      "Exit code 3 if some differ."
    })
final class SelfTestCommand implements Callable<Integer> {
  @Option(names = "-d", paramLabel = "SEL[,SEL]", description = "Devices: cpu, opencl, cuda:0, ...")
  private String devices = "all";

  @Option(
      names = "--all",
      description = "More operands and sizes, and all test kernels of the language.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (SelfTest test = SelfTest.open(DeviceSelector.parse(devices));
        Progress progress = new Progress()) {
      List<Check> checks = Checks.of(all, Home.folder());
      progress.expect(checks.size() * test.targets());
      List<TargetResult> results = test.run(checks, progress::next);
      progress.close();
      List<String> notes = new ArrayList<>(test.skipped());
      if (Home.folder().isEmpty()) {
        notes.add("kernel files are not checked: where they lie is unknown; use bin/heddle");
      }
      System.out.print(
          json ? SelfTestJson.render(results, notes) : SelfTestText.render(results, notes));
      boolean failed = results.stream().anyMatch(result -> !result.failures().isEmpty());
      return failed ? ExitCode.MISMATCH : ExitCode.OK;
    }
  }
}
