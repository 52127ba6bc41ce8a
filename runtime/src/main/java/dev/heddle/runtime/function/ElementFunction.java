package dev.heddle.runtime.function;

import java.io.Serializable;

/** A function of elements of arrays, or of their index. */
public interface ElementFunction extends Serializable {
  /**
   * Calls it in plain Java.
   *
   * @param arguments boxed
   */
  Object call(Object... arguments);
}
