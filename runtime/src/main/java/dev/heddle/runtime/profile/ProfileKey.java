package dev.heddle.runtime.profile;

import dev.heddle.runtime.spi.DeviceInfo;

/** Names what a measurement depends on: device, driver and JVM. */
public final class ProfileKey {
  private ProfileKey() {}

  public static String of(DeviceInfo info) {
    return String.join(
        "|",
        info.id(),
        info.name(),
        info.silicon(),
        info.driver(),
        String.valueOf(info.computeUnits()),
        Runtime.version().toString());
  }
}
