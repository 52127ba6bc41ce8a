package dev.heddle.cli.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.runtime.run.Timeline.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A timeline in the Trace Event Format (complete events, times in microseconds), which Chrome's
 * {@code about:tracing} and Perfetto show: a row for each device and one for the host.
 */
final class ChromeTrace {
  private static final double MICRO = 1e3;

  private ChromeTrace() {}

  static void write(Path file, List<Span> spans) {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      List<String> tracks = new ArrayList<>(spans.stream().map(Span::track).distinct().toList());
      long origin = spans.stream().mapToLong(Span::startNanos).min().orElse(0);
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ms");
      json.writeArrayFieldStart("traceEvents");
      for (String track : tracks) {
        name(json, track, tracks.indexOf(track));
      }
      for (Span span : spans) {
        event(json, span, tracks.indexOf(span.track()), origin);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UsageException("--trace " + file + ": cannot be written: " + e.getMessage());
    }
  }

  private static void name(JsonGenerator json, String track, int row) throws IOException {
    begin(json, "thread_name", "M", row);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", track);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void event(JsonGenerator json, Span span, int row, long origin)
      throws IOException {
    begin(json, span.name(), "X", row);
    json.writeNumberField("ts", (span.startNanos() - origin) / MICRO);
    json.writeNumberField("dur", (span.endNanos() - span.startNanos()) / MICRO);
    json.writeEndObject();
  }

  private static void begin(JsonGenerator json, String name, String phase, int row)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("ph", phase);
    json.writeNumberField("pid", 1);
    json.writeNumberField("tid", row);
  }
}
