package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import org.jspecify.annotations.Nullable;

/**
 * Accesses of work-items to places all over a root: lane by lane through the stage. The Vector API
 * gathers from heap arrays alone.
 */
final class GatherOps {
  private GatherOps() {}

  /**
   * Whether an active lane's access at {@code base + scale * index} leaves a root of that size.
   *
   * @param bytes of one access
   * @param signed whether the indices are
   */
  static boolean anyOutside(
      IntVector index, long active, long base, long scale, long bytes, long size, boolean signed) {
    long lowest = signed ? Integer.MIN_VALUE : 0;
    long highest = signed ? Integer.MAX_VALUE : 0xFFFF_FFFFL;
    long low = Math.max(lowest, -floorDivide(base, scale));
    long high = Math.min(highest, floorDivide(size - bytes - base, scale));
    if (low > high) {
      return active != 0;
    }
    IntVector distance = index.sub((int) low);
    return (IntOps.ugt(distance, IntOps.broadcast((int) (high - low))).toLong() & active) != 0;
  }

  /** As {@link Math#floorDiv}, by a positive number; that one the JVM may leave a call. */
  static long floorDivide(long dividend, long divisor) {
    long quotient = dividend / divisor;
    return quotient * divisor > dividend ? quotient - 1 : quotient;
  }

  /** The place of a lane, from its index in the stage. */
  static long place(long stage, int lane, long base, long scale, boolean signed) {
    int index = Memory.getInt(stage + Memory.INDICES + 4L * lane);
    return base + scale * (signed ? index : index & 0xFFFF_FFFFL);
  }

  /** Loads an element for each active lane into the stage. */
  static void gather(
      long stage,
      IntVector index,
      long active,
      @Nullable Object memory,
      long base,
      long scale,
      boolean signed,
      int elementBytes) {
    MemoryOps.store32(index, Memory.ALL, stage + Memory.INDICES);
    if (active == Species.ALL) {
      // written out, since a loop that C2 does not unroll has fewer loads in flight
      gatherFour(stage, 0, memory, base, scale, signed, elementBytes);
      if (Species.LANES > 4) {
        gatherFour(stage, 4, memory, base, scale, signed, elementBytes);
      }
      if (Species.LANES > 8) {
        gatherFour(stage, 8, memory, base, scale, signed, elementBytes);
        gatherFour(stage, 12, memory, base, scale, signed, elementBytes);
      }
      for (int first = 16; first < Species.LANES; first += 4) {
        gatherFour(stage, first, memory, base, scale, signed, elementBytes);
      }
      return;
    }
    if (active == 0) {
      return;
    }
    // a lane that does not take part reads what is surely there
    long there = place(stage, MemoryOps.first(active), base, scale, signed);
    for (int lane = 0; lane < Species.LANES; lane++) {
      long place = place(stage, lane, base, scale, signed);
      moveIn(
          memory,
          (active >>> lane & 1) != 0 ? place : there,
          stage + Memory.VALUES + (long) elementBytes * lane,
          elementBytes);
    }
  }

  static void gatherFour(
      long stage,
      int first,
      @Nullable Object memory,
      long base,
      long scale,
      boolean signed,
      int elementBytes) {
    gatherOne(stage, first, memory, base, scale, signed, elementBytes);
    gatherOne(stage, first + 1, memory, base, scale, signed, elementBytes);
    gatherOne(stage, first + 2, memory, base, scale, signed, elementBytes);
    gatherOne(stage, first + 3, memory, base, scale, signed, elementBytes);
  }

  static void gatherOne(
      long stage,
      int lane,
      @Nullable Object memory,
      long base,
      long scale,
      boolean signed,
      int elementBytes) {
    moveIn(
        memory,
        place(stage, lane, base, scale, signed),
        stage + Memory.VALUES + (long) elementBytes * lane,
        elementBytes);
  }

  /** Stores each active lane's element from the stage, in the order of the lanes. */
  static void scatter(
      long stage,
      IntVector index,
      long active,
      @Nullable Object memory,
      long base,
      long scale,
      boolean signed,
      int elementBytes) {
    MemoryOps.store32(index, Memory.ALL, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        moveOut(
            stage + Memory.VALUES + (long) elementBytes * lane,
            memory,
            place(stage, lane, base, scale, signed),
            elementBytes);
      }
    }
  }

  /** Copies an element of 1, 2, 4 or 8 bytes to the stage. */
  static void moveIn(@Nullable Object memory, long from, long to, int bytes) {
    switch (bytes) {
      case 1 -> Memory.putByte(Elements.getByte(memory, from), to);
      case 2 -> Memory.putShort(Elements.getShort(memory, from), to);
      case 4 -> Memory.putInt(Elements.getInt(memory, from), to);
      default -> Memory.putLong(Elements.getLong(memory, from), to);
    }
  }

  /** Copies an element of 1, 2, 4 or 8 bytes from the stage. */
  static void moveOut(long from, @Nullable Object memory, long to, int bytes) {
    switch (bytes) {
      case 1 -> Elements.putByte(Memory.getByte(from), memory, to);
      case 2 -> Elements.putShort(Memory.getShort(from), memory, to);
      case 4 -> Elements.putInt(Memory.getInt(from), memory, to);
      default -> Elements.putLong(Memory.getLong(from), memory, to);
    }
  }

  /** Byte offsets of the lanes: {@code base + scale * index}. */
  static void offsets(long stage, IntVector index, long base, long scale, boolean signed) {
    LongVector low = signed ? IntOps.sextLow(index) : IntOps.zextLow(index);
    LongVector high = signed ? IntOps.sextHigh(index) : IntOps.zextHigh(index);
    MemoryOps.store64(low.mul(scale).add(base), Memory.ALL, stage + Memory.OFFSETS);
    MemoryOps.store64(
        high.mul(scale).add(base), Memory.ALL, stage + Memory.OFFSETS + 8L * Species.HALF);
  }

  /** Byte offsets {@code base + lane * stride}. */
  static void linearOffsets(long stage, long base, long stride) {
    pairOffsets(
        stage, LongOps.linear(base, stride), LongOps.linear(base + Species.HALF * stride, stride));
  }

  static void pairOffsets(long stage, LongVector low, LongVector high) {
    MemoryOps.store64(low, Memory.ALL, stage + Memory.OFFSETS);
    MemoryOps.store64(high, Memory.ALL, stage + Memory.OFFSETS + 8L * Species.HALF);
  }
}
