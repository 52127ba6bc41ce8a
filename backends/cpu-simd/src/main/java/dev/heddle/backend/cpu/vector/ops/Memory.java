package dev.heddle.backend.cpu.vector.ops;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Memory by absolute address, unchecked: ranges are proven or guarded by the code that calls. And
 * the layout of the stage, memory of the thread for lanes one by one.
 */
final class Memory {
  /** The memory in which addresses are absolute; any other is a Java array. */
  static final @Nullable Object ALL = null;

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** In the stage: a 64-bit offset for each lane. */
  static final int OFFSETS = 0;

  /** In the stage: a 32-bit index for each lane. */
  static final int INDICES = 512;

  /** In the stage: 32 or 64 bits for each lane, what is loaded or to be stored. */
  static final int VALUES = 1024;

  /** In the stage: a second operand. */
  static final int SECOND = 2048;

  private Memory() {}

  static byte getByte(long address) {
    return UNSAFE.getByte(address);
  }

  static short getShort(long address) {
    return UNSAFE.getShort(address);
  }

  static int getInt(long address) {
    return UNSAFE.getInt(address);
  }

  static long getLong(long address) {
    return UNSAFE.getLong(address);
  }

  static float getFloat(long address) {
    return UNSAFE.getFloat(address);
  }

  static double getDouble(long address) {
    return UNSAFE.getDouble(address);
  }

  static void putByte(int value, long address) {
    UNSAFE.putByte(address, (byte) value);
  }

  static void putShort(int value, long address) {
    UNSAFE.putShort(address, (short) value);
  }

  static void putInt(int value, long address) {
    UNSAFE.putInt(address, value);
  }

  static void putLong(long value, long address) {
    UNSAFE.putLong(address, value);
  }

  static void putFloat(float value, long address) {
    UNSAFE.putFloat(address, value);
  }

  static void putDouble(double value, long address) {
    UNSAFE.putDouble(address, value);
  }

  static int getAndAdd(long address, int value) {
    return UNSAFE.getAndAddInt(null, address, value);
  }

  /** Stores {@code after} at once if {@code before} is still there. */
  static boolean replace(long address, int before, int after) {
    return UNSAFE.compareAndSetInt(null, address, before, after);
  }

  static boolean replace(long address, long before, long after) {
    return UNSAFE.compareAndSetLong(null, address, before, after);
  }

  /** Sets bytes to zero; the number is a multiple of 8. */
  static void clear(long address, long bytes) {
    for (long at = 0; at < bytes; at += 8) {
      putLong(0, address + at);
    }
  }
}
