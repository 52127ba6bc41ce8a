package dev.heddle.backend.cpu.vector.ops;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** All of memory, and the layout of the stage: memory of the thread for lanes one by one. */
final class Memory {
  /**
   * Accesses through it carry no bounds check that could fail; masked ones are as fast as plain
   * ones. Ranges are proven or guarded by the code that calls.
   */
  static final MemorySegment ALL = Trampoline.memory();

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

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
    return ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  static short getShort(long address) {
    return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
  }

  static int getInt(long address) {
    return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  static long getLong(long address) {
    return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  static float getFloat(long address) {
    return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  static double getDouble(long address) {
    return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
  }

  static void putByte(int value, long address) {
    ALL.set(ValueLayout.JAVA_BYTE, address, (byte) value);
  }

  static void putShort(int value, long address) {
    ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, (short) value);
  }

  static void putInt(int value, long address) {
    ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  static void putLong(long value, long address) {
    ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  static void putFloat(float value, long address) {
    ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
  }

  static void putDouble(double value, long address) {
    ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
  }

  /** Sets bytes to zero; the number is a multiple of 8. */
  static void clear(long address, long bytes) {
    for (long at = 0; at < bytes; at += 8) {
      putLong(0, address + at);
    }
  }
}
