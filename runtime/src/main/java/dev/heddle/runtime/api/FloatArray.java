package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** An array of floats that stays on the devices. */
@DeviceArray.Of(float.class)
public final class FloatArray extends SessionArray {
  FloatArray(Buffer buffer) {
    super(buffer, ElementType.FLOAT);
  }

  /** The element at that index. */
  public float get(long index) {
    try {
      return contents().getAtIndex(ValueLayout.JAVA_FLOAT, index);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Sets the element at that index. */
  public void set(long index, float value) {
    try {
      writable().setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Takes the elements of a Java array of the same length. */
  public FloatArray copyFrom(float[] values) {
    copyFrom(MemorySegment.ofArray(values));
    return this;
  }

  /** A new Java array with the elements. */
  public float[] toArray() {
    try {
      return contents().toArray(ValueLayout.JAVA_FLOAT);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The bits of the elements, in the same memory; closing either closes both. */
  public IntArray bits() {
    return new IntArray(buffer());
  }
}
