package dev.heddle.runtime.function;

import java.io.Serializable;

/** A long from two. */
@FunctionalInterface
public interface LongBinary extends Serializable {
  long of(long left, long right);
}
