package dev.heddle.runtime.function;

/** A double for each index. */
@FunctionalInterface
public interface DoubleGenerator extends ElementFunction {
  double at(int i);

  @Override
  default Object call(Object... arguments) {
    return at((int) arguments[0]);
  }
}
