package dev.heddle.runtime.exec;

import dev.heddle.compiler.interp.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The interpreter's memory over a native segment, which it shares. */
record SegmentMemory(MemorySegment segment) implements Memory {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public long size() {
    return segment.byteSize();
  }

  @Override
  public byte getByte(long offset) {
    return segment.get(ValueLayout.JAVA_BYTE, offset);
  }

  @Override
  public short getShort(long offset) {
    return segment.get(SHORT, offset);
  }

  @Override
  public int getInt(long offset) {
    return segment.get(INT, offset);
  }

  @Override
  public long getLong(long offset) {
    return segment.get(LONG, offset);
  }

  @Override
  public void putByte(long offset, byte value) {
    segment.set(ValueLayout.JAVA_BYTE, offset, value);
  }

  @Override
  public void putShort(long offset, short value) {
    segment.set(SHORT, offset, value);
  }

  @Override
  public void putInt(long offset, int value) {
    segment.set(INT, offset, value);
  }

  @Override
  public void putLong(long offset, long value) {
    segment.set(LONG, offset, value);
  }
}
