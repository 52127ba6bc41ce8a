package dev.heddle.runtime.spi;

import java.util.List;

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
   */
  record Completion(
      long startNanos, long endNanos, String tier, boolean cancelled, List<Fault> faults) {
    public Completion {
      faults = List.copyOf(faults);
    }
  }
}
