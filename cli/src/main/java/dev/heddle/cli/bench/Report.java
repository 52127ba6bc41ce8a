package dev.heddle.cli.bench;

import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one benchmark run found.
 *
 * @param created the time in ISO 8601
 * @param machine facts for people, in display order
 * @param health what makes the figures less certain, one sentence each
 * @param kernels of the library, by name
 * @param skipped what was not measured, one sentence each with the reason
 */
public record Report(
    String heddle,
    String created,
    String command,
    Map<String, String> machine,
    List<String> health,
    List<DeviceInfo> devices,
    List<Measure> measures,
    List<KernelFacts> kernels,
    List<Prediction> predictions,
    List<String> skipped) {
  /**
   * What a library kernel does in one run of its header.
   *
   * @param sizes global sizes of its launches
   * @param items work-items of all launches
   * @param operations of all work-items
   * @param bytes the least that has to come through memory
   */
  public record KernelFacts(
      String name, String sizes, double items, double operations, double bytes) {}

  public Report {
    machine = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    health = List.copyOf(health);
    devices = List.copyOf(devices);
    measures = List.copyOf(measures);
    kernels = List.copyOf(kernels);
    predictions = List.copyOf(predictions);
    skipped = List.copyOf(skipped);
  }

  /** The measures of a section, in the order of measuring. */
  public List<Measure> of(Section section) {
    return measures.stream().filter(m -> m.subject().section() == section).toList();
  }

  /** The measure of that section, device and name, of those with the largest x. */
  public Optional<Measure> find(Section section, String device, String name) {
    return of(section).stream()
        .filter(m -> m.subject().device().equals(device) && m.subject().name().equals(name))
        .reduce((a, b) -> b.subject().x() >= a.subject().x() ? b : a);
  }
}
