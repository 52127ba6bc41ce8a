package dev.heddle.backend.cpu.vector.ops;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Single elements of the memory of a root: all of memory at an absolute address, or a Java array.
 * Code passes an array as a segment of its exact class, so that the JVM need not guess it from what
 * other code did.
 */
final class Segments {
  private Segments() {}

  static byte getByte(MemorySegment memory, long address) {
    return memory.get(ValueLayout.JAVA_BYTE, address);
  }

  static short getShort(MemorySegment memory, long address) {
    return memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
  }

  static int getInt(MemorySegment memory, long address) {
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  static long getLong(MemorySegment memory, long address) {
    return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  static float getFloat(MemorySegment memory, long address) {
    return memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  static double getDouble(MemorySegment memory, long address) {
    return memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
  }

  static void putByte(int value, MemorySegment memory, long address) {
    memory.set(ValueLayout.JAVA_BYTE, address, (byte) value);
  }

  static void putShort(int value, MemorySegment memory, long address) {
    memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, (short) value);
  }

  static void putInt(int value, MemorySegment memory, long address) {
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  static void putLong(long value, MemorySegment memory, long address) {
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  static void putFloat(float value, MemorySegment memory, long address) {
    memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
  }

  static void putDouble(double value, MemorySegment memory, long address) {
    memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
  }
}
