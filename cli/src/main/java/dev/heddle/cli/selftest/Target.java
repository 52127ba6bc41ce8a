package dev.heddle.cli.selftest;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.List;

/**
 * What checks run on: a device, a tier of one, or several that share the work.
 *
 * @param name for people: {@code cpu:0 vector}, {@code cpu:0 + opencl:0}
 * @param devices those that take part
 */
record Target(String name, List<DeviceInfo> devices, Session session, RunOptions options) {
  Target {
    devices = List.copyOf(devices);
  }

  /** Whether the work is to be split. */
  boolean split() {
    return devices.size() > 1;
  }

  boolean supportsDouble() {
    return devices.stream().allMatch(DeviceInfo::supportsDouble);
  }
}
