package dev.heddle.backend.cpu.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Blocks of off-heap memory that threads borrow for a launch; kept for the next ones. */
final class Blocks implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  /** A block, from {@code address} on, in which {@code bytes} may be used. */
  record Block(Arena arena, long address, long bytes) {}

  private final long least;
  private final Deque<Block> free = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param least size of the smallest blocks
   */
  Blocks(long least) {
    this.least = least;
  }

  /** A block of at least so many bytes; its content is arbitrary. */
  Block borrow(long bytes) {
    synchronized (this) {
      for (Block block : free) {
        if (block.bytes() >= bytes) {
          free.remove(block);
          return block;
        }
      }
      // a larger one replaces one that was too small
      Block small = free.poll();
      if (small != null) {
        small.arena().close();
      }
    }
    Arena arena = Arena.ofShared();
    long size = Math.max(least, Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT);
    MemorySegment memory = arena.allocate(size, ALIGNMENT);
    return new Block(arena, memory.address(), size);
  }

  synchronized void giveBack(Block block) {
    if (closed) {
      block.arena().close();
    } else {
      free.push(block);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    free.forEach(block -> block.arena().close());
    free.clear();
  }
}
