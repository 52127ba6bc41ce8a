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
  private final AsyncRuns.Pending pending = new AsyncRuns.Pending();

  Buffer(Session session, ManagedBuffer managed) {
    this.session = session;
    this.managed = managed;
  }

  ManagedBuffer managed() {
    return managed;
  }

  /** The runs started and not yet over that use it. */
  AsyncRuns.Pending pending() {
    return pending;
  }

  Session session() {
    return session;
  }

  /** Size of the buffer; of the whole, where this is a window of one. */
  public long bytes() {
    return managed.bytes();
  }

  /** Where this window of the buffer begins; 0 where it is the whole. */
  public long start() {
    return managed.start();
  }

  /** The content for reading, copied back first from where it was computed. */
  public MemorySegment read() {
    pending.await(false);
    return managed.read();
  }

  /**
   * The content for reading and writing; copies on devices are out of date from now on. Call it
   * again after each run before writing.
   */
  public MemorySegment write() {
    pending.await(true);
    return managed.write();
  }

  /** Frees the memory, where it is the buffer's own, and its copies on devices. */
  @Override
  public void close() {
    pending.await(true);
    session.forget(this);
    managed.close();
  }
}
