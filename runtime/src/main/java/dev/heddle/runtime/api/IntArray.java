package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** An array of ints that stays on the devices. */
@DeviceArray.Of(int.class)
public final class IntArray extends SessionArray {
  IntArray(Buffer buffer) {
    super(buffer, ElementType.INT);
  }

  /** The element at that index. */
  public int get(long index) {
    try {
      return contents().getAtIndex(ValueLayout.JAVA_INT, index);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Sets the element at that index. */
  public void set(long index, int value) {
    try {
      writable().setAtIndex(ValueLayout.JAVA_INT, index, value);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Takes the elements of a Java array of the same length. */
  public IntArray copyFrom(int[] values) {
    copyFrom(MemorySegment.ofArray(values));
    return this;
  }

  /** A new Java array with the elements. */
  public int[] toArray() {
    try {
      return contents().toArray(ValueLayout.JAVA_INT);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
