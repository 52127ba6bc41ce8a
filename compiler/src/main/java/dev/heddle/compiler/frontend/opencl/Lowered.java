package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the value of an expression has become in the IR. */
sealed interface Lowered {
  Nothing NOTHING = new Nothing();

  /** A scalar, or the components of a vector. */
  record Scalars(List<Value> values) implements Lowered {
    public Scalars {
      values = List.copyOf(values);
    }
  }

  /**
   * A pointer: into one of several objects, and how many bytes from its start.
   *
   * @param objects the variables it may point into; none for a pointer that is only ever null
   * @param tag the number of the object, an I32; null where there is only one
   * @param offset in bytes, an I64
   */
  record Pointer(List<Variable> objects, @Nullable Value tag, Value offset) implements Lowered {
    public Pointer {
      objects = List.copyOf(objects);
    }
  }

  /** A struct or union that lies in memory. */
  record Aggregate(Pointer location, CType type) implements Lowered {}

  /** No value. */
  record Nothing() implements Lowered {}

  static Scalars of(Value value) {
    return new Scalars(List.of(value));
  }
}
