package dev.heddle.compiler.interp;

import dev.heddle.compiler.diagnostic.HeddleException;

/** Something that the interpreter cannot run: a kernel not prepared, or arguments that misfit. */
public final class InterpreterException extends HeddleException {
  public InterpreterException(String message) {
    super(message);
  }
}
