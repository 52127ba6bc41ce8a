package dev.heddle.runtime.profile;

import dev.heddle.runtime.spi.DeviceInfo;

/**
 * A guess of a device's profile from its description, good to a factor of about three; it is used
 * until the device is measured.
 */
public final class Prior {
  private static final double GIGA = 1e9;

  private Prior() {}

  public static DeviceProfile of(DeviceInfo info) {
    return switch (info.kind()) {
      case CPU -> cpu(info);
      case GPU, ACCELERATOR -> gpu(info);
    };
  }

  /** 8 lanes, one fma each at 2 GHz and core; memory is shared by the cores. */
  private static DeviceProfile cpu(DeviceInfo info) {
    int units = Math.max(1, info.computeUnits());
    double fma = units * 16 * GIGA;
    // a driver hands work to threads of its own, which costs a wake-up
    double launch = info.backend().equals("cpu") ? 2_000 : 60_000;
    double memory = Math.min(units * 12, 60) * GIGA;
    return profile(info, launch, memory, fma, 1);
  }

  /** 64 lanes at 1.5 GHz for each unit. */
  private static DeviceProfile gpu(DeviceInfo info) {
    int units = Math.max(1, info.computeUnits());
    double memory = Math.min(units * 8, 800) * GIGA;
    return profile(info, 12_000, memory, units * 96 * GIGA, units * 1024.0);
  }

  private static DeviceProfile profile(
      DeviceInfo info, double launch, double memory, double fma, double saturation) {
    boolean shared = info.sharesHostMemory();
    double copy = shared ? Double.POSITIVE_INFINITY : 10 * GIGA;
    double latency = shared ? 0 : 10_000;
    return new DeviceProfile(
        info.id(),
        ProfileKey.of(info),
        false,
        launch,
        latency,
        latency,
        copy,
        copy,
        memory,
        fma,
        fma / 16,
        saturation);
  }
}
