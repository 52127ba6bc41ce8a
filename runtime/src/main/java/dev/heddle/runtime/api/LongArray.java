package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** An array of longs that stays on the devices. */
@DeviceArray.Of(long.class)
public final class LongArray extends SessionArray {
  LongArray(Buffer buffer) {
    super(buffer, ElementType.LONG);
  }

  /** The element at that index. */
  public long get(long index) {
    try {
      return contents().getAtIndex(ValueLayout.JAVA_LONG, index);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Sets the element at that index. */
  public void set(long index, long value) {
    try {
      writable().setAtIndex(ValueLayout.JAVA_LONG, index, value);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Takes the elements of a Java array of the same length. */
  public LongArray copyFrom(long[] values) {
    copyFrom(MemorySegment.ofArray(values));
    return this;
  }

  /** A new Java array with the elements. */
  public long[] toArray() {
    try {
      return contents().toArray(ValueLayout.JAVA_LONG);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
