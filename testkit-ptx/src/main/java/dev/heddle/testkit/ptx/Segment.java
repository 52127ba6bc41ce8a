package dev.heddle.testkit.ptx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A piece of memory: its bytes, and what is known of each. */
final class Segment {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  /** What memory holds that nobody wrote. */
  private static final byte GARBAGE = (byte) 0xDB;

  private static final byte DEFINED = 1;
  private static final byte WRITTEN = 2;
  private static final byte READ_AS_CONSTANT = 4;

  private final long base;
  private final byte[] content;
  private final byte[] marks;
  private long launch;

  Segment(long base, int bytes) {
    this.base = base;
    this.content = new byte[bytes];
    this.marks = new byte[bytes];
    Arrays.fill(content, GARBAGE);
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  long base() {
    return base;
  }

  int size() {
    return content.length;
  }

  boolean contains(long address, int bytes) {
    long offset = address - base;
    return offset >= 0 && bytes <= content.length && offset <= content.length - bytes;
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(content, GARBAGE);
    Arrays.fill(marks, (byte) 0);
  }

  /** What a launch did to the bytes is forgotten when another begins. */
  void enter(long currentLaunch) {
    if (launch != currentLaunch) {
      launch = currentLaunch;
      for (int i = 0; i < marks.length; i++) {
        marks[i] &= DEFINED;
      }
    }
  }

  // ---- by the host

  void put(long address, byte[] bytes, int from, int count) {
    int offset = (int) (address - base);
    System.arraycopy(bytes, from, content, offset, count);
    Arrays.fill(marks, offset, offset + count, DEFINED);
  }

  void fill(long address, byte value, int count) {
    int offset = (int) (address - base);
    Arrays.fill(content, offset, offset + count, value);
    Arrays.fill(marks, offset, offset + count, DEFINED);
  }

  void get(long address, byte[] bytes, int to, int count) {
    System.arraycopy(content, (int) (address - base), bytes, to, count);
  }

  // ---- by threads

  long read(long address, PtxType type) {
    int offset = (int) (address - base);
    for (int i = 0; i < type.bytes(); i++) {
      if ((marks[offset + i] & DEFINED) == 0) {
        throw new PtxFault(
            PtxFault.Kind.UNDEFINED,
            "read of memory that nobody wrote, at 0x" + Long.toHexString(address));
      }
    }
    return switch (type.bytes()) {
      case 1 -> content[offset] & 0xFFL;
      case 2 -> (short) SHORTS.get(content, offset) & 0xFFFFL;
      case 4 -> (int) INTS.get(content, offset) & 0xFFFFFFFFL;
      default -> (long) LONGS.get(content, offset);
    };
  }

  /** By ld.global.nc: the bytes must not be written during the kernel. */
  long readConstant(long address, PtxType type) {
    int offset = (int) (address - base);
    for (int i = 0; i < type.bytes(); i++) {
      if ((marks[offset + i] & WRITTEN) != 0) {
        throw new PtxFault(PtxFault.Kind.UNDEFINED, "ld.global.nc of what this launch wrote");
      }
      marks[offset + i] |= READ_AS_CONSTANT;
    }
    return read(address, type);
  }

  void write(long address, PtxType type, long value) {
    int offset = (int) (address - base);
    for (int i = 0; i < type.bytes(); i++) {
      if ((marks[offset + i] & READ_AS_CONSTANT) != 0) {
        throw new PtxFault(PtxFault.Kind.UNDEFINED, "write of what this launch read by .nc");
      }
      marks[offset + i] |= DEFINED | WRITTEN;
    }
    switch (type.bytes()) {
      case 1 -> content[offset] = (byte) value;
      case 2 -> SHORTS.set(content, offset, (short) value);
      case 4 -> INTS.set(content, offset, (int) value);
      default -> LONGS.set(content, offset, value);
    }
  }
}
