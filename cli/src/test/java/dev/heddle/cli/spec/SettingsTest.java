package dev.heddle.cli.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("config"), content);
  }

  @Test
  void variablesWinOverTheFileAndWordsOverBoth() throws IOException {
    Path file = file("# mine\ndevices = cpu   # the SIMD one\ncpu-threads = 3\nmath = fast\n");
    Settings settings = Settings.of(Map.of("HEDDLE_CPU_THREADS", "2"), file);
    RunWords words = RunWords.parse(List.of("--math", "reproducible", "k.cl"));
    words.withDefaults(settings);
    assertEquals("cpu", words.devices);
    assertEquals(2, words.cpuThreads);
    assertEquals("reproducible", words.math);
  }

  @Test
  void aFileThatIsMissingSaysNothing() {
    RunWords words = RunWords.parse(List.of("k.cl"));
    words.withDefaults(Settings.of(Map.of(), folder.resolve("none")));
    assertEquals(null, words.devices);
  }

  @Test
  void mistakesNameTheirLine() throws IOException {
    Path file = file("devices = cpu\nthreads = 3\n");
    String message =
        assertThrows(UsageException.class, () -> Settings.of(Map.of(), file)).getMessage();
    assertTrue(message.contains(":2: 'threads = 3'"), message);
    assertTrue(message.contains("cpu-threads"), message);
  }

  @Test
  void aNumberMustBeOne() {
    Settings settings = Settings.of(Map.of("HEDDLE_CPU_THREADS", "many"), folder.resolve("none"));
    assertThrows(UsageException.class, () -> settings.whole("cpu-threads"));
  }

  @Test
  void theFileLiesInTheConfigurationFolder() {
    assertEquals(
        Path.of("/somewhere/heddle/config"),
        Settings.file(Map.of("XDG_CONFIG_HOME", "/somewhere")));
  }
}
