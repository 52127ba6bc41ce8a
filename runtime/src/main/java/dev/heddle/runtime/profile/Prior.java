package dev.heddle.runtime.profile;

import dev.heddle.runtime.spi.DeviceInfo;

/**
 * A guess of a device's profile from its description, good to a factor of about three; it is used
 * until the device is measured.
 */
public final class Prior {
  private static final double GIGA = 1e9;

  /** Code that a driver does not optimise, where it does with other kernels. */
  private static final double UNOPTIMISED = 30;

  /** The JVM takes bytecode as it is; a driver has a compiler to run. */
  private static final double QUICK_COMPILER_NANOS = 30e6;

  private static final double COMPILER_NANOS = 400e6;

  /** A driver on a processor compiles for the work-groups' size: for any code, and by its size. */
  private static final double LATE_COMPILER_NANOS = 30e6;

  private static final double LATE_OPERATION_NANOS = 9e6;
  private static final double LATE_EXPONENT = 0.4;
  private static final double LOADING_NANOS = 5e6;

  /**
   * What the JVM's compilers and slower code meanwhile take, times a power of the code's size:
   * measured over the kernel library.
   */
  private static final double JVM_OPERATION_NANOS = 18e6;

  private static final double JVM_EXPONENT = 0.8;

  /** An operation of a work-item in the JVM's interpreter, on one core. */
  private static final double INTERPRETED_NANOS = 10;

  private Prior() {}

  /** The time that compiling a kernel takes, before any was compiled. */
  public static double compileNanos(DeviceInfo info) {
    return info.backend().equals("cpu") ? QUICK_COMPILER_NANOS : COMPILER_NANOS;
  }

  /**
   * How much longer the first launch of a kernel takes than one of the same size later.
   *
   * @param codeSize operations in the kernel's code
   * @param operations that all work-items execute
   */
  public static double coldNanos(DeviceInfo info, int codeSize, double operations) {
    if (info.backend().equals("cpu")) {
      double interpreted = operations * INTERPRETED_NANOS / Math.max(1, info.computeUnits());
      return Math.max(
          1, Math.min(interpreted, JVM_OPERATION_NANOS * Math.pow(codeSize, JVM_EXPONENT)));
    }
    // drivers compile the rest when a kernel is first launched
    return switch (info.kind()) {
      case CPU -> LATE_COMPILER_NANOS + LATE_OPERATION_NANOS * Math.pow(codeSize, LATE_EXPONENT);
      case GPU, ACCELERATOR -> LOADING_NANOS;
    };
  }

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
        saturation,
        info.properties().containsKey(DeviceInfo.BARRIER_KERNELS) ? UNOPTIMISED : 1);
  }
}
