package dev.heddle.backend.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the system tells of its processor and memory, without loading anything slow.
 *
 * @param name for people
 * @param simdBits width of its vector registers; 0 if unknown
 * @param memoryBytes what this process may use, by the machine and by its control group
 */
record Processor(String name, int simdBits, long memoryBytes) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path MEMORY_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  static Processor read() {
    List<String> cpu = lines(CPUINFO);
    String name = field(cpu, "model name");
    return new Processor(
        name.isEmpty() ? System.getProperty("os.arch") : name,
        simdBits(field(cpu, "flags"), field(cpu, "Features")),
        memory());
  }

  private static int simdBits(String flags, String armFeatures) {
    List<String> all = List.of(flags.split(" "));
    if (all.contains("avx512f") && all.contains("avx512dq") && all.contains("avx512bw")) {
      return 512;
    }
    if (all.contains("avx2")) {
      return 256;
    }
    boolean narrow = all.contains("sse2") || List.of(armFeatures.split(" ")).contains("asimd");
    return narrow ? 128 : 0;
  }

  private static long memory() {
    long machine = number(field(lines(MEMINFO), "MemTotal")) << 10;
    long limit = lines(MEMORY_LIMIT).stream().mapToLong(Processor::number).findFirst().orElse(0);
    if (machine == 0) {
      machine = Runtime.getRuntime().maxMemory();
    }
    return limit > 0 ? Math.min(machine, limit) : machine;
  }

  private static long number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group()) : 0;
  }

  private static String field(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
