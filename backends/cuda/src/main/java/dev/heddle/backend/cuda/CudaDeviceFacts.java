package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.DeviceInfo;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of a device, and its description for the runtime.
 *
 * @param number the driver's number of it
 * @param id its id among all devices
 * @param driver what the user knows as the driver's version
 */
record CudaDeviceFacts(int number, String id, String driver, CudaDriver.DeviceFacts device) {
  PtxTarget target() {
    return PtxTarget.of(device.capability());
  }

  /** Equal for devices that can share compiled code. */
  String identity() {
    return String.join("\n", device.name(), Integer.toString(device.capability()), driver);
  }

  /**
   * @param freeBytes memory that was free when the device was opened
   * @param reproducible empty if the device's arithmetic follows the rules; else why not
   */
  DeviceInfo info(long freeBytes, String reproducible) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("compute capability", device.capability() / 10 + "." + device.capability() % 10);
    properties.put("clock", device.clockKilohertz() / 1000 + " MHz");
    properties.put("uuid", HexFormat.of().formatHex(device.uuid()));
    return new DeviceInfo(
        id,
        CudaProvider.NAME,
        device.name(),
        DeviceInfo.Kind.GPU,
        "pci:" + device.pciAddress().toLowerCase(Locale.ROOT),
        driver,
        device.multiprocessors(),
        device.memoryBytes(),
        freeBytes,
        device.sharedBytes(),
        device.maxGroupSize(),
        false,
        true,
        reproducible,
        properties);
  }
}
