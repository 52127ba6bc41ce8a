package dev.heddle.runtime.fake;

import dev.heddle.compiler.interp.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The part of a buffer that a device holds; an access to the rest of it throws. */
record WindowMemory(MemorySegment segment, long start, long size) implements Memory {
  @Override
  public byte getByte(long offset) {
    return segment.get(ValueLayout.JAVA_BYTE, offset - start);
  }

  @Override
  public short getShort(long offset) {
    return segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset - start);
  }

  @Override
  public int getInt(long offset) {
    return segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset - start);
  }

  @Override
  public long getLong(long offset) {
    return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, offset - start);
  }

  @Override
  public void putByte(long offset, byte value) {
    segment.set(ValueLayout.JAVA_BYTE, offset - start, value);
  }

  @Override
  public void putShort(long offset, short value) {
    segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset - start, value);
  }

  @Override
  public void putInt(long offset, int value) {
    segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset - start, value);
  }

  @Override
  public void putLong(long offset, long value) {
    segment.set(ValueLayout.JAVA_LONG_UNALIGNED, offset - start, value);
  }
}
