package dev.heddle.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.heddle.cli.bench.Subject.Section;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reports as JSON are what the published schema says. */
class ReportJsonTest {
  private static Set<?> errors(String json) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/bench-report.schema.json")));
    return schema.validate(json, InputFormat.JSON);
  }

  @Test
  void aReportFitsTheSchema() throws IOException {
    assertEquals(Set.of(), errors(ReportJson.write(Reports.of(1))));
  }

  @Test
  void theSchemaRefusesWhatIsNoReport() throws IOException {
    String json = ReportJson.write(Reports.of(1));
    assertFalse(errors(json.replace("\"version\" : 1", "\"version\" : 2")).isEmpty());
    assertFalse(errors(json.replace("\"median\"", "\"mean\"")).isEmpty());
    assertFalse(errors(json.replace("\"ns\"", "\"seconds\"")).isEmpty());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Report report = Reports.of(1);
    Baseline read = Baseline.read(ReportJson.write(report).getBytes(StandardCharsets.UTF_8));
    assertEquals(Baseline.of(report), read);
  }

  @Test
  void anythingElseIsRefused() {
    for (String text :
        List.of("", "[]", "{}", "{\"format\":\"heddle-bench\"}", "{\"measures\":[{}]}")) {
      assertThrows(
          IOException.class, () -> Baseline.read(text.getBytes(StandardCharsets.UTF_8)), text);
    }
  }

  @Test
  void aMeasuredReportFitsTheSchemaToo() throws IOException {
    long milli = 1_000_000;
    Limits limits =
        new Limits(
            8_000 * milli,
            9_000 * milli,
            10 * milli,
            2,
            milli,
            1 << 14,
            4,
            List.of("stream/saxpy.cl"));
    SessionOptions options =
        SessionOptions.DEFAULT.forgetful().on(DeviceSelector.parse("cpu")).withCpuThreads(1);
    try (Session session = Session.open(options)) {
      Report report = Bench.run(session, limits, Optional.of(Path.of("..")), "a test", what -> {});
      assertEquals(Set.of(), errors(ReportJson.write(report)));
      EnumSet<Section> measured = EnumSet.noneOf(Section.class);
      report.measures().forEach(measure -> measured.add(measure.subject().section()));
      // a slow machine leaves out what comes late
      assertTrue(
          measured.containsAll(EnumSet.of(Section.YARDSTICK, Section.LAUNCH)), measured.toString());
      assertTrue(report.measures().stream().allMatch(m -> m.low() <= m.median()));
      assertTrue(report.measures().stream().allMatch(m -> m.median() <= m.high()));
    }
  }
}
