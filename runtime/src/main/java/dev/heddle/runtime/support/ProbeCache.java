package dev.heddle.runtime.support;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps what {@link ArithmeticProbe} found, by device and driver, and that it was looked at all.
 */
public final class ProbeCache {
  private static final String LOOKED = BinaryCache.key("looked", ArithmeticProbe.VERSION);

  private final BinaryCache files;

  public ProbeCache(BinaryCache files) {
    this.files = files;
  }

  /** The cache of one back end in the user's cache folder. */
  public static ProbeCache open(String backend) {
    return new ProbeCache(BinaryCache.open(backend, "arithmetic"));
  }

  /** Whether findings outlive the process. */
  public boolean keeps() {
    return files.keeps();
  }

  /** Whether some process has looked for devices and probed all that it found. */
  public boolean looked() {
    return files.get(LOOKED).isPresent();
  }

  /** To be called once all devices that were found are probed. */
  public void noteThatAllWereLookedAt() {
    if (!looked()) {
      files.put(LOOKED, new byte[0]);
    }
  }

  /** What was found for {@code identity}, if it was probed. */
  public Optional<String> find(String identity) {
    return files.get(key(identity)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** What was found for {@code identity}; found now and kept if it was not before. */
  public String get(String identity, Supplier<String> probe) {
    Optional<String> kept = find(identity);
    if (kept.isPresent()) {
      return kept.get();
    }
    String found = probe.get();
    files.put(key(identity), found.getBytes(StandardCharsets.UTF_8));
    return found;
  }

  private static String key(String identity) {
    return BinaryCache.key("arithmetic", ArithmeticProbe.VERSION, identity);
  }
}
