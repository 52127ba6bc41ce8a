package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;

/**
 * A transformation of one function that keeps what it computes, bit for bit. A pass has no state
 * between runs.
 */
public interface Pass {
  /** What it is called in messages, such as {@code fold}. */
  String name();

  /** The transformed function; {@code function} itself where there was nothing to do. */
  Function run(Function function);
}
