package dev.heddle.backend.cpu.vector.ops;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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
    int sum = base + step;
    return (base ^ sum) & (step ^ sum);
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

  static IntVector load8(MemorySegment memory, long address) {
    if (Narrow.BYTES == null) {
      return Narrow.load8(memory, address, -1);
    }
    return (IntVector)
        ByteVector.fromMemorySegment(Narrow.BYTES, memory, address, Memory.ORDER)
            .convertShape(VectorOperators.B2I, Species.INT, 0);
  }

  static IntVector load8Masked(MemorySegment memory, long address, VectorMask<Integer> mask) {
    if (Narrow.BYTES == null) {
      return Narrow.load8(memory, address, mask.toLong());
    }
    return (IntVector)
        ByteVector.fromMemorySegment(
                Narrow.BYTES, memory, address, Memory.ORDER, mask.cast(Narrow.BYTES))
            .convertShape(VectorOperators.B2I, Species.INT, 0);
  }

  static void store8(IntVector value, MemorySegment memory, long address) {
    if (Narrow.BYTES == null) {
      Narrow.store8(value, memory, address, -1);
    } else {
      ((ByteVector) value.convertShape(VectorOperators.I2B, Narrow.BYTES, 0))
          .intoMemorySegment(memory, address, Memory.ORDER);
    }
  }

  static void store8Masked(
      IntVector value, MemorySegment memory, long address, VectorMask<Integer> mask) {
    if (Narrow.BYTES == null) {
      Narrow.store8(value, memory, address, mask.toLong());
    } else {
      ((ByteVector) value.convertShape(VectorOperators.I2B, Narrow.BYTES, 0))
          .intoMemorySegment(memory, address, Memory.ORDER, mask.cast(Narrow.BYTES));
    }
  }

  static IntVector load16(MemorySegment memory, long address) {
    return (IntVector)
        ShortVector.fromMemorySegment(Narrow.SHORTS, memory, address, Memory.ORDER)
            .convertShape(VectorOperators.S2I, Species.INT, 0);
  }

  static IntVector load16Masked(MemorySegment memory, long address, VectorMask<Integer> mask) {
    return (IntVector)
        ShortVector.fromMemorySegment(
                Narrow.SHORTS, memory, address, Memory.ORDER, mask.cast(Narrow.SHORTS))
            .convertShape(VectorOperators.S2I, Species.INT, 0);
  }

  static void store16(IntVector value, MemorySegment memory, long address) {
    ((ShortVector) value.convertShape(VectorOperators.I2S, Narrow.SHORTS, 0))
        .intoMemorySegment(memory, address, Memory.ORDER);
  }

  static void store16Masked(
      IntVector value, MemorySegment memory, long address, VectorMask<Integer> mask) {
    ((ShortVector) value.convertShape(VectorOperators.I2S, Narrow.SHORTS, 0))
        .intoMemorySegment(memory, address, Memory.ORDER, mask.cast(Narrow.SHORTS));
  }

  static IntVector load32(MemorySegment memory, long address) {
    return IntVector.fromMemorySegment(Species.INT, memory, address, Memory.ORDER);
  }

  static IntVector load32Masked(MemorySegment memory, long address, VectorMask<Integer> mask) {
    return IntVector.fromMemorySegment(Species.INT, memory, address, Memory.ORDER, mask);
  }

  static void store32(IntVector value, MemorySegment memory, long address) {
    value.intoMemorySegment(memory, address, Memory.ORDER);
  }

  static void store32Masked(
      IntVector value, MemorySegment memory, long address, VectorMask<Integer> mask) {
    value.intoMemorySegment(memory, address, Memory.ORDER, mask);
  }

  static FloatVector loadF32(MemorySegment memory, long address) {
    return FloatVector.fromMemorySegment(Species.FLOAT, memory, address, Memory.ORDER);
  }

  static FloatVector loadF32Masked(MemorySegment memory, long address, VectorMask<Integer> mask) {
    return FloatVector.fromMemorySegment(
        Species.FLOAT, memory, address, Memory.ORDER, mask.cast(Species.FLOAT));
  }

  static void storeF32(FloatVector value, MemorySegment memory, long address) {
    value.intoMemorySegment(memory, address, Memory.ORDER);
  }

  static void storeF32Masked(
      FloatVector value, MemorySegment memory, long address, VectorMask<Integer> mask) {
    value.intoMemorySegment(memory, address, Memory.ORDER, mask.cast(Species.FLOAT));
  }

  static LongVector load64(MemorySegment memory, long address) {
    return LongVector.fromMemorySegment(Species.LONG, memory, address, Memory.ORDER);
  }

  static LongVector load64Masked(MemorySegment memory, long address, VectorMask<Long> mask) {
    return LongVector.fromMemorySegment(Species.LONG, memory, address, Memory.ORDER, mask);
  }

  static void store64(LongVector value, MemorySegment memory, long address) {
    value.intoMemorySegment(memory, address, Memory.ORDER);
  }

  static void store64Masked(
      LongVector value, MemorySegment memory, long address, VectorMask<Long> mask) {
    value.intoMemorySegment(memory, address, Memory.ORDER, mask);
  }

  static DoubleVector loadF64(MemorySegment memory, long address) {
    return DoubleVector.fromMemorySegment(Species.DOUBLE, memory, address, Memory.ORDER);
  }

  static DoubleVector loadF64Masked(MemorySegment memory, long address, VectorMask<Long> mask) {
    return DoubleVector.fromMemorySegment(
        Species.DOUBLE, memory, address, Memory.ORDER, mask.cast(Species.DOUBLE));
  }

  static void storeF64(DoubleVector value, MemorySegment memory, long address) {
    value.intoMemorySegment(memory, address, Memory.ORDER);
  }

  static void storeF64Masked(
      DoubleVector value, MemorySegment memory, long address, VectorMask<Long> mask) {
    value.intoMemorySegment(memory, address, Memory.ORDER, mask.cast(Species.DOUBLE));
  }
}
