package dev.heddle.runtime.npy;

import dev.heddle.compiler.diagnostic.HeddleException;

/** A .npy file that cannot be read or written; the message names the file and what would fit. */
public final class NpyException extends HeddleException {
  public NpyException(String message) {
    super(message);
  }

  public NpyException(String message, Throwable cause) {
    super(message, cause);
  }
}
