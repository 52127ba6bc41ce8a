package dev.heddle.runtime.function;

import java.io.Serializable;

/** A int for each index. */
@FunctionalInterface
public interface IntGenerator extends Serializable {
  int at(int i);
}
