package dev.heddle.compiler.frontend.java;

import org.jspecify.annotations.Nullable;

/**
 * An exception that a kernel's code throws. It is lifted to an access out of bounds, of an array
 * that exists for nothing else; {@link JavaKernel#thrown} tells which array stands for what.
 *
 * @param type name of the exception's class
 * @param message its message, null if it has none or one that is computed
 * @param array the array of an index out of bounds; the index is told by {@link #index}. Else null
 * @param length of that array where that is a constant, else -1
 */
public record Thrown(String type, @Nullable String message, @Nullable String array, int length) {
  Thrown(String type, @Nullable String message) {
    this(type, message, null, -1);
  }

  /** The index that was out of bounds, from the place where the access that stands for it was. */
  public static long index(long place) {
    return place > 0 ? place - 1 : place;
  }
}
