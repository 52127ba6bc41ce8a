package dev.heddle.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was measured, for people as it comes and as JSON at the end. */
final class SplitTable {
  private SplitTable() {}

  static void header(boolean halves) {
    System.out.printf(
        Locale.ROOT,
        "%-20s %-28s %-7s %s%9s  %-18s  %-19s  %s%n",
        "kernel",
        "size",
        "bound",
        halves ? "  cpu busy opencl busy " : "",
        "together",
        halves ? "efficiency" : "",
        "together / best",
        "shares and launches");
  }

  static void print(SplitRow row) {
    String busy =
        row.busy().values().stream()
            .map(times -> "%10.1f ".formatted(times.median() / 1e6))
            .collect(Collectors.joining());
    System.out.printf(
        Locale.ROOT,
        "%-20s %-28s %-7s %s%9.1f  %-18s  %-19s  %s%n",
        row.kernel(),
        row.sizes(),
        row.computeBound() ? "compute" : "memory",
        busy,
        row.together().median() / 1e6,
        row.efficiency().map(Samples::interval).orElse(""),
        row.slowdown().interval() + " " + row.best(),
        row.shares().entrySet().stream()
            .map(
                share ->
                    "%s %.1f %% in %d"
                        .formatted(
                            share.getKey(),
                            100 * share.getValue(),
                            row.chunks().get(share.getKey())))
            .collect(Collectors.joining(", ")));
  }

  static void write(Path file, String mode, List<SplitRow> rows) {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("format", "heddle-split-bench");
      json.writeNumberField("version", 1);
      json.writeStringField("machine", mode);
      json.writeArrayFieldStart("kernels");
      for (SplitRow row : rows) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, SplitRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("kernel", row.kernel());
    json.writeStringField("sizes", row.sizes());
    json.writeBooleanField("compute_bound", row.computeBound());
    json.writeNumberField("operations_per_byte", row.operationsPerByte());
    times(json, "alone_ns", row.alone());
    times(json, "alone_other_busy_ns", row.busy());
    row.together().write(json, "together_ns");
    if (row.efficiency().isPresent()) {
      row.efficiency().get().write(json, "efficiency");
    }
    row.slowdown().write(json, "together_over_best_alone");
    json.writeStringField("best_alone", row.best());
    json.writeObjectFieldStart("shares");
    for (Map.Entry<String, Double> share : row.shares().entrySet()) {
      json.writeNumberField(share.getKey(), share.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("launches");
    for (Map.Entry<String, Integer> chunks : row.chunks().entrySet()) {
      json.writeNumberField(chunks.getKey(), chunks.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void times(JsonGenerator json, String name, Map<String, Samples> times)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Samples> entry : times.entrySet()) {
      entry.getValue().write(json, entry.getKey());
    }
    json.writeEndObject();
  }
}
