package dev.heddle.runtime.api;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that stand for Java arrays while a lambda runs. They are kept for later runs with arrays
 * of the same size, up to a limit.
 */
final class ArrayStage {
  private static final long MOST_IDLE_BYTES = 256L << 20;

  private final Session session;
  private final Map<Long, Deque<Buffer>> idle = new HashMap<>();
  private long idleBytes;

  ArrayStage(Session session) {
    this.session = session;
  }

  /** The memory of a Java array, or of a segment, as a segment. */
  static MemorySegment segment(Object array) {
    return switch (array) {
      case boolean[] flags -> throw new IllegalArgumentException("boolean arrays have no segment");
      case byte[] bytes -> MemorySegment.ofArray(bytes);
      case short[] numbers -> MemorySegment.ofArray(numbers);
      case char[] numbers -> MemorySegment.ofArray(numbers);
      case int[] numbers -> MemorySegment.ofArray(numbers);
      case long[] numbers -> MemorySegment.ofArray(numbers);
      case float[] numbers -> MemorySegment.ofArray(numbers);
      case double[] numbers -> MemorySegment.ofArray(numbers);
      case MemorySegment memory -> memory;
      default -> throw new IllegalArgumentException(array.getClass().getTypeName());
    };
  }

  static long bytes(Object array) {
    return array instanceof boolean[] flags ? flags.length : segment(array).byteSize();
  }

  /** A buffer of that size; what it holds is left from its last use. */
  Buffer take(long bytes) {
    synchronized (this) {
      Deque<Buffer> fitting = idle.get(bytes);
      if (fitting != null && !fitting.isEmpty()) {
        idleBytes -= bytes;
        return fitting.pop();
      }
    }
    return session.allocate(bytes);
  }

  /** The buffer is free again. One that a faulted run wrote is not used any more. */
  void giveBack(Buffer buffer) {
    if (keep(buffer) != null) {
      buffer.close();
    }
  }

  private synchronized @Nullable Buffer keep(Buffer buffer) {
    if (!buffer.managed().isValid() || idleBytes + buffer.bytes() > MOST_IDLE_BYTES) {
      return buffer;
    }
    idleBytes += buffer.bytes();
    idle.computeIfAbsent(buffer.bytes(), size -> new ArrayDeque<>()).push(buffer);
    return null;
  }

  static void copyIn(Object array, Buffer to) {
    MemorySegment memory = to.writable();
    if (array instanceof boolean[] flags) {
      for (int i = 0; i < flags.length; i++) {
        memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, (byte) (flags[i] ? 1 : 0));
      }
    } else {
      memory.copyFrom(segment(array));
    }
  }

  static void copyOut(Buffer from, Object array) {
    MemorySegment memory = from.contents();
    if (array instanceof boolean[] flags) {
      for (int i = 0; i < flags.length; i++) {
        flags[i] = memory.get(java.lang.foreign.ValueLayout.JAVA_BYTE, i) != 0;
      }
    } else {
      segment(array).copyFrom(memory);
    }
  }
}
