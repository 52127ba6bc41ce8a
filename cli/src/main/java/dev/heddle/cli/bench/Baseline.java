package dev.heddle.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heddle.cli.bench.Subject.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an earlier report says, as far as another one is compared with it.
 *
 * @param devices name and driver of each, by id
 */
public record Baseline(String created, Map<String, String> devices, List<Measure> measures) {
  private static final JsonFactory FACTORY = new JsonFactory();

  public Baseline {
    devices = Map.copyOf(devices);
    measures = List.copyOf(measures);
  }

  /** Of a report of this process. */
  public static Baseline of(Report report) {
    Map<String, String> devices = new HashMap<>();
    report.devices().forEach(d -> devices.put(d.id(), d.name() + ", " + d.driver()));
    return new Baseline(report.created(), devices, report.measures());
  }

  /**
   * Reads what {@link ReportJson} has written.
   *
   * @throws IOException if it is no JSON of that format and version, saying so
   */
  public static Baseline read(byte[] content) throws IOException {
    String format = "";
    int version = 0;
    String created = "";
    Map<String, String> devices = new LinkedHashMap<>();
    List<Measure> measures = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(content)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "format" -> format = json.getText();
          case "version" -> version = json.getIntValue();
          case "created" -> created = json.getText();
          case "devices" -> devices(json, devices);
          case "measures" -> measures(json, measures);
          default -> json.skipChildren();
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("it does not hold: " + e.getMessage(), e);
    }
    if (!format.equals(ReportJson.FORMAT) || version != ReportJson.VERSION) {
      throw new IOException(
          "not a file of " + ReportJson.FORMAT + " version " + ReportJson.VERSION);
    }
    return new Baseline(created, devices, measures);
  }

  private static void expect(JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("found " + found + " where " + wanted + " belongs");
    }
  }

  private static void devices(JsonParser json, Map<String, String> devices) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Fields fields = Fields.read(json);
      devices.put(fields.text("id"), fields.text("name") + ", " + fields.text("driver"));
    }
  }

  private static void measures(JsonParser json, List<Measure> measures) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Fields fields = Fields.read(json);
      Subject subject =
          new Subject(
              Section.valueOf(fields.text("section").toUpperCase(Locale.ROOT)),
              fields.text("device"),
              fields.text("name"),
              fields.number("x"),
              unit(fields.text("unit")));
      measures.add(
          new Measure(
              subject,
              fields.number("median"),
              fields.number("low"),
              fields.number("high"),
              fields.number("p10"),
              fields.number("p90"),
              (int) fields.number("samples"),
              fields.list("rounds")));
    }
  }

  private static Unit unit(String text) throws IOException {
    for (Unit unit : Unit.values()) {
      if (unit.text().equals(text)) {
        return unit;
      }
    }
    throw new IOException("there is no unit " + text);
  }

  /** The members of an object that are texts, numbers or lists of numbers. */
  private record Fields(
      Map<String, String> texts, Map<String, Double> numbers, Map<String, List<Double>> lists) {
    /** Reads the object that the parser has just entered. */
    static Fields read(JsonParser json) throws IOException {
      Fields fields = new Fields(new HashMap<>(), new HashMap<>(), new HashMap<>());
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        switch (json.nextToken()) {
          case VALUE_STRING -> fields.texts.put(name, json.getText());
          case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT ->
              fields.numbers.put(name, json.getDoubleValue());
          case START_ARRAY -> fields.lists.put(name, numbers(json));
          default -> json.skipChildren();
        }
      }
      return fields;
    }

    private static List<Double> numbers(JsonParser json) throws IOException {
      List<Double> numbers = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        numbers.add(json.getDoubleValue());
      }
      return numbers;
    }

    String text(String name) throws IOException {
      return required(texts, name);
    }

    double number(String name) throws IOException {
      return required(numbers, name);
    }

    List<Double> list(String name) throws IOException {
      return required(lists, name);
    }

    private static <T> T required(Map<String, T> members, String name) throws IOException {
      T value = members.get(name);
      if (value == null) {
        throw new IOException("an entry has no " + name);
      }
      return value;
    }
  }
}
