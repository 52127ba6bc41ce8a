package dev.heddle.cli.selftest;

import dev.heddle.cli.run.Expectation;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.Runner;
import dev.heddle.cli.run.StepResult;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.conformance.ComputeCase;
import dev.heddle.conformance.Outcome;
import dev.heddle.conformance.SplitCheck;
import dev.heddle.runtime.api.ReferenceCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that a device must give the reference's bits for. */
public sealed interface Check {
  /** What sort of check it is. */
  enum Group {
    OPERATORS,
    CONVERSIONS,
    ATOMICS,
    FUNCTIONS,
    LANGUAGE,
    LIBRARY
  }

  Group group();

  String name();

  /** Whether a device needs double precision for it, as far as is known before it is compiled. */
  boolean usesDouble();

  /**
   * Runs it and compares.
   *
   * @throws dev.heddle.compiler.diagnostic.HeddleException if the device fails
   */
  Outcome run(Target target);

  /** Rows of the IR's tables. */
  record Compute(Group group, ComputeCase rows) implements Check {
    @Override
    public String name() {
      return rows.name();
    }

    @Override
    public boolean usesDouble() {
      return rows.usesDouble();
    }

    @Override
    public Outcome run(Target target) {
      return rows.run(target.session(), target.options(), target.split());
    }
  }

  /**
   * A kernel file.
   *
   * @param values words {@code NAME=VALUE} that win over the file's header
   */
  record KernelFile(Group group, String name, Path path, List<String> values) implements Check {
    @Override
    public boolean usesDouble() {
      return false;
    }

    @Override
    public Outcome run(Target target) {
      List<String> words = new ArrayList<>(List.of(path.toString(), "--verify"));
      words.addAll(values);
      RunRequest request = RunRequest.of(RunWords.parse(words)).with(target.options());
      try (Runner runner = Runner.on(target.session(), request, _ -> {})) {
        RunResult result = runner.run();
        Optional<String> alone =
            target.split() ? SplitCheck.ranAlone(last(result)) : Optional.empty();
        return alone.map(Outcome::skipped).orElseGet(() -> compared(result));
      }
    }

    private static dev.heddle.runtime.run.Execution last(RunResult result) {
      return result.steps().getLast().execution();
    }

    private static Outcome compared(RunResult result) {
      List<String> findings = new ArrayList<>();
      List<String> unverified = new ArrayList<>();
      long checked = 0;
      for (StepResult step : result.steps()) {
        ReferenceCheck.Outcome check = step.check().orElseThrow();
        checked += check.bytes();
        switch (check.verdict()) {
          case EQUAL -> {}
          case DIFFERENT -> {
            findings.add(step.execution().kernel() + ": " + check.message());
            findings.addAll(check.mismatches());
          }
          case NOT_VERIFIED -> unverified.add(check.message());
        }
      }
      for (Expectation.Outcome outcome : result.expectations()) {
        if (!outcome.met()) {
          findings.add("expected " + outcome.text() + ", but " + outcome.found());
        }
      }
      if (!findings.isEmpty()) {
        return Outcome.different(checked, 1, findings);
      }
      boolean nothingCompared = !unverified.isEmpty() && result.expectations().isEmpty();
      return nothingCompared
          ? Outcome.skipped(String.join("; ", unverified))
          : Outcome.passed(checked);
    }
  }
}
