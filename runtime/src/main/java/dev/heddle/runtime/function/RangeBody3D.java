package dev.heddle.runtime.function;

import java.io.Serializable;

/** What is done for each triple of indices; neighbours in memory should differ in {@code x}. */
@FunctionalInterface
public interface RangeBody3D extends Serializable {
  void at(int x, int y, int z);
}
