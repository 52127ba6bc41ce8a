package dev.heddle.examples;

import dev.heddle.runtime.run.Execution;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says who did the work. */
final class Devices {
  private Devices() {}

  static String of(Execution execution) {
    return execution.devices().stream()
        .map(d -> String.format(Locale.ROOT, "%s (%.0f %%)", d.id(), 100 * d.share()))
        .collect(Collectors.joining(", "));
  }
}
