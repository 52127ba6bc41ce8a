package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An array of ints that stays on the devices. */
@DeviceArray.Of(int.class)
public final class IntArray extends SessionArray {
  IntArray(Buffer buffer) {
    super(buffer, ElementType.INT);
  }

  /** The element at that index. */
  public int get(long index) {
    return read().getAtIndex(ValueLayout.JAVA_INT, index);
  }

  /** Sets the element at that index. */
  public void set(long index, int value) {
    write().setAtIndex(ValueLayout.JAVA_INT, index, value);
  }

  /** Takes the elements of a Java array of the same length. */
  public IntArray copyFrom(int[] values) {
    copyFrom(MemorySegment.ofArray(values));
    return this;
  }

  /** A new Java array with the elements. */
  public int[] toArray() {
    return read().toArray(ValueLayout.JAVA_INT);
  }
}
