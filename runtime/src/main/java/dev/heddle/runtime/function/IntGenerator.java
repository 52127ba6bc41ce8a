package dev.heddle.runtime.function;

/** A int for each index. */
@FunctionalInterface
public interface IntGenerator extends ElementFunction {
  int at(int i);

  @Override
  default Object call(Object... arguments) {
    return at((int) arguments[0]);
  }
}
