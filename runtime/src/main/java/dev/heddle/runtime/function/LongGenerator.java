package dev.heddle.runtime.function;

import java.io.Serializable;

/** A long for each index. */
@FunctionalInterface
public interface LongGenerator extends Serializable {
  long at(int i);
}
