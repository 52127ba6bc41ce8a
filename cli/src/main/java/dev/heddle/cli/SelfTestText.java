package dev.heddle.cli;

import dev.heddle.cli.selftest.Check.Group;
import dev.heddle.cli.selftest.TargetResult;
import dev.heddle.cli.selftest.TargetResult.CheckResult;
import dev.heddle.conformance.Outcome.Verdict;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a self-test found, for people. */
final class SelfTestText {
  /** More findings or names are counted, not shown. */
  private static final int MOST_SHOWN = 8;

  private SelfTestText() {}

  static String render(List<TargetResult> results, List<String> notes) {
    StringBuilder text = new StringBuilder(table(results));
    results.forEach(result -> text.append(skips(result)));
    notes.forEach(note -> text.append("note: ").append(note).append('\n'));
    results.forEach(result -> text.append(failures(result)));
    long failed = results.stream().mapToLong(result -> result.failures().size()).sum();
    long passed = results.stream().mapToLong(result -> result.count(Verdict.PASSED)).sum();
    text.append(
        failed == 0
            ? "passed: %,d checks, the same bits everywhere%n".formatted(passed)
            : "FAILED: %,d of %,d checks%n".formatted(failed, failed + passed));
    return text.toString();
  }

  /** Passed of those run, for each group; then how much was compared. */
  private static String table(List<TargetResult> results) {
    Table table = new Table("l" + "r".repeat(Group.values().length + 4));
    List<String> header = new ArrayList<>(List.of("device"));
    for (Group group : Group.values()) {
      header.add(group.name().toLowerCase(Locale.ROOT));
    }
    header.addAll(List.of("compared", "mismatches", "skipped", "time"));
    table.row(header.toArray(String[]::new));
    for (TargetResult result : results) {
      List<String> cells = new ArrayList<>(List.of(result.name()));
      for (Group group : Group.values()) {
        cells.add(cell(result, group));
      }
      long compared = result.checks().stream().mapToLong(c -> c.outcome().checked()).sum();
      cells.add(Units.count(compared));
      cells.add(Units.count(result.mismatches()));
      cells.add(Units.count(result.count(Verdict.SKIPPED)));
      cells.add(Units.time(result.nanos()));
      table.row(cells.toArray(String[]::new));
    }
    return table.render("");
  }

  private static String cell(TargetResult result, Group group) {
    long passed = result.count(group, Verdict.PASSED);
    long run = passed + result.count(group, Verdict.FAILED);
    return run == 0 ? "-" : passed + "/" + run;
  }

  /** Why checks were skipped, with their names. */
  private static String skips(TargetResult result) {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (CheckResult check : result.checks()) {
      if (check.outcome().verdict() == Verdict.SKIPPED) {
        reasons
            .computeIfAbsent(check.outcome().reason(), reason -> new ArrayList<>())
            .add(check.name());
      }
    }
    StringBuilder text = new StringBuilder();
    reasons.forEach(
        (reason, names) ->
            text.append("skipped on %s: %s (%s)%n".formatted(result.name(), names(names), reason)));
    return text.toString();
  }

  private static String names(List<String> names) {
    List<String> shown = names.subList(0, Math.min(names.size(), MOST_SHOWN));
    int more = names.size() - shown.size();
    return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
  }

  private static String failures(TargetResult result) {
    StringBuilder text = new StringBuilder();
    List<CheckResult> failures = result.failures();
    for (CheckResult check : failures.subList(0, Math.min(failures.size(), MOST_SHOWN))) {
      text.append("FAIL  %s: %s%n".formatted(result.name(), check.name()));
      for (String finding : check.outcome().findings()) {
        text.append("      ").append(finding.replace("\n", "\n      ")).append('\n');
      }
    }
    if (failures.size() > MOST_SHOWN) {
      text.append(
          "FAIL  %s: %d more; --json shows them%n"
              .formatted(result.name(), failures.size() - MOST_SHOWN));
    }
    if (!failures.isEmpty()) {
      for (DeviceInfo device : result.devices()) {
        text.append("      %s is %s, %s%n".formatted(device.id(), device.name(), device.driver()));
      }
    }
    return text.toString();
  }
}
