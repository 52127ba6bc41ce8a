package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.BufferUse;
import dev.heddle.compiler.analysis.ByteRange;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.runtime.spi.DeviceBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies of reduced buffers on which one lane works: they start out filled with the operator's
 * identity, and are combined with the original after the run.
 */
final class PrivateCopies implements AutoCloseable {
  private record PrivateCopy(
      BufferUse use, ManagedBuffer original, MemorySegment host, DeviceBuffer memory) {}

  private final Arena arena = Arena.ofShared();
  private final DeviceView view;
  private final List<PrivateCopy> copies = new ArrayList<>();

  PrivateCopies(DeviceView view) {
    this.view = view;
  }

  /** The lane's copy of that buffer, made when first asked for. */
  DeviceBuffer of(BufferUse use, ManagedBuffer original) {
    for (PrivateCopy copy : copies) {
      if (copy.original == original) {
        return copy.memory;
      }
    }
    MemorySegment host = HostMemory.allocate(arena, original.bytes());
    long identity = identity(use.reduction().orElseThrow(), use.reductionType().orElseThrow());
    fill(host, use.reductionType().orElseThrow(), identity);
    DeviceBuffer memory;
    if (view.sharesHostMemory()) {
      memory = view.device().wrap(host);
    } else {
      memory = view.device().allocate(original.bytes());
      view.device().copyIn(host, memory, 0, List.of()).await();
    }
    copies.add(new PrivateCopy(use, original, host, memory));
    return memory;
  }

  /** Whether a failure spoils what the lane did before. */
  boolean spoilt(boolean launched) {
    return launched || view.lost().isPresent();
  }

  /**
   * Combines the originals, which must be valid on the host, with the copies.
   *
   * @param end work-items along the dimension of the split
   * @return bytes copied from the device
   */
  long combine(long end) {
    long bytes = 0;
    for (PrivateCopy copy : copies) {
      if (!view.sharesHostMemory()) {
        view.device().copyOut(copy.memory, 0, copy.host, List.of()).await();
        bytes += copy.host.byteSize();
      }
      for (ByteRange range : copy.use.writes(0, end)) {
        for (long piece = 0; piece < range.count(); piece++) {
          long start = range.start() + piece * range.stride();
          combine(copy, start, start + range.length());
        }
      }
    }
    return bytes;
  }

  private static void combine(PrivateCopy copy, long begin, long end) {
    AtomicOp op = copy.use.reduction().orElseThrow();
    Type type = copy.use.reductionType().orElseThrow();
    MemorySegment into = copy.original.host();
    for (long at = begin; at < end; at += type.bytes()) {
      put(into, type, at, apply(op, type, get(into, type, at), get(copy.host, type, at)));
    }
    copy.original.writtenOnHost(begin, end);
  }

  private static void fill(MemorySegment host, Type type, long identity) {
    if (identity == 0) {
      return;
    }
    for (long at = 0; at + type.bytes() <= host.byteSize(); at += type.bytes()) {
      put(host, type, at, identity);
    }
  }

  /** The value that changes nothing, as the low bits of {@code type}. */
  static long identity(AtomicOp op, Type type) {
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
  static long apply(AtomicOp op, Type type, long a, long b) {
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

  @Override
  public void close() {
    if (view.lost().isPresent()) {
      return; // the device may still write there
    }
    copies.forEach(copy -> copy.memory.close());
    arena.close();
  }
}
