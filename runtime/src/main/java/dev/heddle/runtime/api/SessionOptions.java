package dev.heddle.runtime.api;

import dev.heddle.runtime.profile.Folders;
import dev.heddle.runtime.run.DeviceSelector;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to open a session.
 *
 * @param cpuThreads worker threads of the CPU SIMD device; 0: as many as the process may use
 * @param folder where profiles and learned corrections are kept; empty: the user's cache folder
 * @param keep whether anything is read from or written to that folder
 * @param devices which devices the session is for: back ends that have none of them stay closed
 * @param hurried whether devices that take long to admit, were not admitted before and are not
 *     named one by one are left out, with a note, so that the others can start at once
 */
public record SessionOptions(
    int cpuThreads, Optional<Path> folder, boolean keep, DeviceSelector devices, boolean hurried) {
  public static final SessionOptions DEFAULT =
      new SessionOptions(0, Optional.empty(), true, DeviceSelector.ALL, false);

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
    return new SessionOptions(threads, folder, keep, devices, hurried);
  }

  public SessionOptions withFolder(Path path) {
    return new SessionOptions(cpuThreads, Optional.of(path), keep, devices, hurried);
  }

  /** The same without reading or writing anything kept between runs. */
  public SessionOptions forgetful() {
    return new SessionOptions(cpuThreads, folder, false, devices, hurried);
  }

  /** The same for those devices. */
  public SessionOptions on(DeviceSelector selector) {
    return new SessionOptions(cpuThreads, folder, keep, selector, hurried);
  }

  /** The same in a hurry. */
  public SessionOptions inAHurry() {
    return new SessionOptions(cpuThreads, folder, keep, devices, true);
  }
}
