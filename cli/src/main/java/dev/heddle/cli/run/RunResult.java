package dev.heddle.cli.run;

import dev.heddle.runtime.api.ReferenceCheck;
import dev.heddle.runtime.run.Execution;
import java.util.List;
import java.util.Optional;

/**
 * All that a run gave.
 *
 * @param samplesNanos with {@code --repeat}, the time of each timed run of all steps
 * @param expectations what became of each expectation
 * @param leftOut devices that did not take part since admitting them takes long, a sentence each
 * @param unmeasured ids of the devices whose speed is only assumed so far
 */
public record RunResult(
    List<StepResult> steps,
    List<OutputResult> outputs,
    List<Long> samplesNanos,
    List<Expectation.Outcome> expectations,
    List<String> leftOut,
    List<String> unmeasured) {
  public RunResult {
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
    samplesNanos = List.copyOf(samplesNanos);
    expectations = List.copyOf(expectations);
    leftOut = List.copyOf(leftOut);
    unmeasured = List.copyOf(unmeasured);
  }

  /** Of a step that a fault ended: there are no outputs, since what it wrote is invalid. */
  public static RunResult faulted(Execution execution) {
    return new RunResult(
        List.of(new StepResult(execution, 1, Optional.empty())),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Whether some comparison, with the interpreter or with an expectation, found a difference. */
  public boolean mismatch() {
    boolean differs =
        steps.stream()
            .flatMap(step -> step.check().stream())
            .anyMatch(check -> check.verdict() == ReferenceCheck.Verdict.DIFFERENT);
    return differs || expectations.stream().anyMatch(outcome -> !outcome.met());
  }
}
