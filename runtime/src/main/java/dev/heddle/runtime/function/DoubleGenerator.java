package dev.heddle.runtime.function;

import java.io.Serializable;

/** A double for each index. */
@FunctionalInterface
public interface DoubleGenerator extends Serializable {
  double at(int i);
}
