package dev.heddle.runtime.support;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what {@link ArithmeticProbe} found, by device and driver. */
public final class ProbeCache {
  private final BinaryCache files;

  public ProbeCache(BinaryCache files) {
    this.files = files;
  }

  /** What was found for {@code identity}; found now and kept if it was not before. */
  public String get(String identity, Supplier<String> probe) {
    String key = BinaryCache.key("arithmetic", ArithmeticProbe.VERSION, identity);
    Optional<byte[]> kept = files.get(key);
    if (kept.isPresent()) {
      return new String(kept.get(), StandardCharsets.UTF_8);
    }
    String found = probe.get();
    files.put(key, found.getBytes(StandardCharsets.UTF_8));
    return found;
  }
}
