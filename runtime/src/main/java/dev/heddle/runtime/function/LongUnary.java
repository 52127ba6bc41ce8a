package dev.heddle.runtime.function;

import java.io.Serializable;

/** A long from a long. */
@FunctionalInterface
public interface LongUnary extends Serializable {
  long of(long value);
}
