package dev.heddle.runtime.function;

/** A long from a long. */
@FunctionalInterface
public interface LongUnary extends ElementFunction {
  long of(long value);

  @Override
  default Object call(Object... arguments) {
    return of((long) arguments[0]);
  }
}
