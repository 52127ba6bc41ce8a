package dev.heddle.cli;

import dev.heddle.cli.run.Expectation;
import dev.heddle.cli.run.FileTest;
import dev.heddle.compiler.diagnostic.HeddleException;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the expectations in kernel files on every device, and split evenly across all. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Run the expectations in the files' headers on every device.")
final class TestCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Kernel files or folders of them.")
  private List<String> paths = new ArrayList<>();

  private int passed;
  private int failed;
  private int skipped;

  @Override
  public Integer call() {
    List<String> selectors = selectors();
    for (String file : KernelFiles.under(paths)) {
      test(file, selectors);
    }
    System.out.printf("%d passed, %d failed, %d without expectations%n", passed, failed, skipped);
    return failed == 0 ? ExitCode.OK : ExitCode.MISMATCH;
  }

  /** Each device alone, then all of them where there are several. */
  private static List<String> selectors() {
    try (Session session = Session.open(SessionOptions.DEFAULT)) {
      List<String> selectors =
          new ArrayList<>(session.devices().stream().map(DeviceInfo::id).toList());
      if (selectors.size() > 1) {
        selectors.add(String.join(",", selectors));
      }
      return selectors;
    }
  }

  private void test(String file, List<String> selectors) {
    try {
      FileTest test = FileTest.of(file);
      if (!test.hasExpectations()) {
        System.out.println("skip  " + file + ": no expectations in its header");
        skipped++;
        return;
      }
      for (String selector : selectors) {
        report(file, selector, test.run(selector));
      }
    } catch (HeddleException e) {
      failed++;
      System.out.println("FAIL  " + file);
      System.out.println("      " + e.getMessage().replace("\n", "\n      "));
    }
  }

  private void report(String file, String selector, List<Expectation.Outcome> outcomes) {
    boolean met = outcomes.stream().allMatch(Expectation.Outcome::met);
    passed += met ? 1 : 0;
    failed += met ? 0 : 1;
    System.out.println((met ? "pass  " : "FAIL  ") + file + " on " + selector);
    outcomes.stream()
        .filter(outcome -> !outcome.met())
        .forEach(o -> System.out.println("      expected " + o.text() + ", but " + o.found()));
  }
}
