package dev.heddle.cli;

import dev.heddle.cli.data.Summary;
import dev.heddle.cli.run.Expectation;
import dev.heddle.cli.run.OutputResult;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.StepResult;
import dev.heddle.runtime.api.ReferenceCheck;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Redundancy;
import dev.heddle.runtime.run.SplitReport;
import java.util.List;
import java.util.stream.Collectors;

/** The result of a run or a plan, for people. */
final class ResultText {
  private static final int SHOWN_FAULTS = 5;

  private final boolean explain;

  /** With {@code explain}, the reasons of the certificate and all notes are shown. */
  ResultText(boolean explain) {
    this.explain = explain;
  }

  String render(RunResult result) {
    StringBuilder text = new StringBuilder();
    for (StepResult step : result.steps()) {
      text.append(step(step));
    }
    text.append(outputs(result.outputs()));
    result.leftOut().forEach(note -> text.append(line("note", note)));
    if (!result.samplesNanos().isEmpty()) {
      text.append("  ").append(samples(result.samplesNanos())).append('\n');
    }
    for (Expectation.Outcome outcome : result.expectations()) {
      text.append(
          "  %s  %s: %s%n"
              .formatted(outcome.met() ? "met" : "NOT MET", outcome.text(), outcome.found()));
    }
    return text.toString();
  }

  /** What kernels printed, on lines of its own. */
  static String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  /** One step, or a plan of it. */
  private String step(StepResult step) {
    Execution execution = step.execution();
    StringBuilder text = new StringBuilder(ended(execution.printed())).append(headline(execution));
    if (step.launches() > 1) {
      text.append("   ").append(step.launches()).append(" launches");
    }
    text.append('\n').append(devices(execution));
    if (explain) {
      execution.split().reasons().forEach(reason -> text.append(line("split", reason)));
      execution.unproven().forEach(reason -> text.append(line("unproven", reason)));
      execution.localSize().ifPresent(l -> text.append(line("local size", NDRange.text(l))));
    }
    execution.notes().forEach(note -> text.append(line("note", note)));
    execution
        .retries()
        .forEach(
            retry ->
                text.append(
                    line(
                        "retry",
                        "%s work-items of %s went to %s: %s"
                            .formatted(
                                Units.count(retry.items()),
                                retry.from(),
                                retry.to(),
                                retry.reason()))));
    execution.redundancy().ifPresent(found -> text.append(redundancy(found)));
    text.append(faults(execution.faults()));
    step.check().ifPresent(check -> text.append(check(check)));
    return text.toString();
  }

  private static String line(String label, String message) {
    return "  " + label + ": " + message + "\n";
  }

  private static String headline(Execution execution) {
    return "%s  %s work-items   %s   %s"
        .formatted(
            execution.kernel(),
            Units.count(execution.range().items()),
            execution.reproducible() ? "reproducible" : "reproducible: unproven",
            split(execution.split()));
  }

  private static String split(SplitReport split) {
    if (split.proven()) {
      return "split along " + split.axis() + ", proven";
    }
    return "one device: "
        + (split.reasons().isEmpty() ? "not proven safe to split" : split.reasons().getFirst());
  }

  private static String devices(Execution execution) {
    boolean measured = execution.devices().stream().anyMatch(share -> share.measuredNanos() > 0);
    Table table = new Table("lrrrrll");
    table.row("device", "share", "items", "predicted", "measured", "moved", "tier");
    for (DeviceShare share : execution.devices()) {
      table.row(
          share.id(),
          Units.percent(share.share()),
          Units.count(share.items()),
          share.predictedNanos() == 0 ? "-" : Units.time(share.predictedNanos()),
          measured ? Units.time(share.measuredNanos()) : "-",
          moved(share),
          share.tier());
    }
    table.row(
        "total",
        "",
        "",
        execution.predictedNanos() == 0 ? "-" : Units.time(execution.predictedNanos()),
        measured ? Units.time(execution.totalNanos()) : "-",
        execution
            .bestSingle()
            .map(best -> "best single device " + Units.time(best.nanos()) + " (" + best.id() + ")")
            .orElse(""));
    return table.render("  ");
  }

  private static String moved(DeviceShare share) {
    if (share.bytesIn() == 0 && share.bytesOut() == 0) {
      return "0 B";
    }
    return Units.bytes(share.bytesIn()) + " in, " + Units.bytes(share.bytesOut()) + " out";
  }

  private static String faults(List<KernelFault> faults) {
    String shown =
        faults.stream()
            .limit(SHOWN_FAULTS)
            .map(fault -> line("fault", fault.message()))
            .collect(Collectors.joining());
    return faults.size() > SHOWN_FAULTS
        ? shown + line("fault", "and " + (faults.size() - SHOWN_FAULTS) + " more")
        : shown;
  }

  private static String redundancy(Redundancy found) {
    String verdict = found.disputes().isEmpty() ? "the same bits" : "differences, settled";
    StringBuilder text =
        new StringBuilder(
            line(
                "redundant",
                "%s work-items done on two devices each, %s compared: %s"
                    .formatted(Units.count(found.items()), Units.bytes(found.bytes()), verdict)));
    for (Redundancy.Dispute dispute : found.disputes()) {
      text.append(
          line(
              "WRONG BITS",
              "%s on up to %s work-items (%s), says %s"
                  .formatted(
                      String.join(",", dispute.wrong()),
                      Units.count(dispute.items()),
                      dispute.example(),
                      dispute.decidedBy())));
    }
    return text.toString();
  }

  private static String check(ReferenceCheck.Outcome check) {
    String label =
        switch (check.verdict()) {
          case EQUAL -> "verified";
          case DIFFERENT -> "DIFFERENT";
          case NOT_VERIFIED -> "not verified";
        };
    return "  "
        + check.message()
        + "\n"
        + check.mismatches().stream().map(m -> "    " + m + "\n").collect(Collectors.joining());
  }

  private static String outputs(List<OutputResult> outputs) {
    Table table = new Table("lllllll");
    for (OutputResult output : outputs) {
      Summary summary = output.summary();
      table.row(
          output.name(),
          output.typeText(),
          "min " + Units.value(summary.min()),
          "max " + Units.value(summary.max()),
          "mean " + Units.value(summary.mean()),
          summary.nans() == 0 ? "" : Units.count(summary.nans()) + " NaN",
          "crc32c " + summary.crcText() + output.file().map(file -> "  -> " + file).orElse(""));
    }
    return table.render("  ");
  }

  private static String samples(List<Long> samples) {
    List<Long> sorted = samples.stream().sorted().toList();
    return "%d runs: median %s, fastest %s, slowest %s"
        .formatted(
            sorted.size(),
            Units.time(sorted.get(sorted.size() / 2)),
            Units.time(sorted.getFirst()),
            Units.time(sorted.getLast()));
  }
}
