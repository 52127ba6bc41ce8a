package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/** Accesses of neighbouring work-items to neighbouring elements, at an address in some memory. */
final class MemoryOps {
  private MemoryOps() {}

  /** Negative if an access of {@code span} bytes at {@code offset} leaves a root of that size. */
  static long outside(long offset, long span, long size) {
    return offset | (size - span - offset);
  }

  /** Negative unless {@code offset} is a multiple of the power of two. */
  static long misaligned(long offset, long alignment) {
    return -(offset & (alignment - 1));
  }

  /** Negative if {@code base + step} overflows. */
  static long overflows(int base, int step) {
    return step >= 0
        ? (long) (Integer.MAX_VALUE - step) - base
        : base - (long) (Integer.MIN_VALUE - step);
  }

  /** Negative if {@code base + step} overflows as an unsigned number. */
  static long overflowsUnsigned(int base, int step) {
    long sum = (base & 0xFFFF_FFFFL) + step;
    return sum | (0xFFFF_FFFFL - sum);
  }

  static int first(long active) {
    return Long.numberOfTrailingZeros(active);
  }

  /** One more than the last. */
  static int end(long active) {
    return 64 - Long.numberOfLeadingZeros(active);
  }

  static IntVector load8(@Nullable Object memory, long address) {
    if (Narrow.BYTES == null) {
      return Narrow.load8(memory, address, -1);
    }
    return (IntVector)
        Vectors.load(Narrow.BYTES, memory, address)
            .convertShape(VectorOperators.B2I, Species.INT, 0);
  }

  static IntVector load8Masked(@Nullable Object memory, long address, VectorMask<Integer> mask) {
    if (Narrow.BYTES == null) {
      return Narrow.load8(memory, address, mask.toLong());
    }
    return (IntVector)
        Vectors.load(Narrow.BYTES, memory, address, mask.cast(Narrow.BYTES), Narrow.BYTE_MASK)
            .convertShape(VectorOperators.B2I, Species.INT, 0);
  }

  static void store8(IntVector value, @Nullable Object memory, long address) {
    if (Narrow.BYTES == null) {
      Narrow.store8(value, memory, address, -1);
    } else {
      Vectors.store(
          value.convertShape(VectorOperators.I2B, Narrow.BYTES, 0), Narrow.BYTES, memory, address);
    }
  }

  static void store8Masked(
      IntVector value, @Nullable Object memory, long address, VectorMask<Integer> mask) {
    if (Narrow.BYTES == null) {
      Narrow.store8(value, memory, address, mask.toLong());
    } else {
      Vectors.store(
          value.convertShape(VectorOperators.I2B, Narrow.BYTES, 0),
          Narrow.BYTES,
          memory,
          address,
          mask.cast(Narrow.BYTES),
          Narrow.BYTE_MASK);
    }
  }

  static IntVector load16(@Nullable Object memory, long address) {
    return (IntVector)
        Vectors.load(Narrow.SHORTS, memory, address)
            .convertShape(VectorOperators.S2I, Species.INT, 0);
  }

  static IntVector load16Masked(@Nullable Object memory, long address, VectorMask<Integer> mask) {
    return (IntVector)
        Vectors.load(Narrow.SHORTS, memory, address, mask.cast(Narrow.SHORTS), Narrow.SHORT_MASK)
            .convertShape(VectorOperators.S2I, Species.INT, 0);
  }

  static void store16(IntVector value, @Nullable Object memory, long address) {
    Vectors.store(
        value.convertShape(VectorOperators.I2S, Narrow.SHORTS, 0), Narrow.SHORTS, memory, address);
  }

  static void store16Masked(
      IntVector value, @Nullable Object memory, long address, VectorMask<Integer> mask) {
    Vectors.store(
        value.convertShape(VectorOperators.I2S, Narrow.SHORTS, 0),
        Narrow.SHORTS,
        memory,
        address,
        mask.cast(Narrow.SHORTS),
        Narrow.SHORT_MASK);
  }

  static IntVector load32(@Nullable Object memory, long address) {
    return (IntVector) Vectors.load(Species.INT, memory, address);
  }

  static IntVector load32Masked(@Nullable Object memory, long address, VectorMask<Integer> mask) {
    return (IntVector) Vectors.load(Species.INT, memory, address, mask, Species.INT_MASK);
  }

  static void store32(IntVector value, @Nullable Object memory, long address) {
    Vectors.store(value, Species.INT, memory, address);
  }

  static void store32Masked(
      IntVector value, @Nullable Object memory, long address, VectorMask<Integer> mask) {
    Vectors.store(value, Species.INT, memory, address, mask, Species.INT_MASK);
  }

  static FloatVector loadF32(@Nullable Object memory, long address) {
    return (FloatVector) Vectors.load(Species.FLOAT, memory, address);
  }

  static FloatVector loadF32Masked(
      @Nullable Object memory, long address, VectorMask<Integer> mask) {
    return (FloatVector)
        Vectors.load(Species.FLOAT, memory, address, mask.cast(Species.FLOAT), Species.FLOAT_MASK);
  }

  static void storeF32(FloatVector value, @Nullable Object memory, long address) {
    Vectors.store(value, Species.FLOAT, memory, address);
  }

  static void storeF32Masked(
      FloatVector value, @Nullable Object memory, long address, VectorMask<Integer> mask) {
    Vectors.store(
        value, Species.FLOAT, memory, address, mask.cast(Species.FLOAT), Species.FLOAT_MASK);
  }

  static LongVector load64(@Nullable Object memory, long address) {
    return (LongVector) Vectors.load(Species.LONG, memory, address);
  }

  static LongVector load64Masked(@Nullable Object memory, long address, VectorMask<Long> mask) {
    return (LongVector) Vectors.load(Species.LONG, memory, address, mask, Species.LONG_MASK);
  }

  static void store64(LongVector value, @Nullable Object memory, long address) {
    Vectors.store(value, Species.LONG, memory, address);
  }

  static void store64Masked(
      LongVector value, @Nullable Object memory, long address, VectorMask<Long> mask) {
    Vectors.store(value, Species.LONG, memory, address, mask, Species.LONG_MASK);
  }

  static DoubleVector loadF64(@Nullable Object memory, long address) {
    return (DoubleVector) Vectors.load(Species.DOUBLE, memory, address);
  }

  static DoubleVector loadF64Masked(@Nullable Object memory, long address, VectorMask<Long> mask) {
    return (DoubleVector)
        Vectors.load(
            Species.DOUBLE, memory, address, mask.cast(Species.DOUBLE), Species.DOUBLE_MASK);
  }

  static void storeF64(DoubleVector value, @Nullable Object memory, long address) {
    Vectors.store(value, Species.DOUBLE, memory, address);
  }

  static void storeF64Masked(
      DoubleVector value, @Nullable Object memory, long address, VectorMask<Long> mask) {
    Vectors.store(
        value, Species.DOUBLE, memory, address, mask.cast(Species.DOUBLE), Species.DOUBLE_MASK);
  }
}
