package dev.heddle.compiler.interp;

/**
 * Bytes that a kernel reads and writes. Numbers wider than a byte are little-endian. Callers check
 * bounds and alignment; an implementation may throw on an access out of bounds, never more.
 */
public interface Memory {
  /** Size in bytes. */
  long size();

  byte getByte(long offset);

  short getShort(long offset);

  int getInt(long offset);

  long getLong(long offset);

  void putByte(long offset, byte value);

  void putShort(long offset, short value);

  void putInt(long offset, int value);

  void putLong(long offset, long value);
}
