package dev.heddle.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.heddle.cli.bench.Report.KernelFacts;
import dev.heddle.runtime.spi.DeviceInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as JSON; {@code docs/bench-report.schema.json} describes it. */
public final class ReportJson {
  static final String FORMAT = "heddle-bench";
  static final int VERSION = 1;

  private final JsonGenerator json;

  private ReportJson(JsonGenerator json) {
    this.json = json;
  }

  public static String write(Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      new ReportJson(generator).report(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private void report(Report report) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeNumberField("version", VERSION);
    json.writeStringField("heddle", report.heddle());
    json.writeStringField("created", report.created());
    json.writeStringField("command", report.command());
    texts("machine", report.machine());
    strings("health", report.health());
    json.writeArrayFieldStart("devices");
    for (DeviceInfo device : report.devices()) {
      device(device);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("measures");
    for (Measure measure : report.measures()) {
      measure(measure);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("kernels");
    for (KernelFacts kernel : report.kernels()) {
      kernel(kernel);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("predictions");
    for (Prediction prediction : report.predictions()) {
      prediction(prediction);
    }
    json.writeEndArray();
    strings("skipped", report.skipped());
    json.writeEndObject();
  }

  private void device(DeviceInfo device) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", device.id());
    json.writeStringField("name", device.name());
    json.writeStringField("kind", device.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("chip", device.silicon());
    json.writeStringField("driver", device.driver());
    json.writeNumberField("compute_units", device.computeUnits());
    json.writeNumberField("memory_bytes", device.memoryBytes());
    json.writeNumberField("local_memory_bytes", device.localMemoryBytes());
    json.writeBooleanField("shares_host_memory", device.sharesHostMemory());
    json.writeBooleanField("supports_double", device.supportsDouble());
    texts("properties", device.properties());
    json.writeEndObject();
  }

  private void measure(Measure measure) throws IOException {
    Subject subject = measure.subject();
    json.writeStartObject();
    json.writeStringField("section", subject.section().name().toLowerCase(Locale.ROOT));
    json.writeStringField("device", subject.device());
    json.writeStringField("name", subject.name());
    json.writeNumberField("x", subject.x());
    json.writeStringField("unit", subject.unit().text());
    json.writeNumberField("median", measure.median());
    json.writeNumberField("low", measure.low());
    json.writeNumberField("high", measure.high());
    json.writeNumberField("p10", measure.p10());
    json.writeNumberField("p90", measure.p90());
    json.writeNumberField("samples", measure.samples());
    json.writeArrayFieldStart("rounds");
    for (double round : measure.rounds()) {
      json.writeNumber(round);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void kernel(KernelFacts kernel) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", kernel.name());
    json.writeStringField("sizes", kernel.sizes());
    json.writeNumberField("items", kernel.items());
    json.writeNumberField("operations", kernel.operations());
    json.writeNumberField("bytes", kernel.bytes());
    json.writeEndObject();
  }

  private void prediction(Prediction prediction) throws IOException {
    json.writeStartObject();
    json.writeStringField("kernel", prediction.kernel());
    json.writeStringField("target", prediction.target());
    json.writeNumberField("first_predicted_ns", prediction.firstPredicted());
    json.writeNumberField("first_measured_ns", prediction.firstMeasured());
    json.writeNumberField("predicted_ns", prediction.predicted());
    json.writeNumberField("measured_ns", prediction.measured());
    json.writeStringField("ran_on", prediction.ranOn());
    json.writeEndObject();
  }

  private void texts(String name, Map<String, String> texts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private void strings(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
