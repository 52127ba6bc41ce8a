package dev.heddle.runtime.api;

import dev.heddle.runtime.exec.ManagedBuffer;
import java.lang.foreign.MemorySegment;

/**
 * Memory that kernels work on. It has a place on the host; devices hold copies of what they used,
 * and results stay on them until they are asked for.
 */
public final class Buffer implements AutoCloseable {
  private final Session session;
  private final ManagedBuffer managed;

  Buffer(Session session, ManagedBuffer managed) {
    this.session = session;
    this.managed = managed;
  }

  ManagedBuffer managed() {
    return managed;
  }

  Session session() {
    return session;
  }

  public long bytes() {
    return managed.bytes();
  }

  /** The content for reading, copied back first from where it was computed. */
  public MemorySegment read() {
    return managed.read();
  }

  /**
   * The content for reading and writing; copies on devices are out of date from now on. Call it
   * again after each run before writing.
   */
  public MemorySegment write() {
    return managed.write();
  }

  /** Frees the memory, where it is the buffer's own, and its copies on devices. */
  @Override
  public void close() {
    session.forget(this);
    managed.close();
  }
}
