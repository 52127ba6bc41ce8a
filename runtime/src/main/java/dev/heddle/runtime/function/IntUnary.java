package dev.heddle.runtime.function;

import java.io.Serializable;

/** A int from a int. */
@FunctionalInterface
public interface IntUnary extends Serializable {
  int of(int value);
}
