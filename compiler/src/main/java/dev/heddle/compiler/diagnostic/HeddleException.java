package dev.heddle.compiler.diagnostic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that Heddle reports. The message says what, where, why and what would fit;
 * it is written for the user. Each phase has a subclass of its own.
 */
public abstract class HeddleException extends RuntimeException {
  protected HeddleException(String message) {
    super(message);
  }

  protected HeddleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
