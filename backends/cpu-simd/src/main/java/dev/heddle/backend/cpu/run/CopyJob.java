package dev.heddle.backend.cpu.run;

import dev.heddle.runtime.spi.Event;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A copy as a job; nothing to do where both sides are the same memory. */
final class CopyJob extends Job {
  private static final long CHUNK = 4 << 20;

  private final MemorySegment from;
  private final MemorySegment to;
  private final HostBuffer buffer;

  /**
   * @param buffer the side that is a device buffer: kept alive meanwhile
   */
  CopyJob(MemorySegment from, MemorySegment to, HostBuffer buffer, int seats, List<Event> after) {
    super(chunks(from, to), seats, after);
    this.from = from;
    this.to = to;
    this.buffer = buffer;
    buffer.retain();
  }

  private static long chunks(MemorySegment from, MemorySegment to) {
    boolean same = from.isNative() && to.isNative() && from.address() == to.address();
    return same ? 0 : Math.ceilDiv(to.byteSize(), CHUNK);
  }

  @Override
  Part open() {
    return new Part() {
      @Override
      public void run(long chunk) {
        long start = chunk * CHUNK;
        MemorySegment.copy(from, start, to, start, Math.min(CHUNK, to.byteSize() - start));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  void interrupt() {}

  @Override
  Completion complete(long startNanos, long endNanos, boolean cancelled) {
    buffer.release();
    return new Completion(startNanos, endNanos, "", cancelled, List.of());
  }
}
