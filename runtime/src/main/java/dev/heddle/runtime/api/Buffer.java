package dev.heddle.runtime.api;

import dev.heddle.runtime.exec.ManagedBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Memory that kernels work on. It has a place on the host; devices hold copies of what they used,
 * and results stay on them until they are asked for.
 *
 * <p>A buffer that is forgotten is closed when the garbage collector finds it; but one whose memory
 * was handed out, by {@link #read} or {@link #write}, with its session alone.
 */
public final class Buffer implements AutoCloseable {
  /** Closes a buffer that was forgotten. It does not know the buffer. */
  private static final class Release implements Runnable {
    private final ManagedBuffer managed;
    private final SessionResources resources;
    private volatile boolean handedOut;

    Release(ManagedBuffer managed, SessionResources resources) {
      this.managed = managed;
      this.resources = resources;
    }

    @Override
    public void run() {
      if (!handedOut) {
        resources.close(managed);
      }
    }
  }

  private final Session session;
  private final ManagedBuffer managed;
  private final @Nullable Release release;
  private final Cleaner.@Nullable Cleanable cleanable;
  private final AsyncRuns.Pending pending = new AsyncRuns.Pending();

  private Buffer(Session session, ManagedBuffer managed, @Nullable Release release) {
    this.session = session;
    this.managed = managed;
    this.release = release;
    this.cleanable = release == null ? null : SessionResources.CLEANER.register(this, release);
  }

  /** One that its session closes. */
  static Buffer kept(Session session, ManagedBuffer managed, SessionResources resources) {
    resources.add(managed);
    return new Buffer(session, managed, new Release(managed, resources));
  }

  /** One that whoever makes it closes soon. */
  static Buffer passing(Session session, ManagedBuffer managed) {
    return new Buffer(session, managed, null);
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
    handOut();
    return contents();
  }

  /**
   * The content for reading and writing; copies on devices are out of date from now on. Call it
   * again after each run before writing.
   */
  public MemorySegment write() {
    handOut();
    return writable();
  }

  private void handOut() {
    if (release != null) {
      release.handedOut = true;
    }
  }

  /** As {@link #read}, for use while the buffer is reachable alone. */
  MemorySegment contents() {
    pending.await(false);
    return managed.read();
  }

  /** As {@link #write}, for use while the buffer is reachable alone. */
  MemorySegment writable() {
    pending.await(true);
    return managed.write();
  }

  /** Frees the memory, where it is the buffer's own, and its copies on devices. */
  @Override
  public void close() {
    pending.await(true);
    if (release == null || cleanable == null) {
      managed.close();
    } else {
      release.handedOut = false;
      cleanable.clean();
    }
  }
}
