package dev.heddle.runtime.function;

/** A float from two. */
@FunctionalInterface
public interface FloatBinary extends ElementFunction {
  float of(float left, float right);

  @Override
  default Object call(Object... arguments) {
    return of((float) arguments[0], (float) arguments[1]);
  }
}
