package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.code.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** What generated scalar code calls beside {@link dev.heddle.compiler.ir.ScalarMath}. */
public final class ScalarOps {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private ScalarOps() {}

  /**
   * The nearest offset in range, then down to the alignment.
   *
   * @param limit the first offset out of range, at least 1
   */
  public static long clamp(long offset, long limit, int alignment) {
    return Math.clamp(offset, 0, limit - 1) & -alignment;
  }

  /** A BOOL in memory: 1 if the byte there is not 0. */
  public static int bool(long address) {
    return Memory.i8(address) == 0 ? 0 : 1;
  }

  /** Rotates the low {@code bits} of {@code value} left; the result has the sign copied upwards. */
  public static int rotateLeft(int value, int count, int bits) {
    int shift = count & (bits - 1);
    int low = value & ((1 << bits) - 1);
    int unused = 32 - bits;
    return (low << shift | low >>> (bits - shift)) << unused >> unused;
  }

  public static int add(long address, int operand) {
    return (int) INT.getAndAdd(ALL, address, operand);
  }

  public static long add(long address, long operand) {
    return (long) LONG.getAndAdd(ALL, address, operand);
  }

  public static int sub(long address, int operand) {
    return (int) INT.getAndAdd(ALL, address, -operand);
  }

  public static long sub(long address, long operand) {
    return (long) LONG.getAndAdd(ALL, address, -operand);
  }

  public static int and(long address, int operand) {
    return (int) INT.getAndBitwiseAnd(ALL, address, operand);
  }

  public static long and(long address, long operand) {
    return (long) LONG.getAndBitwiseAnd(ALL, address, operand);
  }

  public static int or(long address, int operand) {
    return (int) INT.getAndBitwiseOr(ALL, address, operand);
  }

  public static long or(long address, long operand) {
    return (long) LONG.getAndBitwiseOr(ALL, address, operand);
  }

  public static int xor(long address, int operand) {
    return (int) INT.getAndBitwiseXor(ALL, address, operand);
  }

  public static long xor(long address, long operand) {
    return (long) LONG.getAndBitwiseXor(ALL, address, operand);
  }

  public static int exchange(long address, int operand) {
    return (int) INT.getAndSet(ALL, address, operand);
  }

  public static long exchange(long address, long operand) {
    return (long) LONG.getAndSet(ALL, address, operand);
  }

  public static int compareExchange(long address, int expected, int replacement) {
    return (int) INT.compareAndExchange(ALL, address, expected, replacement);
  }

  public static long compareExchange(long address, long expected, long replacement) {
    return (long) LONG.compareAndExchange(ALL, address, expected, replacement);
  }

  public static int smin(long address, int operand) {
    int old = Memory.i32(address);
    while (operand < old) {
      int seen = (int) INT.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static int smax(long address, int operand) {
    int old = Memory.i32(address);
    while (operand > old) {
      int seen = (int) INT.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static int umin(long address, int operand) {
    int old = Memory.i32(address);
    while (Integer.compareUnsigned(operand, old) < 0) {
      int seen = (int) INT.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static int umax(long address, int operand) {
    int old = Memory.i32(address);
    while (Integer.compareUnsigned(operand, old) > 0) {
      int seen = (int) INT.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static long smin(long address, long operand) {
    long old = Memory.i64(address);
    while (operand < old) {
      long seen = (long) LONG.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static long smax(long address, long operand) {
    long old = Memory.i64(address);
    while (operand > old) {
      long seen = (long) LONG.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static long umin(long address, long operand) {
    long old = Memory.i64(address);
    while (Long.compareUnsigned(operand, old) < 0) {
      long seen = (long) LONG.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }

  public static long umax(long address, long operand) {
    long old = Memory.i64(address);
    while (Long.compareUnsigned(operand, old) > 0) {
      long seen = (long) LONG.compareAndExchange(ALL, address, old, operand);
      if (seen == old) {
        break;
      }
      old = seen;
    }
    return old;
  }
}
