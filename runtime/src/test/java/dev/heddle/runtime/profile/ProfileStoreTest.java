package dev.heddle.runtime.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileStoreTest {
  private static DeviceProfile profile(String key, double launch) {
    return new DeviceProfile(
        "cpu:0",
        key,
        true,
        launch,
        0,
        0,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        2e10,
        1e11,
        1e9,
        1);
  }

  @Test
  void whatIsKeptComesBack(@TempDir Path folder) {
    ProfileStore store = new ProfileStore(folder.resolve("new"));
    DeviceProfile one = profile("one", 1_234.5);
    DeviceProfile two = profile("two", 2);
    store.keep(List.of(one));
    store.keep(List.of(two));
    assertEquals(Optional.of(one), store.find("one"));
    assertEquals(Optional.of(two), store.find("two"));
    assertEquals(Optional.empty(), store.find("three"));
  }

  @Test
  void theFolderIsForTheUserAlone(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("new");
    new ProfileStore(made).keep(List.of(profile("one", 1)));
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    }
    try (var files = Files.list(made)) {
      assertEquals(1, files.count(), "no draft is left behind");
    }
  }

  @Test
  void aDamagedFileCountsAsEmptyAndIsMended(@TempDir Path folder) throws IOException {
    ProfileStore store = new ProfileStore(folder);
    store.keep(List.of(profile("one", 1)));
    String good = Files.readString(folder.resolve("profiles.json"));
    for (int length = 0; length < good.length(); length += 7) {
      Files.writeString(folder.resolve("profiles.json"), good.substring(0, length));
      store.find("one");
      store.keep(List.of(profile("two", 2)));
      assertTrue(store.find("two").isPresent(), "cut at " + length);
    }
    Files.writeString(
        folder.resolve("profiles.json"), good.replace("\"version\" : 1", "\"version\" : 99"));
    assertEquals(Optional.empty(), store.find("one"));
    Files.writeString(
        folder.resolve("profiles.json"), good.replace("\"launch_ns\" : 1.0", "\"launch_ns\" : -1"));
    assertEquals(Optional.empty(), store.find("one"));
  }

  @Test
  void followsTheFolderRules() {
    Path home = Path.of("/home/someone");
    assertEquals(Path.of("/c/heddle"), Folders.cache(Map.of("XDG_CACHE_HOME", "/c"), home));
    assertEquals(
        Path.of("/home/someone/.cache/heddle"),
        Folders.cache(Map.of("XDG_CACHE_HOME", "relative"), home));
    assertEquals(Path.of("/home/someone/.cache/heddle"), Folders.cache(Map.of(), home));
  }
}
