package dev.heddle.runtime.function;

/** A float from a float. */
@FunctionalInterface
public interface FloatUnary extends ElementFunction {
  float of(float value);

  @Override
  default Object call(Object... arguments) {
    return of((float) arguments[0]);
  }
}
