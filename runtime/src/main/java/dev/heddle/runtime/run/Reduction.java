package dev.heddle.runtime.run;

import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Buffers that work-items update by one commutative atomic operator alone. Whoever works on a part
 * of a launch starts with a copy full of the operator's identity; the copies are combined after.
 */
public final class Reduction {
  private Reduction() {}

  /** Fills memory with the value that changes nothing. */
  public static void fill(AtomicOp op, Type type, MemorySegment memory) {
    long identity = identity(op, type);
    for (long at = 0; at + type.bytes() <= memory.byteSize(); at += type.bytes()) {
      put(memory, type, at, identity);
    }
  }

  /** Combines each element of {@code into} with that of {@code from}; both have one size. */
  public static void combine(AtomicOp op, Type type, MemorySegment into, MemorySegment from) {
    for (long at = 0; at + type.bytes() <= into.byteSize(); at += type.bytes()) {
      put(into, type, at, apply(op, type, get(into, type, at), get(from, type, at)));
    }
  }

  /** The value that changes nothing, as the low bits of {@code type}. */
  private static long identity(AtomicOp op, Type type) {
    boolean wide = type == Type.I64;
    return switch (op) {
      case ADD, OR, XOR, UMAX -> 0;
      case AND, UMIN -> -1;
      case SMIN -> wide ? Long.MAX_VALUE : Integer.MAX_VALUE;
      case SMAX -> wide ? Long.MIN_VALUE : Integer.MIN_VALUE;
      case SUB, EXCHANGE, COMPARE_EXCHANGE ->
          throw new IllegalArgumentException("no reduction: " + op);
    };
  }

  /** The operator on two values; for I32 both are sign-extended. */
  private static long apply(AtomicOp op, Type type, long a, long b) {
    boolean wide = type == Type.I64;
    return switch (op) {
      case ADD -> a + b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SMIN -> Math.min(a, b);
      case SMAX -> Math.max(a, b);
      // sign extension keeps the unsigned order of 32-bit values
      case UMIN -> Long.compareUnsigned(a, b) <= 0 ? a : b;
      case UMAX -> Long.compareUnsigned(a, b) >= 0 ? a : b;
      case SUB, EXCHANGE, COMPARE_EXCHANGE ->
          throw new IllegalArgumentException("no reduction: " + op + (wide ? " 64" : " 32"));
    };
  }

  private static long get(MemorySegment memory, Type type, long at) {
    return type == Type.I64
        ? memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at)
        : memory.get(ValueLayout.JAVA_INT_UNALIGNED, at);
  }

  private static void put(MemorySegment memory, Type type, long at, long value) {
    if (type == Type.I64) {
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
    } else {
      memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) value);
    }
  }
}
