package dev.heddle.cli.bench;

import dev.heddle.compiler.diagnostic.HeddleException;

/** A kernel gave a wrong result, so that its speed means nothing. */
final class WrongResultException extends HeddleException {
  WrongResultException(String message) {
    super(message);
  }
}
