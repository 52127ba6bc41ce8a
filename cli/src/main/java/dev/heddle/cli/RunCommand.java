package dev.heddle.cli;

import dev.heddle.cli.cluster.ClusterRunner;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.cli.spec.Settings;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the kernel of a file, split across the devices. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Run a kernel, split across the devices.")
final class RunCommand implements Callable<Integer> {
  @Mixin private RunWords words = new RunWords();

  @Override
  public Integer call() {
    RunRequest request = RunRequest.of(words.withDefaults(Settings.load()));
    String master = words.spark();
    if (master != null) {
      return code(show(request, () -> onCluster(master, request)));
    }
    RunResult result = show(request, () -> run(request));
    Background.startFor(result);
    return code(result);
  }

  private static int code(RunResult result) {
    return result.mismatch() ? ExitCode.MISMATCH : ExitCode.OK;
  }

  private static RunResult run(RunRequest request) {
    try (Runner runner = Runner.open(request, Warnings::print)) {
      try {
        return runner.run();
      } catch (RunException e) {
        showPrinted(request, runner.printed());
        throw e;
      }
    }
  }

  private static RunResult onCluster(String master, RunRequest request) {
    try {
      return ClusterRunner.find().run(master, request, Warnings::print);
    } catch (RunException e) {
      showPrinted(request, e.execution().map(Execution::printed).orElse(""));
      throw e;
    }
  }

  /** What was printed before a run failed; in JSON it is part of the object. */
  private static void showPrinted(RunRequest request, String text) {
    if (!request.json()) {
      System.out.print(ResultText.ended(text));
    }
  }

  private static RunResult show(RunRequest request, Supplier<RunResult> run) {
    try {
      RunResult result = run.get();
      if (request.json()) {
        ResultJson.print(result, System.out);
      } else {
        System.out.print(new ResultText(request.explain()).render(result));
      }
      return result;
    } catch (RunException e) {
      if (request.json()) {
        e.execution().map(RunResult::faulted).ifPresent(r -> ResultJson.print(r, System.out));
      }
      throw e;
    }
  }
}
