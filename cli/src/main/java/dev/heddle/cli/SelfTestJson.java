package dev.heddle.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.cli.selftest.TargetResult;
import dev.heddle.cli.selftest.TargetResult.CheckResult;
import dev.heddle.conformance.Outcome;
import dev.heddle.conformance.Outcome.Verdict;
import dev.heddle.runtime.spi.DeviceInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** What a self-test found as one JSON object, for programs. */
final class SelfTestJson {
  private static final int FORMAT = 1;

  private SelfTestJson() {}

  static String render(List<TargetResult> results, List<String> notes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeBooleanField("passed", results.stream().allMatch(r -> r.failures().isEmpty()));
      json.writeArrayFieldStart("targets");
      for (TargetResult result : results) {
        write(json, result);
      }
      json.writeEndArray();
      strings(json, "notes", notes);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, TargetResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", result.name());
    json.writeArrayFieldStart("devices");
    for (DeviceInfo device : result.devices()) {
      json.writeStartObject();
      json.writeStringField("id", device.id());
      json.writeStringField("name", device.name());
      json.writeStringField("driver", device.driver());
      json.writeEndObject();
    }
    json.writeEndArray();
    for (Verdict verdict : Verdict.values()) {
      json.writeNumberField(lower(verdict), result.count(verdict));
    }
    json.writeNumberField("mismatches", result.mismatches());
    json.writeNumberField("time_ns", result.nanos());
    json.writeArrayFieldStart("checks");
    for (CheckResult check : result.checks()) {
      write(json, check);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, CheckResult check) throws IOException {
    Outcome outcome = check.outcome();
    json.writeStartObject();
    json.writeStringField("group", lower(check.group()));
    json.writeStringField("name", check.name());
    json.writeStringField("verdict", lower(outcome.verdict()));
    json.writeNumberField("checked", outcome.checked());
    json.writeNumberField("mismatches", outcome.mismatches());
    strings(json, "findings", outcome.findings());
    json.writeStringField("reason", outcome.reason());
    json.writeNumberField("time_ns", check.nanos());
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
