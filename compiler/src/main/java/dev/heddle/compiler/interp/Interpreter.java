package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Function;

/**
 * Runs a prepared kernel: no calls, no builtin functions. Each work-group runs in lock step; atomics
 * are performed item by item in the order of their local ids.
 */
public final class Interpreter {
  private Interpreter() {}

  /** Runs the selected groups, one after the other. Buffers are changed in place. */
  public static InterpResult run(Function kernel, InterpLaunch launch, InterpOptions options) {
    throw new UnsupportedOperationException("not written yet");
  }
}
