package dev.heddle.runtime.support;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;

/**
 * What a launch or copy became when it was given to a driver. All but {@link #await} is called
 * under the lock of its {@link CommandQueue}.
 */
public interface Command {
  /**
   * Whether it has ended.
   *
   * @throws DeviceException if it failed
   */
  boolean ended();

  /** Waits in the driver until it has ended, well or not. */
  void await();

  /** Asks it to end soon. */
  void stop();

  /** How it went, once it has ended. */
  Event.Completion completion(boolean cancelled);

  /** Gives back what it held; called once, after it has ended. */
  void release();
}
