package dev.heddle.cli.run;

import dev.heddle.runtime.api.ReferenceCheck;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step as it went; several launches of it (iterations) are added up.
 *
 * @param launches how many there were
 * @param check the comparison with the reference interpreter; the worst, of several
 */
public record StepResult(
    Execution execution, int launches, Optional<ReferenceCheck.Outcome> check) {

  /** The sum of two results of the same step. */
  public StepResult plus(StepResult later) {
    Map<String, DeviceShare> shares = new LinkedHashMap<>();
    execution.devices().forEach(share -> shares.put(share.id(), share));
    later.execution.devices().forEach(share -> shares.merge(share.id(), share, StepResult::add));
    long items = (launches + later.launches) * execution.range().items();
    List<DeviceShare> devices =
        shares.values().stream().map(share -> withShare(share, items)).toList();
    return new StepResult(
        sum(execution, later.execution, devices), launches + later.launches, worst(later.check));
  }

  private Optional<ReferenceCheck.Outcome> worst(Optional<ReferenceCheck.Outcome> other) {
    boolean failed = check.isPresent() && check.get().verdict() != ReferenceCheck.Verdict.EQUAL;
    return failed ? check : other;
  }

  private static DeviceShare add(DeviceShare a, DeviceShare b) {
    return new DeviceShare(
        a.id(),
        a.name(),
        0,
        a.items() + b.items(),
        a.chunks() + b.chunks(),
        a.predictedNanos() + b.predictedNanos(),
        a.measuredNanos() + b.measuredNanos(),
        a.compileNanos() + b.compileNanos(),
        a.bytesIn() + b.bytesIn(),
        a.bytesOut() + b.bytesOut(),
        b.tier());
  }

  private static DeviceShare withShare(DeviceShare share, long items) {
    return new DeviceShare(
        share.id(),
        share.name(),
        items == 0 ? 0 : (double) share.items() / items,
        share.items(),
        share.chunks(),
        share.predictedNanos(),
        share.measuredNanos(),
        share.compileNanos(),
        share.bytesIn(),
        share.bytesOut(),
        share.tier());
  }

  private static Execution sum(Execution a, Execution b, List<DeviceShare> devices) {
    return new Execution(
        a.kernel(),
        a.range(),
        a.localSize(),
        a.math(),
        a.bounds(),
        a.reproducible() && b.reproducible(),
        a.unproven(),
        a.split(),
        devices,
        a.predictedNanos() + b.predictedNanos(),
        a.bestSingle()
            .flatMap(
                best ->
                    b.bestSingle()
                        .map(
                            other ->
                                new Execution.BestSingle(best.id(), best.nanos() + other.nanos()))),
        concat(a.faults(), b.faults()),
        concat(a.retries(), b.retries()),
        concat(a.notes(), b.notes()).stream().distinct().toList(),
        a.printed() + b.printed(),
        a.redundancy().flatMap(one -> b.redundancy().map(one::plus)),
        a.totalNanos() + b.totalNanos());
  }

  private static <T> List<T> concat(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
