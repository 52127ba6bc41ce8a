package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

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
    long low = Math.max(lowest, -Math.floorDiv(base, scale));
    long high = Math.min(highest, Math.floorDiv(size - bytes - base, scale));
    if (low > high) {
      return active != 0;
    }
    IntVector distance = index.sub((int) low);
    return (IntOps.ugt(distance, IntOps.broadcast((int) (high - low))).toLong() & active) != 0;
  }

  static long address(long stage, int lane, long base, long scale, long active, boolean signed) {
    int index = Memory.getInt(stage + Memory.INDICES + 4L * lane);
    long place = base + scale * (signed ? index : index & 0xFFFF_FFFFL);
    return (active >>> lane & 1) != 0 ? place : stage;
  }

  static void gather8(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      long address = address(stage, lane, base, scale, active, signed);
      Memory.putByte(Memory.getByte(address), stage + Memory.VALUES + lane);
    }
  }

  static void gather16(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      long address = address(stage, lane, base, scale, active, signed);
      Memory.putShort(Memory.getShort(address), stage + Memory.VALUES + 2L * lane);
    }
  }

  static void gather32(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      long address = address(stage, lane, base, scale, active, signed);
      Memory.putInt(Memory.getInt(address), stage + Memory.VALUES + 4L * lane);
    }
  }

  static void gather64(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      long address = address(stage, lane, base, scale, active, signed);
      Memory.putLong(Memory.getLong(address), stage + Memory.VALUES + 8L * lane);
    }
  }

  static void scatter8(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        long address = address(stage, lane, base, scale, active, signed);
        Memory.putByte(Memory.getByte(stage + Memory.VALUES + lane), address);
      }
    }
  }

  static void scatter16(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        long address = address(stage, lane, base, scale, active, signed);
        Memory.putShort(Memory.getShort(stage + Memory.VALUES + 2L * lane), address);
      }
    }
  }

  static void scatter32(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        long address = address(stage, lane, base, scale, active, signed);
        Memory.putInt(Memory.getInt(stage + Memory.VALUES + 4L * lane), address);
      }
    }
  }

  static void scatter64(
      long stage, IntVector index, long active, long base, long scale, boolean signed) {
    MemoryOps.store32(index, stage + Memory.INDICES);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        long address = address(stage, lane, base, scale, active, signed);
        Memory.putLong(Memory.getLong(stage + Memory.VALUES + 8L * lane), address);
      }
    }
  }

  /** Byte offsets of the lanes: {@code base + scale * index}. */
  static void offsets(long stage, IntVector index, long base, long scale, boolean signed) {
    LongVector low = signed ? IntOps.sextLow(index) : IntOps.zextLow(index);
    LongVector high = signed ? IntOps.sextHigh(index) : IntOps.zextHigh(index);
    MemoryOps.store64(low.mul(scale).add(base), stage + Memory.OFFSETS);
    MemoryOps.store64(high.mul(scale).add(base), stage + Memory.OFFSETS + 8L * Species.HALF);
  }

  /** Byte offsets {@code base + lane * stride}. */
  static void linearOffsets(long stage, long base, long stride) {
    pairOffsets(
        stage, LongOps.linear(base, stride), LongOps.linear(base + Species.HALF * stride, stride));
  }

  static void pairOffsets(long stage, LongVector low, LongVector high) {
    MemoryOps.store64(low, stage + Memory.OFFSETS);
    MemoryOps.store64(high, stage + Memory.OFFSETS + 8L * Species.HALF);
  }
}
