package dev.heddle.runtime.function;

import java.io.Serializable;

/** A double from two. */
@FunctionalInterface
public interface DoubleBinary extends Serializable {
  double of(double left, double right);
}
