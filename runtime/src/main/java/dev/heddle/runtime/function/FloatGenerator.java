package dev.heddle.runtime.function;

/** A float for each index. */
@FunctionalInterface
public interface FloatGenerator extends ElementFunction {
  float at(int i);

  @Override
  default Object call(Object... arguments) {
    return at((int) arguments[0]);
  }
}
