package dev.heddle.runtime.spi;

import java.util.List;
import java.util.Optional;

/** A copy or a launch that was issued. */
public interface Event {
  boolean done();

  /**
   * Waits until it is done.
   *
   * @throws DeviceException if it failed
   */
  Completion await();

  /** Asks it to end early; it is then done with {@code cancelled} set, if it was not before. */
  void cancel();

  /**
   * How it went.
   *
   * @param startNanos and {@code endNanos}: the time on the device, on the scale of {@code
   *     System.nanoTime} where the device can tell, else as seen from the host
   * @param tier which code ran: {@code scalar}, {@code vector}, or the back end's name
   * @param faults what work-items did wrong, the lowest work-item first; few are recorded of many
   * @param pace what the same work would take from now on, where that is another time, since other
   *     code took over while it ran
   */
  record Completion(
      long startNanos,
      long endNanos,
      String tier,
      boolean cancelled,
      List<Fault> faults,
      Optional<Pace> pace) {
    public Completion {
      faults = List.copyOf(faults);
    }

    /** Of work that ran evenly. */
    public Completion(
        long startNanos, long endNanos, String tier, boolean cancelled, List<Fault> faults) {
      this(startNanos, endNanos, tier, cancelled, faults, Optional.empty());
    }
  }

  /**
   * How long work would take in the code that is there now.
   *
   * @param tier which code that is
   */
  record Pace(String tier, double nanos) {
    public Pace {
      if (!(nanos > 0)) {
        throw new IllegalArgumentException(nanos + " ns");
      }
    }
  }
}
