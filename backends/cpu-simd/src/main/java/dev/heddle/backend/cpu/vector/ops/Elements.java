package dev.heddle.backend.cpu.vector.ops;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Single elements of the memory of a root: {@link Memory#ALL}, or a Java array of a class that the
 * code knows, whose addresses begin at {@link #begin}.
 */
final class Elements {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  private Elements() {}

  /** Address of the first element of a Java array. */
  static long begin(Object array) {
    return UNSAFE.arrayBaseOffset(array.getClass());
  }

  static byte getByte(@Nullable Object memory, long address) {
    return UNSAFE.getByte(memory, address);
  }

  static short getShort(@Nullable Object memory, long address) {
    return UNSAFE.getShort(memory, address);
  }

  static int getInt(@Nullable Object memory, long address) {
    return UNSAFE.getInt(memory, address);
  }

  /** Reads an int for the sake of reading it; what comes out depends on it. */
  static int touch(int before, @Nullable Object memory, long address) {
    return before ^ UNSAFE.getInt(memory, address);
  }

  static long getLong(@Nullable Object memory, long address) {
    return UNSAFE.getLong(memory, address);
  }

  static float getFloat(@Nullable Object memory, long address) {
    return UNSAFE.getFloat(memory, address);
  }

  static double getDouble(@Nullable Object memory, long address) {
    return UNSAFE.getDouble(memory, address);
  }

  static void putByte(int value, @Nullable Object memory, long address) {
    UNSAFE.putByte(memory, address, (byte) value);
  }

  static void putShort(int value, @Nullable Object memory, long address) {
    UNSAFE.putShort(memory, address, (short) value);
  }

  static void putInt(int value, @Nullable Object memory, long address) {
    UNSAFE.putInt(memory, address, value);
  }

  static void putLong(long value, @Nullable Object memory, long address) {
    UNSAFE.putLong(memory, address, value);
  }

  static void putFloat(float value, @Nullable Object memory, long address) {
    UNSAFE.putFloat(memory, address, value);
  }

  static void putDouble(double value, @Nullable Object memory, long address) {
    UNSAFE.putDouble(memory, address, value);
  }
}
