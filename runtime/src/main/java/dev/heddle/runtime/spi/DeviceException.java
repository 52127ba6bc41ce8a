package dev.heddle.runtime.spi;

import dev.heddle.compiler.diagnostic.HeddleException;

/**
 * A device or its driver refused or failed; the message names the call, the code and the device.
 */
public final class DeviceException extends HeddleException {
  /** What sort of failure it is; decides what the runtime does next. */
  public enum Kind {
    OUT_OF_MEMORY,
    COMPILE,
    LAUNCH,
    /** The device cannot be used any more. */
    LOST
  }

  private final Kind kind;

  public DeviceException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public DeviceException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
