package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Type;

/**
 * The integers from {@code lo} to {@code hi}; empty if {@code lo > hi}. Arithmetic saturates at the
 * ends of {@code long}, so an end there may stand for anything beyond.
 */
record Interval(long lo, long hi) {
  static final Interval EMPTY = new Interval(1, 0);
  static final Interval BOOL = new Interval(0, 1);
  private static final Interval[] SIGNED = {
    BOOL, of(8), of(16), of(32), new Interval(Long.MIN_VALUE, Long.MAX_VALUE)
  };

  private static Interval of(int bits) {
    return new Interval(-(1L << (bits - 1)), (1L << (bits - 1)) - 1);
  }

  static Interval point(long value) {
    return new Interval(value, value);
  }

  /** The signed values of a type; 0 and 1 for BOOL. */
  static Interval of(Type type) {
    return switch (type) {
      case BOOL -> SIGNED[0];
      case I8 -> SIGNED[1];
      case I16 -> SIGNED[2];
      case I32 -> SIGNED[3];
      case I64 -> SIGNED[4];
      case F16, F32, F64 -> throw new IllegalArgumentException("range of " + type);
    };
  }

  boolean empty() {
    return lo > hi;
  }

  boolean isPoint() {
    return lo == hi;
  }

  boolean within(Interval other) {
    return lo >= other.lo && hi <= other.hi;
  }

  boolean within(long least, long most) {
    return lo >= least && hi <= most;
  }

  /**
   * Whether a computed value of this range is exact in the type: it neither wraps nor saturated.
   */
  boolean fits(Type type) {
    return type == Type.I64
        ? lo > Long.MIN_VALUE && hi < Long.MAX_VALUE
        : within(Interval.of(type));
  }

  Interval intersect(Interval other) {
    return new Interval(Math.max(lo, other.lo), Math.min(hi, other.hi));
  }

  Interval hull(Interval other) {
    if (empty()) {
      return other;
    }
    return other.empty() ? this : new Interval(Math.min(lo, other.lo), Math.max(hi, other.hi));
  }

  Interval plus(Interval other) {
    return new Interval(addLow(lo, other.lo), addHigh(hi, other.hi));
  }

  Interval plus(long value) {
    return new Interval(addLow(lo, value), addHigh(hi, value));
  }

  Interval negate() {
    return new Interval(multiply(hi, -1), multiply(lo, -1));
  }

  Interval times(long factor) {
    long a = multiply(lo, factor);
    long b = multiply(hi, factor);
    return factor >= 0 ? new Interval(a, b) : new Interval(b, a);
  }

  Interval times(Interval other) {
    return times(other.lo).hull(times(other.hi));
  }

  /** Number of integers, saturating. */
  long count() {
    return empty() ? 0 : add(add(hi, multiply(lo, -1)), 1);
  }

  /** A saturating sum; an end of {@code long} stays where it is, being the first of the two. */
  static long add(long a, long b) {
    if (infinite(a) || infinite(b)) {
      return infinite(a) ? a : b;
    }
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  private static long addLow(long a, long b) {
    return a == Long.MIN_VALUE || b == Long.MIN_VALUE ? Long.MIN_VALUE : add(a, b);
  }

  private static long addHigh(long a, long b) {
    return a == Long.MAX_VALUE || b == Long.MAX_VALUE ? Long.MAX_VALUE : add(a, b);
  }

  /** A saturating product; an end of {@code long} is infinite. */
  static long multiply(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    long low = a * b;
    if (infinite(a) || infinite(b) || Math.multiplyHigh(a, b) != low >> 63) {
      return (a < 0) == (b < 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return low;
  }

  static boolean infinite(long end) {
    return end == Long.MIN_VALUE || end == Long.MAX_VALUE;
  }
}
