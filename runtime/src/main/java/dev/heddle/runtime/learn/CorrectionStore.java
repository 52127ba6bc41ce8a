package dev.heddle.runtime.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heddle.runtime.profile.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps corrections in a file: {@code {"format": "heddle-corrections", "version": 4, "corrections":
 * [{"kernel", "view", "bucket", "tier", "together", "mean", "sigma", "samples", "outliers"},
 * ...]}}. A file that is missing or damaged counts as empty.
 */
public final class CorrectionStore {
  private static final System.Logger LOGGER = System.getLogger(CorrectionStore.class.getName());
  private static final String FORMAT = "heddle-corrections";
  private static final int VERSION = 4;
  private static final JsonFactory FACTORY = new JsonFactory();

  /** More are not kept, so that the file stays small. */
  private static final int MOST = 5_000;

  private final Path file;

  public CorrectionStore(Path folder) {
    this.file = folder.resolve("corrections.json");
  }

  public Corrections load() {
    try {
      if (Files.exists(file)) {
        return new Corrections(read(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "kept corrections are not read: " + e);
    }
    return new Corrections();
  }

  /** Keeps them, beside what other processes have kept meanwhile. */
  public void save(Corrections corrections) {
    try {
      Map<CorrectionKey, Correction> all = new LinkedHashMap<>(corrections.snapshot());
      load().snapshot().forEach(all::putIfAbsent);
      Folders.write(file, write(all));
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "corrections are not kept: " + e);
    }
  }

  static byte[] write(Map<CorrectionKey, Correction> corrections) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("corrections");
      int count = 0;
      for (Map.Entry<CorrectionKey, Correction> entry : corrections.entrySet()) {
        if (++count > MOST) {
          break;
        }
        write(json, entry.getKey(), entry.getValue());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, CorrectionKey key, Correction correction)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("kernel", key.kernel());
    json.writeStringField("view", key.view());
    json.writeNumberField("bucket", key.bucket());
    json.writeStringField("tier", key.tier());
    json.writeBooleanField("together", key.together());
    json.writeNumberField("mean", correction.mean());
    json.writeNumberField("sigma", correction.sigma());
    json.writeNumberField("samples", correction.samples());
    json.writeNumberField("outliers", correction.outliers());
    json.writeEndObject();
  }

  static Map<CorrectionKey, Correction> read(byte[] content) throws IOException {
    Map<CorrectionKey, Correction> corrections = new LinkedHashMap<>();
    boolean known = false;
    try (JsonParser json = FACTORY.createParser(content)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("format")) {
          known = json.getText().equals(FORMAT);
        } else if (name.equals("version")) {
          known &= json.getIntValue() == VERSION;
        } else if (name.equals("corrections") && known) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            readOne(json, corrections);
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("a correction does not hold: " + e.getMessage(), e);
    }
    return corrections;
  }

  private static void readOne(JsonParser json, Map<CorrectionKey, Correction> corrections)
      throws IOException {
    Map<String, String> members = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      json.skipChildren();
      members.put(name, json.getText());
    }
    CorrectionKey key =
        new CorrectionKey(
            member(members, "kernel"),
            member(members, "view"),
            Integer.parseInt(member(members, "bucket")),
            member(members, "tier"),
            Boolean.parseBoolean(member(members, "together")));
    corrections.put(
        key,
        new Correction(
            Double.parseDouble(member(members, "mean")),
            Double.parseDouble(member(members, "sigma")),
            Integer.parseInt(member(members, "samples")),
            Integer.parseInt(members.getOrDefault("outliers", "0"))));
  }

  private static String member(Map<String, String> members, String name) throws IOException {
    String value = members.get(name);
    if (value == null) {
      throw new IOException("a correction has no " + name);
    }
    return value;
  }
}
