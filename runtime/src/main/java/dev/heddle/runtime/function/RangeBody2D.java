package dev.heddle.runtime.function;

import java.io.Serializable;

/** What is done for each pair of indices; neighbours in memory should differ in {@code x}. */
@FunctionalInterface
public interface RangeBody2D extends Serializable {
  void at(int x, int y);
}
