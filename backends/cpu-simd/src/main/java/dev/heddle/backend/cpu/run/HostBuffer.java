package dev.heddle.backend.cpu.run;

import dev.heddle.runtime.spi.DeviceBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Host memory as the device's: its own, or the caller's, which may be a Java array. */
public final class HostBuffer implements DeviceBuffer {
  private final MemorySegment memory;
  private final @Nullable Arena owned;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The owner, until it closes the buffer, and everything issued that uses it. */
  private final AtomicInteger users = new AtomicInteger(1);

  private HostBuffer(MemorySegment memory, @Nullable Arena owned) {
    this.memory = memory;
    this.owned = owned;
  }

  /** Zeroed memory of its own, aligned to 64 bytes. */
  public static HostBuffer allocate(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new HostBuffer(arena.allocate(bytes, 64), arena);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /** Over memory that lives elsewhere. */
  public static HostBuffer over(MemorySegment host) {
    return new HostBuffer(host, null);
  }

  /** Keeps the memory alive until {@link #release}, also if the buffer is closed meanwhile. */
  void retain() {
    users.incrementAndGet();
  }

  void release() {
    if (users.decrementAndGet() == 0 && owned != null) {
      owned.close();
    }
  }

  public MemorySegment memory() {
    return memory;
  }

  /** Where its first byte is: an absolute address, or a distance from an array's first byte. */
  public long address() {
    return memory.address();
  }

  /** The Java array that it is. */
  Object array() {
    return memory
        .heapBase()
        .orElseThrow(() -> new IllegalArgumentException("compiled for a Java array, got a buffer"));
  }

  @Override
  public long bytes() {
    return memory.byteSize();
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      release();
    }
  }
}
