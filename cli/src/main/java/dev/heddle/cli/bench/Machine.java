package dev.heddle.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts of the machine that devices do not tell. */
final class Machine {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

  private Machine() {}

  static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    field("model name").ifPresent(name -> facts.put("processor", name));
    int processors = Runtime.getRuntime().availableProcessors();
    facts.put("processors", processors + " usable by this process");
    megahertz().ifPresent(mhz -> facts.put("clock", "%.0f MHz".formatted(mhz)));
    line(GOVERNOR).ifPresent(governor -> facts.put("frequency governor", governor));
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put(
        "Java", Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ")");
    return facts;
  }

  /** The processor's clock now. */
  static Optional<Double> megahertz() {
    return field("cpu MHz").map(Double::valueOf);
  }

  /** How many processes were running or waiting for a processor in the last minute. */
  static Optional<Double> load() {
    return line(LOAD).map(text -> Double.valueOf(text.split(" ")[0]));
  }

  /** What makes figures uncertain before anything is measured. */
  static List<String> health() {
    List<String> health = new ArrayList<>();
    load()
        .filter(load -> load > 0.5)
        .ifPresent(
            load ->
                health.add(
                    String.format(
                        Locale.ROOT,
                        "others worked on this machine just before: load %.1f",
                        load)));
    line(GOVERNOR)
        .filter(governor -> governor.equals("powersave"))
        .ifPresent(governor -> health.add("the frequency governor is powersave"));
    field("flags")
        .filter(flags -> (" " + flags + " ").contains(" hypervisor "))
        .ifPresent(flags -> health.add("a virtual machine: its neighbours may slow it down"));
    return health;
  }

  private static Optional<String> field(String name) {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return lines
          .filter(text -> text.startsWith(name))
          .map(text -> text.substring(text.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> line(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
