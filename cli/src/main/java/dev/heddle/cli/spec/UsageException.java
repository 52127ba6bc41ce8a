package dev.heddle.cli.spec;

import dev.heddle.compiler.diagnostic.HeddleException;

/** Words on the command line or in a header that do not fit. */
public final class UsageException extends HeddleException {
  public UsageException(String message) {
    super(message);
  }
}
