package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.DeviceArray;
import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** An array of doubles that stays on the devices. */
@DeviceArray.Of(double.class)
public final class DoubleArray extends SessionArray {
  DoubleArray(Buffer buffer) {
    super(buffer, ElementType.DOUBLE);
  }

  /** The element at that index. */
  public double get(long index) {
    try {
      return contents().getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Sets the element at that index. */
  public void set(long index, double value) {
    try {
      writable().setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Takes the elements of a Java array of the same length. */
  public DoubleArray copyFrom(double[] values) {
    copyFrom(MemorySegment.ofArray(values));
    return this;
  }

  /** A new Java array with the elements. */
  public double[] toArray() {
    try {
      return contents().toArray(ValueLayout.JAVA_DOUBLE);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The bits of the elements, in the same memory; closing either closes both. */
  public LongArray bits() {
    return new LongArray(buffer());
  }
}
