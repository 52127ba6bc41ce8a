package dev.heddle.runtime.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Profiles as JSON: {@code {"format": "heddle-profiles", "version": 1, "profiles": [...]}}, one
 * object for each, its members named as the record's with their units. An infinite rate is null.
 */
public final class ProfileJson {
  private static final String FORMAT = "heddle-profiles";
  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();

  private ProfileJson() {}

  public static byte[] write(List<DeviceProfile> profiles) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("profiles");
      for (DeviceProfile profile : profiles) {
        write(json, profile);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  static void write(JsonGenerator json, DeviceProfile profile) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", profile.id());
    json.writeStringField("key", profile.key());
    json.writeBooleanField("measured", profile.measured());
    number(json, "launch_ns", profile.launchNanos());
    number(json, "copy_in_ns", profile.copyInNanos());
    number(json, "copy_out_ns", profile.copyOutNanos());
    number(json, "copy_in_bytes_per_s", profile.copyInBytes());
    number(json, "copy_out_bytes_per_s", profile.copyOutBytes());
    number(json, "memory_bytes_per_s", profile.memoryBytes());
    number(json, "float_operations_per_s", profile.floatOperations());
    number(json, "transcendentals_per_s", profile.transcendentals());
    number(json, "saturation_items", profile.saturation());
    number(json, "barrier_slowdown", profile.barrierSlowdown());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isInfinite(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /**
   * Reads profiles.
   *
   * @throws IOException if it is no JSON of this format and version
   */
  public static List<DeviceProfile> read(byte[] content) throws IOException {
    List<DeviceProfile> profiles = new ArrayList<>();
    String format = "";
    int version = 0;
    try (JsonParser json = FACTORY.createParser(content)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "format" -> format = json.getText();
          case "version" -> version = json.getIntValue();
          case "profiles" -> readAll(json, profiles);
          default -> json.skipChildren();
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("a profile does not hold: " + e.getMessage(), e);
    }
    if (!format.equals(FORMAT) || version != VERSION) {
      throw new IOException("not a file of " + FORMAT + " version " + VERSION);
    }
    return profiles;
  }

  private static void readAll(JsonParser json, List<DeviceProfile> profiles) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      profiles.add(readOne(json));
    }
    expect(json.currentToken(), JsonToken.END_ARRAY);
  }

  /** Reads the object that the parser has just entered. */
  static DeviceProfile readOne(JsonParser json) throws IOException {
    Map<String, Double> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    boolean measured = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> texts.put(name, json.getText());
        case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> numbers.put(name, json.getDoubleValue());
        case VALUE_NULL -> numbers.put(name, Double.POSITIVE_INFINITY);
        case VALUE_TRUE -> measured = true;
        case VALUE_FALSE -> measured = false;
        default -> json.skipChildren();
      }
    }
    return new DeviceProfile(
        texts.getOrDefault("id", ""),
        texts.getOrDefault("key", ""),
        measured,
        number(numbers, "launch_ns"),
        number(numbers, "copy_in_ns"),
        number(numbers, "copy_out_ns"),
        number(numbers, "copy_in_bytes_per_s"),
        number(numbers, "copy_out_bytes_per_s"),
        number(numbers, "memory_bytes_per_s"),
        number(numbers, "float_operations_per_s"),
        number(numbers, "transcendentals_per_s"),
        number(numbers, "saturation_items"),
        numbers.getOrDefault("barrier_slowdown", 1.0));
  }

  private static double number(Map<String, Double> numbers, String name) throws IOException {
    Double value = numbers.get(name);
    if (value == null) {
      throw new IOException("a profile has no " + name);
    }
    return value;
  }

  static void expect(JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("found " + found + " where " + wanted + " belongs");
    }
  }
}
