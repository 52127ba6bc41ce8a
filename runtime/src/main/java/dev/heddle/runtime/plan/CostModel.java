package dev.heddle.runtime.plan;

import dev.heddle.compiler.analysis.AccessClass;
import dev.heddle.compiler.analysis.WorkEstimate;
import dev.heddle.compiler.ir.CostClass;
import dev.heddle.runtime.learn.Correction;
import dev.heddle.runtime.profile.DeviceProfile;

/** Predicts the cost of a launch on a device from its profile and the launch's work estimate. */
public final class CostModel {
  /** Loads and stores that caches serve cost this much less than those that memory serves. */
  private static final double CACHE_SPEED = 6;

  /** Scattered accesses use a part of each cache line they move. */
  private static final double SCATTER = 4;

  /** An atomic operation costs as much as so many simple ones: lanes take their turns. */
  private static final double ATOMIC = 32;

  /** Of a work-item that does nothing; over 0, so that times can be compared with it. */
  private static final double LEAST_ITEM_NANOS = 1e-4;

  private CostModel() {}

  /**
   * What has to be moved to and from the device beside the computation.
   *
   * @param fixedBytes copied in whatever the share: whole inputs that are missing there
   * @param copies number of copies in, whatever the share
   * @param bytesInPerUnit copied in for each unit of work
   * @param bytesOutPerUnit copied back for each unit of work
   */
  public record Transfers(
      double fixedBytes, int copies, double bytesInPerUnit, double bytesOutPerUnit) {
    public static final Transfers NONE = new Transfers(0, 0, 0, 0);
  }

  /**
   * The cost on that device.
   *
   * @param items work-items in the whole launch
   * @param units units of work in the whole launch
   * @param capacity most units that the device can hold
   */
  public static ViewCost cost(
      DeviceProfile profile,
      WorkEstimate work,
      double items,
      long units,
      Transfers transfers,
      Correction correction,
      long capacity) {
    double perItem = nanosPerItem(profile, work, items) * correction.factor();
    double itemsPerUnit = items / units;
    double perUnit =
        perItem * itemsPerUnit
            + transfers.bytesInPerUnit() * 1e9 / profile.copyInBytes()
            + transfers.bytesOutPerUnit() * 1e9 / profile.copyOutBytes();
    double fixed =
        profile.launchNanos()
            + transfers.copies() * profile.copyInNanos()
            + transfers.fixedBytes() * 1e9 / profile.copyInBytes();
    double floor = perItem * Math.min(profile.saturation(), items);
    return new ViewCost(fixed, floor, perUnit, capacity, correction.sigma(), correction.samples());
  }

  /** The time one work-item adds to a launch, before any correction. */
  public static double nanosPerItem(DeviceProfile profile, WorkEstimate work, double items) {
    double slowdown = work.barriers() > 0 ? profile.barrierSlowdown() : 1;
    double compute = computeNanos(profile, work) * slowdown;
    double memory = memoryNanos(profile, work, items);
    return Math.max(Math.max(compute, memory), LEAST_ITEM_NANOS);
  }

  /** Whether computing is predicted to take longer than moving the bytes. */
  public static boolean computeBound(DeviceProfile profile, WorkEstimate work, double items) {
    return computeNanos(profile, work) >= memoryNanos(profile, work, items);
  }

  private static double computeNanos(DeviceProfile profile, WorkEstimate work) {
    double nanos = 0;
    for (CostClass cost : CostClass.values()) {
      double narrow = work.operations(cost, false);
      double wide = work.operations(cost, true);
      nanos += (narrow + 2 * wide) * 1e9 / rate(profile, cost);
    }
    return nanos + work.atomics() * ATOMIC * 1e9 / profile.floatOperations();
  }

  /** Operations per second of a class, on 32 bits. */
  private static double rate(DeviceProfile profile, CostClass cost) {
    double fma = profile.floatOperations();
    return switch (cost) {
      case SIMPLE, FLOAT -> fma;
      case INTEGER_MULTIPLY -> fma / 2;
      case INTEGER_DIVIDE -> fma / 16;
      case FLOAT_DIVIDE -> fma / 8;
      case TRANSCENDENTAL -> profile.transcendentals();
    };
  }

  private static double memoryNanos(DeviceProfile profile, WorkEstimate work, double items) {
    double asked = 0;
    for (AccessClass access : AccessClass.values()) {
      double bytes = work.bytesRead(access) + work.bytesWritten(access);
      asked += access == AccessClass.GATHERED ? bytes * SCATTER : bytes;
    }
    double through = work.footprint() / Math.max(1, items);
    double perByte = 1e9 / profile.memoryBytes();
    return Math.max(through, (asked + work.bytesOnChip()) / CACHE_SPEED) * perByte;
  }
}
