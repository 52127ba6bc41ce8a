package dev.heddle.runtime.function;

/** A double from a double. */
@FunctionalInterface
public interface DoubleUnary extends ElementFunction {
  double of(double value);

  @Override
  default Object call(Object... arguments) {
    return of((double) arguments[0]);
  }
}
