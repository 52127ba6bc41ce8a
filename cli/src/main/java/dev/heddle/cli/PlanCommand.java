package dev.heddle.cli;

import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.run.StepResult;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.cli.spec.Settings;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.profile.RecordedDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what {@code run} would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Predict shares and times of a run, without running.")
final class PlanCommand implements Callable<Integer> {
  @Mixin private RunWords words = new RunWords();

  @Option(
      names = "--profiles",
      paramLabel = "FILE.json",
      description = "Plan for the devices recorded there by devices --export.")
  private @Nullable Path profiles;

  @Override
  public Integer call() {
    RunRequest request = RunRequest.of(words.withDefaults(Settings.load()));
    if (words.spark() != null) {
      throw new UsageException("--spark: a plan is of one machine; use it with run");
    }
    if (request.trace().isPresent()) {
      throw new UsageException("--trace: a plan runs nothing; use it with run");
    }
    if (profiles == null) {
      Background.startFor(plan(request));
    } else {
      planElsewhere(request, RecordedDevices.read(profiles));
    }
    return ExitCode.OK;
  }

  private static RunResult plan(RunRequest request) {
    try (Runner runner = Runner.open(request, Warnings::print)) {
      return show(request, runner);
    }
  }

  private static void planElsewhere(RunRequest request, List<RecordedDevice> devices) {
    try (Session session = Session.planning(devices);
        Runner runner = Runner.on(session, request, Warnings::print)) {
      show(request, runner);
    }
  }

  private static RunResult show(RunRequest request, Runner runner) {
    List<StepResult> steps =
        runner.plan().stream().map(plan -> new StepResult(plan, 1, Optional.empty())).toList();
    RunResult result =
        new RunResult(steps, List.of(), List.of(), List.of(), runner.leftOut(), List.of());
    if (request.json()) {
      ResultJson.print(result, System.out);
    } else {
      System.out.print(new ResultText(true).render(result));
    }
    return result;
  }
}
