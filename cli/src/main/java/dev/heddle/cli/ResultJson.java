package dev.heddle.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.cli.data.Summary;
import dev.heddle.cli.run.Expectation;
import dev.heddle.cli.run.OutputResult;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.run.StepResult;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.Redundancy;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * The result of a run or a plan as one JSON object, for programs. The object has the fields of the
 * last step; where there are several steps, {@code steps} has the fields of each.
 */
final class ResultJson {
  private static final int FORMAT = 1;
  private static final double EXACT = 0x1p53;

  private final JsonGenerator json;

  private ResultJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(RunResult result, PrintStream out) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      generator.useDefaultPrettyPrinter();
      new ResultJson(generator).write(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(text);
  }

  private void write(RunResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("format", FORMAT);
    step(result.steps().getLast());
    if (result.steps().size() > 1) {
      json.writeArrayFieldStart("steps");
      for (StepResult step : result.steps()) {
        json.writeStartObject();
        step(step);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeArrayFieldStart("outputs");
    for (OutputResult output : result.outputs()) {
      output(output);
    }
    json.writeEndArray();
    if (!result.samplesNanos().isEmpty()) {
      longs("samples_ns", result.samplesNanos());
    }
    expectations(result.expectations());
    strings("left_out", result.leftOut());
    json.writeEndObject();
  }

  private void step(StepResult step) throws IOException {
    Execution execution = step.execution();
    json.writeStringField("kernel", execution.kernel());
    longs("global_size", execution.range().global());
    longs("local_size", execution.localSize().orElse(List.of()));
    json.writeStringField("math", lower(execution.math()));
    json.writeStringField("bounds", lower(execution.bounds()));
    json.writeBooleanField("reproducible", execution.reproducible());
    strings("unproven", execution.unproven());
    json.writeNumberField("launches", step.launches());
    json.writeNumberField("total_ns", execution.totalNanos());
    json.writeNumberField("predicted_ns", execution.predictedNanos());
    json.writeObjectFieldStart("split");
    json.writeStringField("dimension", execution.split().axis());
    json.writeBooleanField("proven", execution.split().proven());
    strings("reasons", execution.split().reasons());
    json.writeEndObject();
    devices(execution.devices());
    if (execution.bestSingle().isPresent()) {
      json.writeObjectFieldStart("best_single");
      json.writeStringField("id", execution.bestSingle().get().id());
      json.writeNumberField("ns", execution.bestSingle().get().nanos());
      json.writeEndObject();
    }
    faults(execution.faults());
    retries(execution.retries());
    if (execution.redundancy().isPresent()) {
      redundancy(execution.redundancy().get());
    }
    strings("notes", execution.notes());
    if (!execution.printed().isEmpty()) {
      json.writeStringField("printed", execution.printed());
    }
    if (step.check().isPresent()) {
      json.writeObjectFieldStart("verify");
      json.writeStringField("verdict", lower(step.check().get().verdict()));
      json.writeNumberField("items", step.check().get().items());
      json.writeStringField("message", step.check().get().message());
      strings("mismatches", step.check().get().mismatches());
      json.writeEndObject();
    }
  }

  private void devices(List<DeviceShare> shares) throws IOException {
    json.writeArrayFieldStart("devices");
    for (DeviceShare share : shares) {
      json.writeStartObject();
      json.writeStringField("id", share.id());
      json.writeStringField("name", share.name());
      json.writeNumberField("share", share.share());
      json.writeNumberField("items", share.items());
      json.writeNumberField("chunks", share.chunks());
      json.writeNumberField("predicted_ns", share.predictedNanos());
      json.writeNumberField("measured_ns", share.measuredNanos());
      json.writeNumberField("compile_ns", share.compileNanos());
      json.writeNumberField("bytes_in", share.bytesIn());
      json.writeNumberField("bytes_out", share.bytesOut());
      json.writeStringField("tier", share.tier());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void faults(List<KernelFault> faults) throws IOException {
    json.writeArrayFieldStart("faults");
    for (KernelFault fault : faults) {
      json.writeStartObject();
      json.writeStringField("kind", lower(fault.kind()));
      json.writeStringField("file", fault.place().file());
      json.writeNumberField("line", fault.place().line());
      json.writeStringField("object", fault.object());
      whole("index", fault.index());
      whole("size", fault.size());
      longs("work_item", fault.workItem());
      json.writeStringField("device", fault.device());
      json.writeStringField("message", fault.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void retries(List<Execution.Retry> retries) throws IOException {
    json.writeArrayFieldStart("retries");
    for (Execution.Retry retry : retries) {
      json.writeStartObject();
      json.writeStringField("from", retry.from());
      json.writeStringField("to", retry.to());
      json.writeNumberField("items", retry.items());
      json.writeStringField("reason", retry.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void redundancy(Redundancy found) throws IOException {
    json.writeObjectFieldStart("redundancy");
    json.writeNumberField("items", found.items());
    json.writeNumberField("bytes", found.bytes());
    json.writeArrayFieldStart("disputes");
    for (Redundancy.Dispute dispute : found.disputes()) {
      json.writeStartObject();
      json.writeNumberField("items", dispute.items());
      strings("devices", dispute.devices());
      json.writeStringField("example", dispute.example());
      json.writeStringField("decided_by", dispute.decidedBy());
      strings("wrong", dispute.wrong());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void output(OutputResult output) throws IOException {
    Summary summary = output.summary();
    json.writeStartObject();
    json.writeStringField("name", output.name());
    json.writeStringField("type", summary.type().text());
    json.writeNumberField("count", summary.count());
    real("min", summary.min());
    real("max", summary.max());
    real("mean", summary.mean());
    json.writeNumberField("nan_count", summary.nans());
    json.writeStringField("crc32c", summary.crcText());
    if (output.file().isPresent()) {
      json.writeStringField("file", output.file().get());
    }
    json.writeEndObject();
  }

  private void expectations(List<Expectation.Outcome> outcomes) throws IOException {
    json.writeArrayFieldStart("expectations");
    for (Expectation.Outcome outcome : outcomes) {
      json.writeStartObject();
      json.writeStringField("text", outcome.text());
      json.writeBooleanField("met", outcome.met());
      json.writeStringField("found", outcome.found());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void strings(String field, List<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void longs(String field, List<Long> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (long value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  /** JSON has neither NaN nor infinity: they are strings. */
  private void real(String field, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(field, value);
    } else {
      json.writeStringField(field, Double.toString(value));
    }
  }

  /** Beyond 2^53 a reader may lose digits: such integers are strings. */
  private void whole(String field, long value) throws IOException {
    if (Math.abs((double) value) < EXACT) {
      json.writeNumberField(field, value);
    } else {
      json.writeStringField(field, Long.toString(value));
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
