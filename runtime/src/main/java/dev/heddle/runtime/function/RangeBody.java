package dev.heddle.runtime.function;

import java.io.Serializable;

/** What is done for each index of a range. */
@FunctionalInterface
public interface RangeBody extends Serializable {
  void at(int i);
}
