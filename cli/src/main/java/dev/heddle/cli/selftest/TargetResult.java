package dev.heddle.cli.selftest;

import dev.heddle.cli.selftest.Check.Group;
import dev.heddle.conformance.Outcome;
import dev.heddle.conformance.Outcome.Verdict;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.List;

/**
 * How the checks went on one target.
 *
 * @param devices those that took part
 * @param nanos for all of them
 */
public record TargetResult(
    String name, List<DeviceInfo> devices, List<CheckResult> checks, long nanos) {
  /** How one check went. */
  public record CheckResult(Group group, String name, Outcome outcome, long nanos) {}

  public TargetResult {
    devices = List.copyOf(devices);
    checks = List.copyOf(checks);
  }

  /** How many checks ended so. */
  public long count(Verdict verdict) {
    return checks.stream().filter(check -> check.outcome().verdict() == verdict).count();
  }

  /** How many checks of a group ended so. */
  public long count(Group group, Verdict verdict) {
    return checks.stream()
        .filter(check -> check.group() == group && check.outcome().verdict() == verdict)
        .count();
  }

  public List<CheckResult> failures() {
    return checks.stream().filter(check -> check.outcome().verdict() == Verdict.FAILED).toList();
  }

  public long mismatches() {
    return checks.stream().mapToLong(check -> check.outcome().mismatches()).sum();
  }
}
