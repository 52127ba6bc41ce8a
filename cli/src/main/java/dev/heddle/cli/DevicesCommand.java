package dev.heddle.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.spi.DeviceInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which devices are here. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "What is here, what it can do, which entries are one chip, what was left out.")
final class DevicesCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--calibrate",
      description = "Measure each device, about two seconds each, and keep the profiles.")
  private boolean calibrate;

  @Option(
      names = "--export",
      paramLabel = "FILE.json",
      description = "Record the devices and their profiles, for plan --profiles elsewhere.")
  private @Nullable Path export;

  @Override
  public Integer call() {
    try (Session session = Session.open(SessionOptions.DEFAULT)) {
      if (calibrate) {
        session.calibrate(DeviceSelector.ALL);
      }
      if (export != null) {
        RecordedDevices.write(export, session.record());
      }
      if (json) {
        System.out.println(asJson(session.devices(), session.notes()));
      } else {
        System.out.print(asText(session.devices()));
        if (calibrate) {
          System.out.print(profiles(session));
        }
        session.notes().forEach(note -> System.out.println("note: " + note));
      }
      return ExitCode.OK;
    }
  }

  private static String asText(List<DeviceInfo> devices) {
    Table table = new Table("lllrrll");
    table.row("device", "kind", "name", "units", "memory", "chip", "driver");
    for (DeviceInfo device : devices) {
      table.row(
          device.id(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.name(),
          Integer.toString(device.computeUnits()),
          Units.bytes(device.memoryBytes()),
          device.silicon(),
          device.driver());
    }
    StringBuilder text = new StringBuilder(table.render(""));
    for (DeviceInfo device : devices) {
      if (!device.reproducible().isEmpty()) {
        text.append(
            "note: %s takes no part in reproducible runs: %s%n"
                .formatted(device.id(), device.reproducible()));
      }
    }
    return text.toString();
  }

  private static String profiles(Session session) {
    Table table = new Table("lrrrr");
    table.row("measured", "launch", "memory", "fma", "exp");
    for (DeviceInfo device : session.devices()) {
      DeviceProfile profile = session.profile(device.id());
      table.row(
          device.id(),
          Units.time(profile.launchNanos()),
          Units.bytes(Math.round(profile.memoryBytes())) + "/s",
          Units.rate(profile.floatOperations()),
          Units.rate(profile.transcendentals()));
    }
    return table.render("");
  }

  private static String asJson(List<DeviceInfo> devices, List<String> notes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("devices");
      for (DeviceInfo device : devices) {
        write(json, device);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("notes");
      for (String note : notes) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, DeviceInfo device) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", device.id());
    json.writeStringField("backend", device.backend());
    json.writeStringField("name", device.name());
    json.writeStringField("kind", device.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("chip", device.silicon());
    json.writeStringField("driver", device.driver());
    json.writeNumberField("compute_units", device.computeUnits());
    json.writeNumberField("memory_bytes", device.memoryBytes());
    json.writeNumberField("max_allocation_bytes", device.maxAllocationBytes());
    json.writeNumberField("local_memory_bytes", device.localMemoryBytes());
    json.writeNumberField("max_work_group_size", device.maxWorkGroupSize());
    json.writeBooleanField("shares_host_memory", device.sharesHostMemory());
    json.writeBooleanField("supports_double", device.supportsDouble());
    json.writeBooleanField("reproducible", device.reproducible().isEmpty());
    json.writeStringField("not_reproducible_because", device.reproducible());
    json.writeObjectFieldStart("properties");
    for (Map.Entry<String, String> property : device.properties().entrySet()) {
      json.writeStringField(property.getKey(), property.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
