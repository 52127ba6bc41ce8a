package dev.heddle.compiler.ir;

import java.util.Objects;

/** A parameter of a {@link Function}, in the order of its signature. */
public sealed interface Parameter {
  String name();

  /** A value passed by the caller. */
  record Scalar(String name, ElementType element, Value value) implements Parameter {
    public Scalar {
      Objects.requireNonNull(name);
      if (element.type() != value.type()) {
        throw new IllegalArgumentException(name + ": " + element + " and " + value.type());
      }
    }
  }

  /**
   * A pointer to elements of {@code element}, {@code width} of them side by side (1 but for vector
   * types; a vector of 3 takes the room of 4).
   *
   * @param root what accesses through it refer to
   * @param offset where in the root it points, an I64 value in bytes; always 0 for a kernel
   * @param readOnly declared {@code const} or {@code __constant}
   */
  record Pointer(
      String name, ElementType element, int width, Root root, Value offset, boolean readOnly)
      implements Parameter {
    public Pointer {
      Objects.requireNonNull(root);
      if (offset.type() != Type.I64) {
        throw new IllegalArgumentException(name + ": offset of type " + offset.type());
      }
    }
  }
}
