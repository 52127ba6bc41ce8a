package dev.heddle.runtime.profile;

import java.util.Objects;

/**
 * How fast a device is. Rates are per second; times in nanoseconds.
 *
 * @param id the device's id, such as {@code cpu:0}
 * @param key names device, driver and JVM; a profile with another key does not hold
 * @param measured whether it was measured; else it is a guess from the device's description
 * @param launchNanos from issuing a launch of one work-item to knowing that it is done
 * @param copyInNanos latency of a copy to the device; 0 where it shares the host's memory
 * @param copyOutNanos latency of a copy from the device
 * @param copyInBytes bytes per second to the device; infinite where it shares the host's memory
 * @param copyOutBytes bytes per second from the device
 * @param memoryBytes bytes per second through its memory, reading and writing
 * @param floatOperations single-precision fma instructions per second
 * @param transcendentals single-precision exponentials per second
 * @param saturation work-items from which on more work takes more time
 * @param barrierSlowdown how many times slower code runs that has a barrier in it, at least 1
 */
public record DeviceProfile(
    String id,
    String key,
    boolean measured,
    double launchNanos,
    double copyInNanos,
    double copyOutNanos,
    double copyInBytes,
    double copyOutBytes,
    double memoryBytes,
    double floatOperations,
    double transcendentals,
    double saturation,
    double barrierSlowdown) {
  public DeviceProfile {
    positive("launchNanos", launchNanos);
    positive("copyInBytes", copyInBytes);
    positive("copyOutBytes", copyOutBytes);
    positive("memoryBytes", memoryBytes);
    positive("floatOperations", floatOperations);
    positive("transcendentals", transcendentals);
    positive("saturation", saturation);
    if (!(barrierSlowdown >= 1)) {
      throw new IllegalArgumentException("slowdown by barriers " + barrierSlowdown);
    }
    if (!(copyInNanos >= 0) || !(copyOutNanos >= 0)) {
      throw new IllegalArgumentException("copy latency " + copyInNanos + ", " + copyOutNanos);
    }
  }

  /** Of a device on which barriers slow nothing else down. */
  public DeviceProfile(
      String id,
      String key,
      boolean measured,
      double launchNanos,
      double copyInNanos,
      double copyOutNanos,
      double copyInBytes,
      double copyOutBytes,
      double memoryBytes,
      double floatOperations,
      double transcendentals,
      double saturation) {
    this(
        id,
        key,
        measured,
        launchNanos,
        copyInNanos,
        copyOutNanos,
        copyInBytes,
        copyOutBytes,
        memoryBytes,
        floatOperations,
        transcendentals,
        saturation,
        1);
  }

  /**
   * Names what was measured: what is learned about predictions holds for the profile that they were
   * made from.
   */
  public String fingerprint() {
    int hash =
        Objects.hash(
            id,
            key,
            launchNanos,
            copyInBytes,
            copyOutBytes,
            memoryBytes,
            floatOperations,
            transcendentals,
            saturation,
            barrierSlowdown);
    return Integer.toHexString(hash);
  }

  private static void positive(String what, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(what + " " + value);
    }
  }

  public boolean sharesHostMemory() {
    return copyInBytes == Double.POSITIVE_INFINITY;
  }
}
