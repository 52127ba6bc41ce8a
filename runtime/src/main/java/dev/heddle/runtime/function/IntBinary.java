package dev.heddle.runtime.function;

/** A int from two. */
@FunctionalInterface
public interface IntBinary extends ElementFunction {
  int of(int left, int right);

  @Override
  default Object call(Object... arguments) {
    return of((int) arguments[0], (int) arguments[1]);
  }
}
