package dev.heddle.runtime.function;

/** A double from two. */
@FunctionalInterface
public interface DoubleBinary extends ElementFunction {
  double of(double left, double right);

  @Override
  default Object call(Object... arguments) {
    return of((double) arguments[0], (double) arguments[1]);
  }
}
