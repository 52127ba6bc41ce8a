package dev.heddle.runtime.function;

/** A long for each index. */
@FunctionalInterface
public interface LongGenerator extends ElementFunction {
  long at(int i);

  @Override
  default Object call(Object... arguments) {
    return at((int) arguments[0]);
  }
}
