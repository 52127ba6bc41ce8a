package dev.heddle.runtime.api;

import dev.heddle.runtime.exec.HostMemory;
import dev.heddle.runtime.run.RunException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one run of a lambda, as buffers. Java arrays are buffers themselves, which the CPU
 * device uses where they are; those that have no such form (of {@code boolean}), or that atomic
 * operations work on, are copied, and so are memory segments that no device could work on. One
 * array is one buffer, however often it is passed.
 */
final class BoundArrays implements AutoCloseable {
  /** Stands for the threads of devices. */
  private static final Thread OTHER = Thread.ofPlatform().unstarted(() -> {});

  private final Session session;
  private final ArrayStage stage;
  private final @Nullable Object[] arrays;
  private final BitSet atomic;
  private final BitSet written;
  private final @Nullable Buffer[] buffers;

  /** What arrays held before the run, where that may be needed again. */
  private final @Nullable Buffer[] before;

  /**
   * @param arrays by parameter: a Java array, a memory segment or a buffer; null for a number
   * @param atomic the parameters that atomic operations work on
   * @param written the parameters that the kernel may write
   */
  BoundArrays(
      Session session, ArrayStage stage, @Nullable Object[] arrays, BitSet atomic, BitSet written) {
    this.session = session;
    this.stage = stage;
    this.arrays = arrays;
    this.atomic = atomic;
    this.written = written;
    this.buffers = new Buffer[arrays.length];
    this.before = new Buffer[arrays.length];
  }

  void bind(Arguments arguments) {
    for (int i = 0; i < arrays.length; i++) {
      if (arrays[i] instanceof MemorySegment memory) {
        check(memory, written.get(i));
        checkOverlaps(i, memory);
      }
    }
    for (int i = 0; i < arrays.length; i++) {
      Object array = arrays[i];
      if (array != null) {
        int first = first(i);
        Buffer buffer = first < i ? Objects.requireNonNull(buffers[first]) : buffer(array);
        buffers[i] = buffer;
        arguments.set(i, buffer);
      }
    }
  }

  private static void check(MemorySegment memory, boolean written) {
    if (!memory.scope().isAlive()) {
      throw RunException.usage("the lambda captured a memory segment that is closed");
    }
    if (written && memory.isReadOnly()) {
      throw RunException.usage("the lambda writes to a memory segment that is read-only");
    }
  }

  /** Two names for one place would be two buffers, and one would not see the other's writes. */
  private void checkOverlaps(int position, MemorySegment memory) {
    for (int i = 0; i < arrays.length; i++) {
      Object other = arrays[i];
      boolean writes = written.get(i) || written.get(position);
      if (writes
          && other != null
          && other != memory
          && !(other instanceof Buffer)
          && !(other instanceof boolean[])
          && memory.asOverlappingSlice(ArrayStage.segment(other)).isPresent()) {
        throw RunException.usage(
            "the lambda writes to memory that it captured twice; capture one segment, or slices"
                + " that do not overlap");
      }
    }
  }

  private Buffer buffer(Object array) {
    if (array instanceof Buffer given) {
      return given;
    }
    return copied(array) ? copy(array) : session.over(array);
  }

  private Buffer copy(Object array) {
    Buffer buffer = stage.take(ArrayStage.bytes(array));
    ArrayStage.copyIn(array, buffer);
    return buffer;
  }

  private boolean copied(Object array) {
    return array instanceof boolean[]
        || is(array, atomic)
        || array instanceof MemorySegment memory && !isBuffer(memory);
  }

  /** Whether devices can work on it: they do so from other threads, on whole cache lines. */
  private static boolean isBuffer(MemorySegment memory) {
    return memory.isNative()
        && memory.address() % HostMemory.ALIGNMENT == 0
        && memory.isAccessibleBy(OTHER);
  }

  private boolean inPlace(Object array) {
    return !(array instanceof Buffer) && !copied(array);
  }

  /** Whether one of those parameters is that array. */
  private boolean is(Object array, BitSet parameters) {
    for (int i = parameters.nextSetBit(0); i >= 0; i = parameters.nextSetBit(i + 1)) {
      if (arrays[i] == array) {
        return true;
      }
    }
    return false;
  }

  /** The first position of the same array. */
  private int first(int position) {
    int first = 0;
    while (arrays[first] != arrays[position]) {
      first++;
    }
    return first;
  }

  /** Keeps what {@link #restore} needs: the run may end with a fault. */
  void remember() {
    for (int i = 0; i < arrays.length; i++) {
      Object array = arrays[i];
      if (array != null && first(i) == i && inPlace(array) && is(array, written)) {
        before[i] = copy(array);
      }
    }
  }

  /** Sets the arrays to what they were. */
  void restore() {
    for (int i = 0; i < arrays.length; i++) {
      Buffer kept = before[i];
      if (kept != null) {
        ArrayStage.copyOut(kept, Objects.requireNonNull(arrays[i]));
      }
    }
  }

  /** Brings what was written to the Java arrays. */
  void finish() {
    for (int i = 0; i < arrays.length; i++) {
      Object array = arrays[i];
      Buffer buffer = buffers[i];
      if (array == null || buffer == null || first(i) < i || array instanceof Buffer) {
        continue;
      }
      if (is(array, written)) {
        if (copied(array)) {
          ArrayStage.copyOut(buffer, array);
        } else {
          buffer.contents();
        }
      }
    }
  }

  /** Bytes of that parameter's array. */
  long bytes(int position) {
    Object array = Objects.requireNonNull(arrays[position]);
    return array instanceof Buffer buffer ? buffer.bytes() : ArrayStage.bytes(array);
  }

  @Override
  public void close() {
    for (int i = 0; i < arrays.length; i++) {
      Object array = arrays[i];
      Buffer buffer = buffers[i];
      if (buffer != null && array != null && first(i) == i && !(array instanceof Buffer)) {
        if (copied(array)) {
          stage.giveBack(buffer);
        } else {
          buffer.managed().close();
        }
      }
      Buffer kept = before[i];
      if (kept != null) {
        stage.giveBack(kept);
      }
    }
  }
}
