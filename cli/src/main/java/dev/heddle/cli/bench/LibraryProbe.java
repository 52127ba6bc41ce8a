package dev.heddle.cli.bench;

import dev.heddle.cli.run.Workload;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The run of a library kernel's header, all its launches, with what was predicted of it. */
final class LibraryProbe implements Probe {
  private final Subject subject;
  private final Workload workload;
  private final RunOptions options;
  private final Map<String, String> warmTiers = new HashMap<>();
  private final List<Execution> first;
  private List<Execution> last;

  /** Runs it for the first time. The workload belongs to the caller. */
  LibraryProbe(
      String kernel,
      String target,
      Workload workload,
      RunOptions options,
      List<DeviceInfo> devices) {
    this.subject = new Subject(Subject.Section.KERNEL, target, kernel, 0, Unit.NANOSECONDS);
    this.workload = workload;
    this.options = options;
    for (DeviceInfo device : devices) {
      Optional.ofNullable(device.properties().get(DeviceInfo.WARM_TIER))
          .ifPresent(tier -> warmTiers.put(device.id(), tier));
    }
    this.first = workload.run(options);
    this.last = first;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    long start = System.nanoTime();
    last = workload.run(options);
    return Math.max(1, System.nanoTime() - start);
  }

  @Override
  public boolean settled() {
    return last.stream()
        .flatMap(execution -> execution.devices().stream())
        .filter(share -> share.items() > 0 && warmTiers.containsKey(share.id()))
        .allMatch(share -> share.tier().equals(warmTiers.get(share.id())));
  }

  Prediction prediction() {
    String ranOn =
        last.getLast().devices().stream()
            .filter(share -> share.items() > 0)
            .map(LibraryProbe::text)
            .collect(Collectors.joining(", "));
    return new Prediction(
        subject.name(),
        subject.device(),
        predicted(first),
        measured(first),
        predicted(last),
        measured(last),
        ranOn);
  }

  private static String text(DeviceShare share) {
    return String.format(
        Locale.ROOT, "%s %.0f %% (%s)", share.id(), 100 * share.share(), share.tier());
  }

  private static long predicted(List<Execution> executions) {
    return executions.stream().mapToLong(Execution::predictedNanos).sum();
  }

  /** From the first copy or launch of any device to the last: compiling lies before. */
  private static long measured(List<Execution> executions) {
    return executions.stream()
        .mapToLong(
            execution ->
                execution.devices().stream().mapToLong(DeviceShare::measuredNanos).max().orElse(0))
        .map(nanos -> Math.max(1, nanos))
        .sum();
  }

  @Override
  public void close() {}
}
