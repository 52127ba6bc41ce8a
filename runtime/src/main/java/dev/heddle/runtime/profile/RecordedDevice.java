package dev.heddle.runtime.profile;

import dev.heddle.runtime.spi.DeviceInfo;

/** A device as it was found on some machine, for planning where it is not. */
public record RecordedDevice(DeviceInfo info, DeviceProfile profile) {}
