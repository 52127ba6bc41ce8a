package dev.heddle.runtime.function;

import java.io.Serializable;

/** A float from a float. */
@FunctionalInterface
public interface FloatUnary extends Serializable {
  float of(float value);
}
