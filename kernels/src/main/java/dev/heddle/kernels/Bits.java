package dev.heddle.kernels;

import dev.heddle.runtime.api.DoubleArray;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.SessionArray;

/** An array as the bits of its elements: what moves them need not know their type. */
sealed interface Bits {
  /** Elements of 32 bits. */
  record Narrow(IntArray array) implements Bits {}

  /** Elements of 64 bits. */
  record Wide(LongArray array) implements Bits {}

  static Bits of(SessionArray array) {
    return switch (array) {
      case IntArray ints -> new Narrow(ints);
      case FloatArray floats -> new Narrow(floats.bits());
      case LongArray longs -> new Wide(longs);
      case DoubleArray doubles -> new Wide(doubles.bits());
    };
  }

  /** The bits of an array of elements of 32 bits. */
  static IntArray narrow(SessionArray array) {
    return ((Narrow) of(array)).array();
  }

  /** The bits of an array of elements of 64 bits. */
  static LongArray wide(SessionArray array) {
    return ((Wide) of(array)).array();
  }
}
