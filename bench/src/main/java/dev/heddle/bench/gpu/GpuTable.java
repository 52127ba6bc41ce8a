package dev.heddle.bench.gpu;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.heddle.bench.Samples;
import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.spi.DeviceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints what was measured, for people as it comes and as JSON at the end. */
final class GpuTable {
  private final DeviceInfo device;
  private final DeviceProfile profile;
  private final Samples launch;
  private final Optional<Ceilings> ceilings;
  private final List<GpuRow> rows = new ArrayList<>();

  /**
   * @param launch the caller's time for a small launch
   */
  GpuTable(DeviceInfo device, DeviceProfile profile, Samples launch, Optional<Ceilings> ceilings) {
    this.device = device;
    this.profile = profile;
    this.launch = launch;
    this.ceilings = ceilings;
  }

  void header() {
    print("%s: %s, %s%n", device.id(), device.name(), device.driver());
    print("                 %10s %10s%n", "Heddle", "CUDA C++");
    line("memory, GB/s", profile.memoryBytes() / 1e9, ceilings.map(c -> c.memory() / 1e9));
    line("copies in, GB/s", profile.copyInBytes() / 1e9, ceilings.map(c -> c.in() / 1e9));
    line("copies out, GB/s", profile.copyOutBytes() / 1e9, ceilings.map(c -> c.out() / 1e9));
    ceilings.ifPresent(c -> print("%-16s %10s %10.1f%n", "both ways, GB/s", "", c.both() / 1e9));
    line("launch, us", launch.median() / 1e3, ceilings.map(c -> c.launch() / 1e3));
    print(
        "%ntimes in ms; GB/s: memory that the kernel reads and writes, each byte counted once;"
            + " CUDA/H.: over 1 where Heddle is faster%n");
    print(
        "%-18s %-30s %9s %9s %-18s %8s %8s | %9s %9s | %9s %9s %9s %-18s %s%n",
        "kernel",
        "size",
        "kernel",
        "CUDA C++",
        "CUDA/H.",
        "differs",
        "GB/s",
        "copies",
        "CUDA C++",
        "CPU",
        "GPU",
        "both",
        "both/best",
        "shares");
  }

  private static void line(String what, double ours, Optional<Double> theirs) {
    print("%-16s %10s %10s%n", what, decimal(ours), theirs.map(GpuTable::decimal).orElse("-"));
  }

  /** With one digit; a device that shares the host's memory copies at an infinite rate. */
  private static String decimal(double value) {
    return Double.isInfinite(value) ? "none" : String.format(Locale.ROOT, "%.1f", value);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  void add(GpuRow row) {
    rows.add(row);
    Optional<GpuRow.Twin> twin = row.twin();
    print(
        "%-18s %-30s %9.3f %9s %-18s %8s %8.1f | %9.3f %9s | %9s %9s %9s %-18s %s%n",
        row.name(),
        row.sizes(),
        row.kernel().median() / 1e6,
        millis(twin.map(GpuRow.Twin::kernel)),
        twin.map(t -> t.ratio().interval()).orElse("-"),
        twin.map(t -> String.format(Locale.ROOT, "%.1e", t.difference())).orElse("-"),
        row.bandwidth() / 1e9,
        row.withCopies().median() / 1e6,
        millis(twin.map(GpuRow.Twin::withCopies)),
        millis(Optional.ofNullable(row.alone().get("cpu"))),
        millis(Optional.ofNullable(row.alone().get(device.id()))),
        millis(Optional.of(row.together())),
        row.overBest().interval(),
        row.shares().entrySet().stream()
            .map(share -> "%s %.1f %%".formatted(share.getKey(), 100 * share.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String millis(Optional<Samples> times) {
    return times
        .map(samples -> String.format(Locale.ROOT, "%.3f", samples.median() / 1e6))
        .orElse("-");
  }

  void write(Path file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("format", "heddle-gpu-bench");
      json.writeNumberField("version", 1);
      json.writeStringField("device", device.name());
      json.writeStringField("driver", device.driver());
      json.writeObjectFieldStart("heddle");
      ceilings(
          json,
          profile.memoryBytes(),
          profile.copyInBytes(),
          profile.copyOutBytes(),
          launch.median());
      json.writeEndObject();
      if (ceilings.isPresent()) {
        Ceilings c = ceilings.get();
        json.writeObjectFieldStart("cuda");
        ceilings(json, c.memory(), c.in(), c.out(), c.launch());
        json.writeNumberField("copy_both_bytes_per_second", c.both());
        json.writeEndObject();
      }
      json.writeArrayFieldStart("kernels");
      for (GpuRow row : rows) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void ceilings(
      JsonGenerator json, double memory, double in, double out, double launch) throws IOException {
    json.writeNumberField("memory_bytes_per_second", memory);
    json.writeNumberField("copy_in_bytes_per_second", in);
    json.writeNumberField("copy_out_bytes_per_second", out);
    json.writeNumberField("launch_ns", launch);
  }

  private static void write(JsonGenerator json, GpuRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("kernel", row.name());
    json.writeStringField("sizes", row.sizes());
    json.writeNumberField("buffer_bytes", row.bytes());
    row.kernel().write(json, "kernel_ns");
    json.writeNumberField("bytes_per_second", row.bandwidth());
    row.wall().write(json, "wall_ns");
    row.withCopies().write(json, "with_copies_ns");
    if (row.twin().isPresent()) {
      GpuRow.Twin twin = row.twin().get();
      json.writeObjectFieldStart("cuda");
      twin.kernel().write(json, "kernel_ns");
      twin.ratio().write(json, "over_heddle");
      twin.withCopies().write(json, "with_copies_ns");
      json.writeNumberField("difference", twin.difference());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("alone_ns");
    for (Map.Entry<String, Samples> entry : row.alone().entrySet()) {
      entry.getValue().write(json, entry.getKey());
    }
    json.writeEndObject();
    row.together().write(json, "together_ns");
    row.overBest().write(json, "together_over_best_alone");
    json.writeObjectFieldStart("shares");
    for (Map.Entry<String, Double> share : row.shares().entrySet()) {
      json.writeNumberField(share.getKey(), share.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
