package dev.heddle.compiler.interp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Memory over a byte array, which it shares with its maker. */
public final class ArrayMemory implements Memory {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private final byte[] content;

  public ArrayMemory(byte[] content) {
    this.content = content;
  }

  /** Zeroed memory. */
  public ArrayMemory(int bytes) {
    this(new byte[bytes]);
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  /** The array itself, not a copy. */
  public byte[] content() {
    return content;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public byte getByte(long offset) {
    return content[index(offset)];
  }

  @Override
  public short getShort(long offset) {
    return (short) SHORTS.get(content, index(offset));
  }

  @Override
  public int getInt(long offset) {
    return (int) INTS.get(content, index(offset));
  }

  @Override
  public long getLong(long offset) {
    return (long) LONGS.get(content, index(offset));
  }

  @Override
  public void putByte(long offset, byte value) {
    content[index(offset)] = value;
  }

  @Override
  public void putShort(long offset, short value) {
    SHORTS.set(content, index(offset), value);
  }

  @Override
  public void putInt(long offset, int value) {
    INTS.set(content, index(offset), value);
  }

  @Override
  public void putLong(long offset, long value) {
    LONGS.set(content, index(offset), value);
  }

  private static int index(long offset) {
    return Math.toIntExact(offset);
  }
}
