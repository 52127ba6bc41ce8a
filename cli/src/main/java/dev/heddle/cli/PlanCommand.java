package dev.heddle.cli;

import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.run.StepResult;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what {@code run} would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Predict shares and times of a run, without running.")
final class PlanCommand implements Callable<Integer> {
  @Mixin private RunWords words = new RunWords();

  @Override
  public Integer call() {
    RunRequest request = RunRequest.of(words);
    BackgroundProbe.startFor(plan(request));
    return ExitCode.OK;
  }

  private static RunResult plan(RunRequest request) {
    try (Runner runner = Runner.open(request, Warnings::print)) {
      List<StepResult> steps =
          runner.plan().stream().map(plan -> new StepResult(plan, 1, Optional.empty())).toList();
      RunResult result = new RunResult(steps, List.of(), List.of(), List.of(), runner.leftOut());
      if (request.json()) {
        ResultJson.print(result, System.out);
      } else {
        System.out.print(new ResultText(true).render(result));
      }
      return result;
    }
  }
}
