package dev.heddle.testkit.ptx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A piece of memory: its bytes, and what is known of each. */
final class Segment {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** What memory holds that nobody wrote. */
  private static final byte GARBAGE = (byte) 0xDB;

  private static final byte DEFINED = 1;
  private static final byte WRITTEN = 2;
  private static final byte READ_AS_CONSTANT = 4;

  private final long base;
  private final MemorySegment content;
  private final byte[] marks;
  private long launch;

  /** Fresh memory. */
  Segment(long base, int bytes) {
    this(base, MemorySegment.ofArray(new byte[bytes]));
    content.fill(GARBAGE);
  }

  /** Memory that the host sees too: it may have written any of it. */
  static Segment mapped(long base, MemorySegment host) {
    Segment segment = new Segment(base, host);
    Arrays.fill(segment.marks, DEFINED);
    return segment;
  }

  private Segment(long base, MemorySegment content) {
    this.base = base;
    this.content = content;
    this.marks = new byte[Math.toIntExact(content.byteSize())];
  }

  long base() {
    return base;
  }

  int size() {
    return marks.length;
  }

  boolean contains(long address, int bytes) {
    long offset = address - base;
    return offset >= 0 && bytes <= marks.length && offset <= marks.length - bytes;
  }

  /** Forgets everything. */
  void clear() {
    content.fill(GARBAGE);
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

  void put(long address, MemorySegment bytes) {
    int offset = (int) (address - base);
    int count = (int) bytes.byteSize();
    MemorySegment.copy(bytes, 0, content, offset, count);
    Arrays.fill(marks, offset, offset + count, DEFINED);
  }

  void fill(long address, byte value, int count) {
    int offset = (int) (address - base);
    content.asSlice(offset, count).fill(value);
    Arrays.fill(marks, offset, offset + count, DEFINED);
  }

  void get(long address, MemorySegment bytes) {
    MemorySegment.copy(content, address - base, bytes, 0, bytes.byteSize());
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
      case 1 -> content.get(BYTE, offset) & 0xFFL;
      case 2 -> content.get(SHORT, offset) & 0xFFFFL;
      case 4 -> content.get(INT, offset) & 0xFFFFFFFFL;
      default -> content.get(LONG, offset);
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
      case 1 -> content.set(BYTE, offset, (byte) value);
      case 2 -> content.set(SHORT, offset, (short) value);
      case 4 -> content.set(INT, offset, (int) value);
      default -> content.set(LONG, offset, value);
    }
  }
}
