package dev.heddle.runtime.api;

import java.lang.foreign.MemorySegment;

/**
 * Memory that kernels work on. It has a place on the host; devices hold copies of what they used,
 * and results stay on them until they are asked for.
 */
public final class Buffer implements AutoCloseable {
  private Buffer() {}

  public long bytes() {
    throw new UnsupportedOperationException();
  }

  /** The content for reading, copied back first from where it was computed. */
  public MemorySegment read() {
    throw new UnsupportedOperationException();
  }

  /**
   * The content for reading and writing; copies on devices are out of date from now on. Call it
   * again after each run before writing.
   */
  public MemorySegment write() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
