package dev.heddle.runtime.function;

import java.io.Serializable;

/** A double from a double. */
@FunctionalInterface
public interface DoubleUnary extends Serializable {
  double of(double value);
}
