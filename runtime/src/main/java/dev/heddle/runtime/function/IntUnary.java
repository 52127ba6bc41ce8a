package dev.heddle.runtime.function;

/** A int from a int. */
@FunctionalInterface
public interface IntUnary extends ElementFunction {
  int of(int value);

  @Override
  default Object call(Object... arguments) {
    return of((int) arguments[0]);
  }
}
