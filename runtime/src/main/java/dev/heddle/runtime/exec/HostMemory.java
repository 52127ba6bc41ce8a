package dev.heddle.runtime.exec;

import dev.heddle.runtime.run.RunException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** Allocates the host's memory, after a look at how much there is. */
public final class HostMemory {
  /** Where buffers start, a multiple of a cache line and of the widest vector. */
  public static final long ALIGNMENT = 64;

  /** Smaller allocations are made without a look. */
  private static final long SMALL = 64L << 20;

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path USED = Path.of("/sys/fs/cgroup/memory.current");
  private static final Path DETAILS = Path.of("/sys/fs/cgroup/memory.stat");

  private HostMemory() {}

  /** Zeroed memory of that arena. */
  public static MemorySegment allocate(Arena arena, long bytes) {
    if (bytes < 0) {
      throw RunException.usage("a buffer can't have " + bytes + " bytes");
    }
    long free = bytes < SMALL ? Long.MAX_VALUE : available();
    if (bytes > free) {
      throw outOfMemory(bytes, "the machine has " + mebibytes(free) + " MiB free");
    }
    try {
      return arena.allocate(bytes, ALIGNMENT);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(
          bytes, "the JVM refused (" + e.getMessage() + "); raise -XX:MaxDirectMemorySize");
    }
  }

  private static RunException outOfMemory(long bytes, String why) {
    return new RunException(
        RunException.Kind.OUT_OF_MEMORY,
        "no room for a buffer of " + mebibytes(bytes) + " MiB: " + why);
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }

  /** Bytes that the process may still use, as far as the system tells. */
  static long available() {
    return Math.min(system(), group());
  }

  private static long system() {
    try {
      return entry(MEMORY, "MemAvailable:") << 10;
    } catch (IOException | NumberFormatException e) {
      // not Linux: nothing is known
      return Long.MAX_VALUE;
    }
  }

  private static long entry(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException(file + " has no " + name);
  }

  private static long group() {
    try {
      String limit = Files.readString(LIMIT).strip();
      if (!limit.equals("max")) {
        // what the group uses holds cached files, which the system gives up on demand
        long used =
            Long.parseLong(Files.readString(USED).strip()) - entry(DETAILS, "inactive_file");
        return Math.max(0, Long.parseLong(limit) - used);
      }
    } catch (IOException | NumberFormatException e) {
      // no control group: nothing is known
    }
    return Long.MAX_VALUE;
  }
}
