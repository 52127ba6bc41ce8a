package dev.heddle.runtime.function;

import java.io.Serializable;

/** A float from two. */
@FunctionalInterface
public interface FloatBinary extends Serializable {
  float of(float left, float right);
}
