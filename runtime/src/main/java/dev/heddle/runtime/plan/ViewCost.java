package dev.heddle.runtime.plan;

/**
 * What a device view is predicted to need for x units of work: {@code fixed + max(floor, perUnit *
 * x)} for x over 0, and nothing for none. A unit is what the work is cut into, at least a
 * work-group.
 *
 * @param fixedNanos launch, synchronisation, latency of copies, copies of whole inputs
 * @param floorNanos the time of one wave: less work does not get faster
 * @param nanosPerUnit work and copies that grow with the work
 * @param capacity most units it can hold at all
 * @param sigma standard deviation of the logarithm of measured over predicted times
 * @param samples number of measurements behind the prediction
 */
public record ViewCost(
    double fixedNanos,
    double floorNanos,
    double nanosPerUnit,
    long capacity,
    double sigma,
    int samples) {
  public ViewCost {
    if (!(fixedNanos >= 0) || !(floorNanos >= 0) || !(nanosPerUnit > 0) || capacity < 0) {
      throw new IllegalArgumentException(
          "cost " + fixedNanos + ", " + floorNanos + ", " + nanosPerUnit + ", " + capacity);
    }
  }

  /** The predicted time for that many units. */
  public double nanos(double units) {
    return units <= 0 ? 0 : fixedNanos + Math.max(floorNanos, nanosPerUnit * units);
  }

  /** The most units, not rounded, that are done within that time. */
  double unitsWithin(double nanos) {
    if (nanos < fixedNanos + floorNanos) {
      return 0;
    }
    return Math.min(capacity, (nanos - fixedNanos) / nanosPerUnit);
  }

  /** The same, where each unit takes so much longer; or less long, for a negative number. */
  public ViewCost plus(double nanos) {
    double perUnit = Math.max(Double.MIN_NORMAL, nanosPerUnit + nanos);
    return new ViewCost(
        fixedNanos, floorNanos * (perUnit / nanosPerUnit), perUnit, capacity, sigma, samples);
  }

  /** The same, ready only after {@code nanos}. */
  public ViewCost after(double nanos) {
    return new ViewCost(fixedNanos + nanos, floorNanos, nanosPerUnit, capacity, sigma, samples);
  }
}
