package dev.heddle.compiler.analysis;

/**
 * Bytes of a buffer: {@code count} pieces of {@code length} bytes, {@code stride} bytes from one
 * start to the next. One piece has stride 0; pieces never overlap.
 */
public record ByteRange(long start, long length, long stride, long count) {
  public ByteRange {
    if (start < 0
        || length <= 0
        || count <= 0
        || (count == 1) != (stride == 0)
        || (count > 1 && stride < length)) {
      throw new IllegalArgumentException(
          "start " + start + " length " + length + " stride " + stride + " count " + count);
    }
  }

  /** One piece. */
  public static ByteRange of(long start, long length) {
    return new ByteRange(start, length, 0, 1);
  }

  /** The first byte after it. */
  public long end() {
    return start + stride * (count - 1) + length;
  }

  /** Number of bytes. */
  public long bytes() {
    return length * count;
  }

  /** Whether the byte at {@code position} is one of these. */
  public boolean contains(long position) {
    if (position < start || position >= end()) {
      return false;
    }
    return count == 1 || (position - start) % stride < length;
  }
}
