package dev.heddle.runtime.exec;

import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Event;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A buffer, or a window of one: its memory on the host, its copies on devices, and which of them is
 * valid where. A run holds {@link #lock} while it uses the buffer; the monitor guards residency and
 * copies.
 */
public final class ManagedBuffer implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final long bytes;
  private final long start;
  private final MemorySegment host;
  private final @Nullable Arena arena;
  private final Residency residency;
  private final List<DeviceView> views;
  private final @Nullable DeviceBuffer[] copies;
  private @Nullable String invalid;
  private boolean closed;

  /**
   * A buffer over that memory, outside the heap or a whole Java array.
   *
   * @param arena owns the memory and is closed with the buffer; null if the caller owns it
   * @param views the devices of the session
   */
  public ManagedBuffer(MemorySegment host, @Nullable Arena arena, List<DeviceView> views) {
    this(host.byteSize(), 0, host, arena, views);
  }

  /**
   * A buffer of {@code bytes} bytes of which only those from {@code start} on are here, as many as
   * {@code host} has.
   */
  public ManagedBuffer(
      long bytes, long start, MemorySegment host, @Nullable Arena arena, List<DeviceView> views) {
    this.bytes = bytes;
    this.start = start;
    this.host = host;
    this.arena = arena;
    this.views = views;
    this.residency = new Residency(bytes);
    this.copies = new DeviceBuffer[views.size()];
  }

  /** A number that orders buffers, so that runs lock them in one order. */
  long number() {
    return number;
  }

  ReentrantReadWriteLock lock() {
    return lock;
  }

  /** Size of the whole buffer. */
  public long bytes() {
    return bytes;
  }

  /** Where what is here of it begins. */
  public long start() {
    return start;
  }

  /** Whether those bytes of it are here. */
  boolean holds(long begin, long end) {
    return begin >= start && end <= start + host.byteSize();
  }

  public boolean readOnly() {
    return host.isReadOnly();
  }

  /** Whether it shares memory with {@code other}. */
  public boolean overlaps(MemorySegment other) {
    return host.address() < other.address() + other.byteSize()
        && other.address() < host.address() + host.byteSize();
  }

  /** The host's memory of a range, as it is; what is valid there, {@link Residency} knows. */
  MemorySegment host(long begin, long length) {
    return host.asSlice(begin - start, length);
  }

  /** The content for reading, copied back first from where it was computed. */
  public MemorySegment read() {
    lock.readLock().lock();
    try {
      toHost("read");
      return host.asReadOnly();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The content for reading and writing; copies elsewhere are out of date from now on. */
  public MemorySegment write() {
    lock.writeLock().lock();
    try {
      synchronized (this) {
        invalid = null;
        toHost("written");
        residency.written(Residency.HOST, 0, bytes());
      }
      return host;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private synchronized void toHost(String use) {
    requireOpen();
    requireValid(use);
    bringAll();
  }

  private synchronized void bringAll() {
    bring(null, 0, bytes(), new ArrayList<>());
  }

  /** What a run left of the content, for reading, though it failed. */
  public MemorySegment remains() {
    lock.readLock().lock();
    try {
      requireOpen();
      bringAll();
      return host.asReadOnly();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Says that the content means nothing, until the host writes it. */
  synchronized void invalidate(String why) {
    invalid = why;
  }

  /** Whether the content means something, whatever it is. */
  public synchronized boolean isValid() {
    return invalid == null;
  }

  synchronized void requireValid(String use) {
    if (invalid != null) {
      throw RunException.usage("the buffer can't be " + use + ": " + invalid);
    }
  }

  synchronized void requireOpen() {
    if (closed) {
      throw RunException.usage("the buffer is closed");
    }
  }

  /** Whether the whole of it is valid at the place of {@code view}; null for the host. */
  synchronized boolean validAt(@Nullable DeviceView view) {
    return residency.validAt(place(view));
  }

  /** Number of bytes of the range that are not valid there. */
  synchronized long missingBytes(DeviceView view, long begin, long end) {
    return residency.missingBytes(place(view), begin, end);
  }

  synchronized boolean onlyAt(DeviceView view) {
    return residency.onlyAt(place(view));
  }

  /** The memory of {@code view} that stands for the buffer, made if it is not there yet. */
  synchronized DeviceBuffer on(DeviceView view) {
    DeviceBuffer copy = copies[view.index()];
    if (copy == null) {
      copy = sharedWith(view) ? view.device().wrap(host) : view.device().allocate(host.byteSize());
      copies[view.index()] = copy;
    }
    return copy;
  }

  /**
   * Makes the range valid at the place of {@code view}, or on the host for null. Copies to the host
   * are done on return; those to a device may still go on, as {@code events} tell.
   *
   * @return bytes copied
   */
  synchronized long bring(@Nullable DeviceView view, long begin, long end, List<Event> events) {
    int place = place(view);
    if (residency.validAt(place)) {
      return 0;
    }
    if (residency.anyLost(begin, end)) {
      throw new RunException(
          RunException.Kind.DEVICE_LOST,
          "part of a buffer was on a device that is lost, and nowhere else");
    }
    if (view == null || place == Residency.HOST) {
      return bringToHost(begin, end);
    }
    long bytes = 0;
    for (Residency.Copy copy : residency.missing(place, begin, end)) {
      bringToHost(copy.begin(), copy.end());
      MemorySegment from = host(copy.begin(), copy.bytes());
      events.add(view.copyIn(from, on(view), copy.begin() - start));
      residency.copied(place, copy.begin(), copy.end());
      bytes += copy.bytes();
    }
    return bytes;
  }

  private long bringToHost(long begin, long end) {
    long bytes = 0;
    List<Residency.Copy> copies = residency.missing(Residency.HOST, begin, end);
    List<Event> events = new ArrayList<>(copies.size());
    for (Residency.Copy copy : copies) {
      DeviceView owner = views.get(copy.from() - 1);
      MemorySegment to = host(copy.begin(), copy.bytes());
      events.add(owner.copyOut(on(owner), copy.begin() - start, to));
      bytes += copy.bytes();
    }
    events.forEach(Event::await);
    for (Residency.Copy copy : copies) {
      residency.copied(Residency.HOST, copy.begin(), copy.end());
    }
    return bytes;
  }

  /** The range was written there. */
  synchronized void written(DeviceView view, long begin, long end) {
    residency.written(place(view), begin, end);
  }

  /** The range was written on the host. */
  synchronized void writtenOnHost(long begin, long end) {
    residency.written(Residency.HOST, begin, end);
  }

  /** What a device has of the range means nothing. */
  synchronized void dropped(DeviceView view, long begin, long end) {
    if (!sharedWith(view)) {
      residency.dropped(place(view), begin, end);
    }
  }

  private int place(@Nullable DeviceView view) {
    return view == null || sharedWith(view) ? Residency.HOST : view.index() + 1;
  }

  /** Whether {@code view} works on the buffer's memory itself. */
  boolean sharedWith(DeviceView view) {
    return array() ? view.sharesArrays() : view.sharesHostMemory();
  }

  /** Whether the memory is a Java array. */
  boolean array() {
    return !host.isNative();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closeAll();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    for (DeviceView view : views) {
      DeviceBuffer copy = copies[view.index()];
      // what a lost device may still write to stays allocated
      if (copy != null && view.lost().isEmpty()) {
        copy.close();
      }
    }
    boolean shared = views.stream().anyMatch(v -> v.lost().isPresent() && v.sharesHostMemory());
    if (arena != null && !shared) {
      arena.close();
    }
  }
}
