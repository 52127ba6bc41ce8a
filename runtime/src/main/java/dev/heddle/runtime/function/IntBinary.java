package dev.heddle.runtime.function;

import java.io.Serializable;

/** A int from two. */
@FunctionalInterface
public interface IntBinary extends Serializable {
  int of(int left, int right);
}
