package dev.heddle.cli.data;

import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * What a buffer holds, in a line. NaNs are counted and left out of the other figures, which are NaN
 * where nothing is left.
 *
 * @param mean of all elements that are not NaN, summed in parts of 65,536
 * @param crc32c over all bytes
 */
public record Summary(
    ElementType type, long count, long nans, double min, double max, double mean, int crc32c) {
  private static final int PART = 1 << 16;

  private record Part(long nans, double min, double max, double sum) {
    static final Part EMPTY = new Part(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0);

    Part plus(Part other) {
      return new Part(
          nans + other.nans, Math.min(min, other.min), Math.max(max, other.max), sum + other.sum);
    }
  }

  /** Reads all of {@code data}. */
  public static Summary of(MemorySegment data, ElementType type) {
    long count = data.byteSize() / type.type().bytes();
    int parts = Math.toIntExact(Math.ceilDiv(count, PART));
    Part[] summed =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(p -> part(data, type, (long) p * PART, Math.min((p + 1L) * PART, count)))
            .toArray(Part[]::new);
    Part all = Part.EMPTY;
    for (Part part : summed) {
      all = all.plus(part);
    }
    long numbers = count - all.nans;
    return new Summary(
        type,
        count,
        all.nans,
        numbers == 0 ? Double.NaN : all.min,
        numbers == 0 ? Double.NaN : all.max,
        numbers == 0 ? Double.NaN : all.sum / numbers,
        checksum(data));
  }

  /** The sum of the elements that are not NaN. */
  public double sum() {
    return mean * (count - nans);
  }

  /** The checksum as 8 hexadecimal digits. */
  public String crcText() {
    return "%08x".formatted(crc32c);
  }

  private static Part part(MemorySegment data, ElementType type, long begin, long end) {
    long nans = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (long i = begin; i < end; i++) {
      double value = element(data, type, i);
      if (value != value) {
        nans++;
      } else {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      }
    }
    return new Part(nans, min, max, sum);
  }

  /** Element {@code i} as a double, an unsigned type as such. */
  public static double element(MemorySegment data, ElementType type, long i) {
    return switch (type) {
      case FLOAT -> data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
      case DOUBLE -> data.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
      case HALF -> Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
      case CHAR -> data.get(ValueLayout.JAVA_BYTE, i);
      case UCHAR, BOOL -> data.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
      case SHORT -> data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i);
      case USHORT -> data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i) & 0xFFFF;
      case INT -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
      case UINT -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i) & 0xFFFF_FFFFL;
      case LONG -> data.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
      case ULONG -> unsigned(data.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i));
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  private static int checksum(MemorySegment data) {
    CRC32C crc = new CRC32C();
    long step = 1L << 30;
    for (long at = 0; at < data.byteSize(); at += step) {
      crc.update(data.asSlice(at, Math.min(step, data.byteSize() - at)).asByteBuffer());
    }
    return (int) crc.getValue();
  }
}
