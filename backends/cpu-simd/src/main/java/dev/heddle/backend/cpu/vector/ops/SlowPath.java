package dev.heddle.backend.cpu.vector.ops;

import org.jspecify.annotations.Nullable;

/**
 * Lane by lane, in the order of the work-items, with every check and the recording of faults. Not
 * inlined. The offsets are in the stage; {@code active} has a bit for each lane that takes part.
 */
final class SlowPath {
  static final int TRAP = 0;
  static final int CLAMP = 1;
  static final int OFF = 2;

  private SlowPath() {}

  /** Notes a fault of a work-item, unless one of a lower work-item of this vector is there. */
  static void record(long faults, long entry, long offset, long x, long y, long z) {
    boolean filled = Memory.getLong(entry) != 0;
    if (filled
        && (Memory.getLong(entry + 16) <= x
            || Memory.getLong(entry + 24) != y
            || Memory.getLong(entry + 32) != z)) {
      return;
    }
    Memory.putLong(1, entry);
    Memory.putLong(offset, entry + 8);
    Memory.putLong(x, entry + 16);
    Memory.putLong(y, entry + 24);
    Memory.putLong(z, entry + 32);
    Memory.putLong(1, faults);
  }

  static void divisionByZero(long lanes, long faults, long entry, long x, long y, long z) {
    record(faults, entry, 0, x + Long.numberOfTrailingZeros(lanes), y, z);
  }

  /**
   * The place to access instead of {@code offset}, or -1 for none.
   *
   * @param bytes of the access
   */
  static long place(long offset, long bytes, long alignment, long size, int mode) {
    boolean fits = offset >= 0 && offset <= size - bytes && (offset & (alignment - 1)) == 0;
    if (fits || mode == OFF) {
      return offset;
    }
    if (mode == TRAP || size < bytes) {
      return -1;
    }
    return Math.clamp(offset, 0, size - bytes) & -alignment;
  }

  /**
   * Loads one element of each lane's access into the stage; 0 for a lane that faults. Byte b of
   * lane k's object is at {@code root + b * spread + k * laneStride}.
   */
  static void load(
      long stage,
      long active,
      @Nullable Object memory,
      long root,
      long spread,
      long laneStride,
      long size,
      int elementBytes,
      int element,
      int accessBytes,
      long alignment,
      int mode,
      long faults,
      long entry,
      long x,
      long y,
      long z) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      long value = 0;
      if ((active >>> lane & 1) != 0) {
        long offset = Memory.getLong(stage + Memory.OFFSETS + 8L * lane);
        long place = place(offset, accessBytes, alignment, size, mode);
        if (place >= 0 || mode == OFF) {
          long at = (place + (long) element * elementBytes) * spread + lane * laneStride;
          value = get(memory, root + at, elementBytes);
        } else if (mode == TRAP) {
          record(faults, entry, offset, x + lane, y, z);
        }
      }
      putValue(stage + Memory.VALUES, lane, elementBytes, value);
    }
  }

  /** Stores one element of each lane's access from the stage; nothing for a lane that faults. */
  static void store(
      long stage,
      long active,
      @Nullable Object memory,
      long root,
      long spread,
      long laneStride,
      long size,
      int elementBytes,
      int element,
      int accessBytes,
      long alignment,
      int mode,
      long faults,
      long entry,
      long x,
      long y,
      long z) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        long offset = Memory.getLong(stage + Memory.OFFSETS + 8L * lane);
        long place = place(offset, accessBytes, alignment, size, mode);
        if (place >= 0 || mode == OFF) {
          long value = value(stage + Memory.VALUES, lane, elementBytes);
          long at = (place + (long) element * elementBytes) * spread + lane * laneStride;
          put(value, memory, root + at, elementBytes);
        } else if (mode == TRAP) {
          record(faults, entry, offset, x + lane, y, z);
        }
      }
    }
  }

  /**
   * An atomic operator on each lane's place; the values before are left in the stage.
   *
   * @param operator ordinal of the {@code AtomicOp}
   * @param shared 1 if other threads may work on the root, else 0
   */
  static void atomic(
      long stage,
      long active,
      long root,
      long size,
      int elementBytes,
      int operator,
      int shared,
      long alignment,
      int mode,
      long faults,
      long entry,
      long x,
      long y,
      long z) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) == 0) {
        continue;
      }
      long offset = Memory.getLong(stage + Memory.OFFSETS + 8L * lane);
      long place = place(offset, elementBytes, alignment, size, mode);
      long before = 0;
      if (place >= 0 || mode == OFF) {
        long first = value(stage + Memory.VALUES, lane, elementBytes);
        long second = value(stage + Memory.SECOND, lane, elementBytes);
        before =
            elementBytes == 4
                ? update32(root + place, operator, (int) first, (int) second, shared != 0)
                : update64(root + place, operator, first, second, shared != 0);
      } else if (mode == TRAP) {
        record(faults, entry, offset, x + lane, y, z);
      }
      putValue(stage + Memory.VALUES, lane, elementBytes, before);
    }
  }

  static int update32(long address, int operator, int first, int second, boolean shared) {
    if (!shared) {
      int before = Memory.getInt(address);
      Memory.putInt(apply32(operator, before, first, second), address);
      return before;
    }
    if (operator == 0) {
      return Memory.getAndAdd(address, first);
    }
    while (true) {
      int before = Memory.getInt(address);
      if (Memory.replace(address, before, apply32(operator, before, first, second))) {
        return before;
      }
    }
  }

  static long update64(long address, int operator, long first, long second, boolean shared) {
    if (!shared) {
      long before = Memory.getLong(address);
      Memory.putLong(apply64(operator, before, first, second), address);
      return before;
    }
    while (true) {
      long before = Memory.getLong(address);
      if (Memory.replace(address, before, apply64(operator, before, first, second))) {
        return before;
      }
    }
  }

  static int apply32(int operator, int old, int first, int second) {
    return switch (operator) {
      case 7 -> Integer.compareUnsigned(old, first) < 0 ? old : first;
      case 8 -> Integer.compareUnsigned(old, first) > 0 ? old : first;
      default -> (int) apply64(operator, old, first, second);
    };
  }

  /** By the order of {@code AtomicOp}. */
  static long apply64(int operator, long old, long first, long second) {
    return switch (operator) {
      case 0 -> old + first;
      case 1 -> old - first;
      case 2 -> old & first;
      case 3 -> old | first;
      case 4 -> old ^ first;
      case 5 -> Math.min(old, first);
      case 6 -> Math.max(old, first);
      case 7 -> Long.compareUnsigned(old, first) < 0 ? old : first;
      case 8 -> Long.compareUnsigned(old, first) > 0 ? old : first;
      case 9 -> first;
      case 10 -> old == first ? second : old;
      default -> throw new IllegalArgumentException("atomic operator " + operator);
    };
  }

  /**
   * 64-bit division or remainder of values in the stage; 0 where the divisor is 0.
   *
   * @param operator 0 and 1: signed quotient and remainder; 2 and 3: unsigned
   */
  static void divide(long stage, int operator) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      long a = Memory.getLong(stage + Memory.VALUES + 8L * lane);
      long b = Memory.getLong(stage + Memory.SECOND + 8L * lane);
      long result = 0;
      if (b != 0) {
        result =
            switch (operator) {
              case 0 -> a / b;
              case 1 -> a % b;
              case 2 -> Long.divideUnsigned(a, b);
              default -> Long.remainderUnsigned(a, b);
            };
      }
      Memory.putLong(result, stage + Memory.VALUES + 8L * lane);
    }
  }

  /** Floats or doubles in the stage to half-precision bits. */
  static void toHalf(long stage, int elementBytes) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      double value =
          elementBytes == 4
              ? Memory.getFloat(stage + Memory.VALUES + 4L * lane)
              : Memory.getDouble(stage + Memory.VALUES + 8L * lane);
      Memory.putShort(ScalarOps.toHalf(value), stage + Memory.VALUES + 2L * lane);
    }
  }

  /** Copies what {@link #load} left in the stage to a Java array. */
  static void unstage(long stage, Object memory, int elementBytes) {
    long begin = Elements.begin(memory);
    for (int lane = 0; lane < Species.LANES; lane++) {
      long value = value(stage + Memory.VALUES, lane, elementBytes);
      put(value, memory, begin + (long) elementBytes * lane, elementBytes);
    }
  }

  static long get(@Nullable Object memory, long address, int bytes) {
    return switch (bytes) {
      case 1 -> Elements.getByte(memory, address);
      case 2 -> Elements.getShort(memory, address);
      case 4 -> Elements.getInt(memory, address);
      default -> Elements.getLong(memory, address);
    };
  }

  static void put(long value, @Nullable Object memory, long address, int bytes) {
    switch (bytes) {
      case 1 -> Elements.putByte((int) value, memory, address);
      case 2 -> Elements.putShort((int) value, memory, address);
      case 4 -> Elements.putInt((int) value, memory, address);
      default -> Elements.putLong(value, memory, address);
    }
  }

  static long value(long values, int lane, int bytes) {
    return get(Memory.ALL, values + (long) bytes * lane, bytes);
  }

  static void putValue(long values, int lane, int bytes, long value) {
    put(value, Memory.ALL, values + (long) bytes * lane, bytes);
  }
}
