package dev.heddle.cli.data;

import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Fills buffers, or parts of them that begin with element {@code first}, with reproducible data.
 * Element i of a generator with seed s uses the 64-bit word
 *
 * <pre>
 *   z = s * 0xD1342543DE82EF95 + (i + 1) * 0x9E3779B97F4A7C15      (modulo 2^64)
 *   z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9
 *   z = (z ^ z >>> 27) * 0x94D049BB133111EB
 *   word(s, i) = z ^ z >>> 31
 * </pre>
 *
 * (the SplitMix64 finaliser; Steele, Lea and Flood, OOPSLA 2014) and {@code u = (word >>> 11) *
 * 2^-53}, in [0, 1). Everything is computed in double, then converted to the element type.
 */
public final class Generators {
  private static final int PART = 1 << 16;

  private Generators() {}

  /** {@code lo + (hi - lo) * u}; for integers rounded down, and at most {@code hi - 1}. */
  public static void uniform(
      MemorySegment target, ElementType type, long first, double lo, double hi, long seed) {
    double span = hi - lo;
    if (isFloat(type)) {
      fill(target, type, first, i -> lo + span * unit(seed, i));
    } else {
      fill(target, type, first, i -> Math.min(Math.floor(lo + span * unit(seed, i)), hi - 1));
    }
  }

  /**
   * {@code mean + sd * sqrt(-2 ln(1 - u)) * cos(2 pi v)}, u and v being those of 2i and 2i + 1, by
   * the functions of {@code StrictMath}; for integers rounded to the nearest.
   */
  public static void normal(
      MemorySegment target, ElementType type, long first, double mean, double sd, long seed) {
    fill(
        target,
        type,
        first,
        i -> {
          double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(seed, 2 * i)));
          double value = mean + sd * (radius * StrictMath.cos(2 * Math.PI * unit(seed, 2 * i + 1)));
          return isFloat(type) ? value : Math.rint(value);
        });
  }

  /** {@code start + i * step}. */
  public static void iota(
      MemorySegment target, ElementType type, long first, double start, double step) {
    fill(target, type, first, i -> start + i * step);
  }

  /** The same value everywhere. */
  public static void constant(MemorySegment target, ElementType type, double value) {
    fill(target, type, 0, i -> value);
  }

  private static boolean isFloat(ElementType type) {
    return type.type().isFloat();
  }

  private static double unit(long seed, long i) {
    long z = seed * 0xD1342543DE82EF95L + (i + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1p-53;
  }

  private static void fill(
      MemorySegment target, ElementType type, long first, LongToDoubleFunction value) {
    long count = target.byteSize() / type.type().bytes();
    IntStream.range(0, Math.toIntExact(Math.ceilDiv(count, PART)))
        .parallel()
        .forEach(
            part -> {
              long begin = (long) part * PART;
              fill(
                  target,
                  type,
                  i -> value.applyAsDouble(first + i),
                  begin,
                  Math.min(begin + PART, count));
            });
  }

  private static void fill(
      MemorySegment target, ElementType type, LongToDoubleFunction value, long begin, long end) {
    switch (type) {
      case FLOAT -> {
        for (long i = begin; i < end; i++) {
          target.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) value.applyAsDouble(i));
        }
      }
      case DOUBLE -> {
        for (long i = begin; i < end; i++) {
          target.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value.applyAsDouble(i));
        }
      }
      case HALF -> {
        for (long i = begin; i < end; i++) {
          short half = Float.floatToFloat16((float) value.applyAsDouble(i));
          target.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, half);
        }
      }
      case CHAR, UCHAR -> {
        for (long i = begin; i < end; i++) {
          target.set(ValueLayout.JAVA_BYTE, i, (byte) (long) value.applyAsDouble(i));
        }
      }
      case BOOL -> {
        for (long i = begin; i < end; i++) {
          target.set(ValueLayout.JAVA_BYTE, i, (byte) (value.applyAsDouble(i) != 0 ? 1 : 0));
        }
      }
      case SHORT, USHORT -> {
        for (long i = begin; i < end; i++) {
          short bits = (short) (long) value.applyAsDouble(i);
          target.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, bits);
        }
      }
      case INT, UINT -> {
        for (long i = begin; i < end; i++) {
          int bits = (int) (long) value.applyAsDouble(i);
          target.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, bits);
        }
      }
      case LONG, ULONG -> {
        for (long i = begin; i < end; i++) {
          long bits = (long) value.applyAsDouble(i);
          target.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, bits);
        }
      }
    }
  }
}
