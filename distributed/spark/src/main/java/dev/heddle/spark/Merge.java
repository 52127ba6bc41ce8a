package dev.heddle.spark;

import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.SparkExecution.ExecutorShare;
import dev.heddle.spark.task.PartReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes one report of those of all parts. */
final class Merge {
  private Merge() {}

  static SparkExecution execution(
      List<PartReport> reports,
      Execution blank,
      List<String> losses,
      long nanos,
      int parts,
      int exchanges) {
    List<ExecutorShare> shares = shares(reports);
    Set<String> remarks = new LinkedHashSet<>(losses);
    reports.forEach(
        report ->
            report
                .remarks()
                .forEach(remark -> remarks.add("executor " + report.executor() + ": " + remark)));
    List<DeviceShare> devices = shares.stream().map(Merge::named).toList();
    return new SparkExecution(
        blank.withOutcome(devices, List.of(), List.copyOf(remarks), printed(reports), nanos),
        shares,
        parts,
        exchanges);
  }

  private static DeviceShare named(ExecutorShare share) {
    DeviceShare device = share.device();
    return new DeviceShare(
        share.executor() + "/" + device.id(),
        device.name() + " on " + share.host(),
        device.share(),
        device.items(),
        device.chunks(),
        device.predictedNanos(),
        device.measuredNanos(),
        device.compileNanos(),
        device.bytesIn(),
        device.bytesOut(),
        device.tier());
  }

  private static final class Sum {
    private final String executor;
    private final String host;
    private int parts;
    private long taskNanos;
    private final List<DeviceShare> shares = new ArrayList<>();

    Sum(PartReport report) {
      this.executor = report.executor();
      this.host = report.host();
    }

    void add(PartReport report, List<DeviceShare> more) {
      parts++;
      taskNanos += report.nanos();
      shares.addAll(more);
    }

    ExecutorShare share(long allItems) {
      DeviceShare first = shares.getFirst();
      long items = shares.stream().mapToLong(DeviceShare::items).sum();
      return new ExecutorShare(
          executor,
          host,
          parts,
          taskNanos,
          new DeviceShare(
              first.id(),
              first.name(),
              allItems == 0 ? 0 : (double) items / allItems,
              items,
              shares.stream().mapToInt(DeviceShare::chunks).sum(),
              shares.stream().mapToLong(DeviceShare::predictedNanos).sum(),
              shares.stream().mapToLong(DeviceShare::measuredNanos).sum(),
              shares.stream().mapToLong(DeviceShare::compileNanos).sum(),
              shares.stream().mapToLong(DeviceShare::bytesIn).sum(),
              shares.stream().mapToLong(DeviceShare::bytesOut).sum(),
              shares.getLast().tier()));
    }
  }

  private static String printed(List<PartReport> reports) {
    return reports.stream().map(PartReport::printed).collect(Collectors.joining());
  }

  /** By executor, then by device. */
  private static List<ExecutorShare> shares(List<PartReport> reports) {
    Map<String, Sum> sums = new TreeMap<>();
    long items = 0;
    for (PartReport report : reports) {
      Map<String, List<DeviceShare>> byDevice =
          report.shares().stream().collect(Collectors.groupingBy(DeviceShare::id));
      byDevice.forEach(
          (device, shares) ->
              sums.computeIfAbsent(
                      "%6s/%s".formatted(report.executor(), device), key -> new Sum(report))
                  .add(report, shares));
      items += report.shares().stream().mapToLong(DeviceShare::items).sum();
    }
    long all = items;
    return sums.values().stream().map(sum -> sum.share(all)).toList();
  }

  /** Throws what went wrong in the part with the lowest work-item, if anything did. */
  static void throwFailure(List<PartReport> reports, Execution blank) {
    List<PartReport> failed = reports.stream().filter(report -> report.failure() != null).toList();
    if (failed.isEmpty()) {
      return;
    }
    List<KernelFault> faults = new ArrayList<>();
    for (PartReport report : failed) {
      for (KernelFault fault : failure(report).faults()) {
        faults.add(fault);
      }
    }
    faults.sort((a, b) -> compareItems(a.workItem(), b.workItem()));
    PartReport.Failure first = failure(failed.getFirst());
    String message =
        faults.isEmpty()
            ? first.message()
            : faults.getFirst().message()
                + (faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more faults)");
    throw new RunException(
        first.kind(),
        message,
        blank.withOutcome(List.of(), faults, List.of(), printed(reports), 0),
        null);
  }

  private static PartReport.Failure failure(PartReport report) {
    PartReport.Failure failure = report.failure();
    if (failure == null) {
      throw new IllegalArgumentException("part " + report.part() + " did not fail");
    }
    return failure;
  }

  /** In the order of their linear ids: the slowest dimension first. */
  private static int compareItems(List<Long> a, List<Long> b) {
    for (int d = a.size() - 1; d >= 0; d--) {
      int order = Long.compare(a.get(d), b.get(d));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
