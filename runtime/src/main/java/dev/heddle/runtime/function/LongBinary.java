package dev.heddle.runtime.function;

/** A long from two. */
@FunctionalInterface
public interface LongBinary extends ElementFunction {
  long of(long left, long right);

  @Override
  default Object call(Object... arguments) {
    return of((long) arguments[0], (long) arguments[1]);
  }
}
