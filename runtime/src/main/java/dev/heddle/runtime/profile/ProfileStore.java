package dev.heddle.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The profiles kept in a folder. A file that is missing, damaged or of another version counts as
 * empty and is written anew; that nothing can be written is no error either.
 */
public final class ProfileStore {
  private static final System.Logger LOGGER = System.getLogger(ProfileStore.class.getName());

  private final Path file;

  public ProfileStore(Path folder) {
    this.file = folder.resolve("profiles.json");
  }

  /** The kept profile with that key. */
  public Optional<DeviceProfile> find(String key) {
    return Optional.ofNullable(load().get(key));
  }

  /** Keeps profiles, in the place of those with the same keys. */
  public synchronized void keep(List<DeviceProfile> profiles) {
    Map<String, DeviceProfile> all = load();
    profiles.forEach(profile -> all.put(profile.key(), profile));
    try {
      Folders.write(file, ProfileJson.write(List.copyOf(all.values())));
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "profiles are not kept: " + e);
    }
  }

  private Map<String, DeviceProfile> load() {
    Map<String, DeviceProfile> profiles = new LinkedHashMap<>();
    try {
      if (Files.exists(file)) {
        for (DeviceProfile profile : ProfileJson.read(Files.readAllBytes(file))) {
          profiles.put(profile.key(), profile);
        }
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "kept profiles are not read: " + e);
    }
    return profiles;
  }
}
