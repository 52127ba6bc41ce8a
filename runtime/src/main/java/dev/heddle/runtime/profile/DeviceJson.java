package dev.heddle.runtime.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.heddle.runtime.spi.DeviceInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded devices as JSON: {@code {"format": "heddle-devices", "version": 1, "devices": [...]}},
 * each an object with the facts of its {@link DeviceInfo} and its profile under {@code profile}.
 */
public final class DeviceJson {
  private static final String FORMAT = "heddle-devices";
  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();

  private DeviceJson() {}

  public static byte[] write(List<RecordedDevice> devices) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("devices");
      for (RecordedDevice device : devices) {
        write(json, device);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, RecordedDevice device) throws IOException {
    DeviceInfo info = device.info();
    json.writeStartObject();
    json.writeStringField("id", info.id());
    json.writeStringField("backend", info.backend());
    json.writeStringField("name", info.name());
    json.writeStringField("kind", info.kind().name());
    json.writeStringField("silicon", info.silicon());
    json.writeStringField("driver", info.driver());
    json.writeNumberField("compute_units", info.computeUnits());
    json.writeNumberField("memory_bytes", info.memoryBytes());
    json.writeNumberField("max_allocation_bytes", info.maxAllocationBytes());
    json.writeNumberField("local_memory_bytes", info.localMemoryBytes());
    json.writeNumberField("max_work_group_size", info.maxWorkGroupSize());
    json.writeBooleanField("shares_host_memory", info.sharesHostMemory());
    json.writeBooleanField("supports_double", info.supportsDouble());
    json.writeStringField("not_reproducible_because", info.reproducible());
    json.writeObjectFieldStart("properties");
    for (Map.Entry<String, String> property : info.properties().entrySet()) {
      json.writeStringField(property.getKey(), property.getValue());
    }
    json.writeEndObject();
    json.writeFieldName("profile");
    ProfileJson.write(json, device.profile());
    json.writeEndObject();
  }

  /**
   * Reads devices.
   *
   * @throws IOException if it is no JSON of this format and version; the message says why
   */
  public static List<RecordedDevice> read(byte[] content) throws IOException {
    List<RecordedDevice> devices = new ArrayList<>();
    String format = "";
    int version = 0;
    try (JsonParser json = FACTORY.createParser(content)) {
      ProfileJson.expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "format" -> format = json.getText();
          case "version" -> version = json.getIntValue();
          case "devices" -> readAll(json, devices);
          default -> json.skipChildren();
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("a device does not hold: " + e.getMessage(), e);
    }
    if (!format.equals(FORMAT) || version != VERSION) {
      throw new IOException("not a file of " + FORMAT + " version " + VERSION);
    }
    return devices;
  }

  private static void readAll(JsonParser json, List<RecordedDevice> devices) throws IOException {
    ProfileJson.expect(json.currentToken(), JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      devices.add(readOne(json));
    }
    ProfileJson.expect(json.currentToken(), JsonToken.END_ARRAY);
  }

  private static RecordedDevice readOne(JsonParser json) throws IOException {
    Map<String, String> members = new HashMap<>();
    Map<String, String> properties = new LinkedHashMap<>();
    DeviceProfile profile = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "profile" -> profile = ProfileJson.readOne(json);
        case "properties" -> readProperties(json, properties);
        default -> {
          json.skipChildren();
          members.put(name, json.getText());
        }
      }
    }
    if (profile == null) {
      throw new IOException("a device has no profile");
    }
    return new RecordedDevice(info(members, properties), profile);
  }

  private static void readProperties(JsonParser json, Map<String, String> properties)
      throws IOException {
    ProfileJson.expect(json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      properties.put(name, json.getText());
    }
  }

  private static DeviceInfo info(Map<String, String> members, Map<String, String> properties)
      throws IOException {
    return new DeviceInfo(
        member(members, "id"),
        member(members, "backend"),
        member(members, "name"),
        DeviceInfo.Kind.valueOf(member(members, "kind")),
        member(members, "silicon"),
        member(members, "driver"),
        Integer.parseInt(member(members, "compute_units")),
        Long.parseLong(member(members, "memory_bytes")),
        Long.parseLong(member(members, "max_allocation_bytes")),
        Long.parseLong(member(members, "local_memory_bytes")),
        Integer.parseInt(member(members, "max_work_group_size")),
        Boolean.parseBoolean(member(members, "shares_host_memory")),
        Boolean.parseBoolean(member(members, "supports_double")),
        member(members, "not_reproducible_because"),
        properties);
  }

  private static String member(Map<String, String> members, String name) throws IOException {
    String value = members.get(name);
    if (value == null) {
      throw new IOException("a device has no " + name);
    }
    return value;
  }
}
