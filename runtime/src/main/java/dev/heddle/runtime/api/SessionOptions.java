package dev.heddle.runtime.api;

import dev.heddle.runtime.profile.Folders;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to open a session.
 *
 * @param cpuThreads worker threads of the CPU SIMD device; 0: as many as the process may use
 * @param folder where profiles and learned corrections are kept; empty: the user's cache folder
 * @param keep whether anything is read from or written to that folder
 */
public record SessionOptions(int cpuThreads, Optional<Path> folder, boolean keep) {
  public static final SessionOptions DEFAULT = new SessionOptions(0, Optional.empty(), true);

  public SessionOptions {
    if (cpuThreads < 0) {
      throw dev.heddle.runtime.run.RunException.usage(
          "the number of CPU threads must be at least 1, not " + cpuThreads);
    }
  }

  /** The folder where profiles and learned corrections are kept. */
  public Path keptIn() {
    return folder.orElseGet(Folders::cache);
  }

  public SessionOptions withCpuThreads(int threads) {
    return new SessionOptions(threads, folder, keep);
  }

  public SessionOptions withFolder(Path path) {
    return new SessionOptions(cpuThreads, Optional.of(path), keep);
  }

  /** The same without reading or writing anything kept between runs. */
  public SessionOptions forgetful() {
    return new SessionOptions(cpuThreads, folder, false);
  }
}
