package dev.heddle.compiler.ir;

import java.util.Objects;

/**
 * An SSA value: defined once, by an op, a region parameter or a function parameter.
 *
 * @param id unique within its function
 * @param type the type of the value
 */
public record Value(int id, Type type) {
  public Value {
    Objects.requireNonNull(type);
  }

  /** The number alone: within a function it says all, and maps of values are everywhere. */
  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return "%" + id;
  }
}
