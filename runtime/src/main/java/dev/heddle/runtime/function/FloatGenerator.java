package dev.heddle.runtime.function;

import java.io.Serializable;

/** A float for each index. */
@FunctionalInterface
public interface FloatGenerator extends Serializable {
  float at(int i);
}
