package dev.heddle.testkit.ptx;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The global memory of a simulated device. Fresh memory holds garbage, and a kernel that reads it
 * is stopped. Allocations are 256 bytes apart at least, so that small steps out of one are seen.
 */
public final class DeviceMemory {
  private static final long FIRST = 0x7F00_0000_0000L;
  private static final int ALIGNMENT = 256;

  private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
  private long next = FIRST;
  private long launches;
  private long mapped;

  /**
   * The address of that many fresh bytes.
   *
   * @throws IllegalArgumentException for a size that is not positive or above what an array holds
   */
  public synchronized long allocate(long bytes) {
    if (bytes <= 0 || bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(bytes + " bytes");
    }
    long address = next;
    segments.put(address, new Segment(address, (int) bytes));
    next += (bytes + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return address;
  }

  /**
   * Gives an allocation back; later accesses to it are faults.
   *
   * @throws IllegalArgumentException if nothing was allocated there
   */
  public synchronized void free(long address) {
    if (segments.remove(address) == null) {
      throw new IllegalArgumentException("free of 0x" + Long.toHexString(address));
    }
  }

  /** Shows host memory to kernels, at the address returned, until it is freed. */
  public synchronized long map(MemorySegment host) {
    long address = next;
    segments.put(address, Segment.mapped(address, host));
    mapped += host.byteSize();
    next += (host.byteSize() + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return address;
  }

  /** Ends {@link #map}. */
  public synchronized void unmap(long address) {
    Segment segment = Objects.requireNonNull(segments.get(address));
    free(address);
    mapped -= segment.size();
  }

  /** Bytes allocated. */
  public synchronized long used() {
    return segments.values().stream().mapToLong(Segment::size).sum() - mapped;
  }

  /** Whether those bytes lie in one allocation. */
  public boolean holds(long address, long bytes) {
    return bytes <= Integer.MAX_VALUE && find(address, (int) bytes) != null;
  }

  /** Copies bytes in. */
  public void write(long address, byte[] bytes) {
    write(address, MemorySegment.ofArray(bytes));
  }

  /** Copies bytes in. */
  public void write(long address, MemorySegment bytes) {
    need(address, (int) bytes.byteSize()).put(address, bytes);
  }

  /** Sets bytes. */
  public void fill(long address, byte value, int count) {
    need(address, count).fill(address, value, count);
  }

  /** Copies bytes out. */
  public byte[] read(long address, int count) {
    byte[] bytes = new byte[count];
    read(address, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Copies bytes out. */
  public void read(long address, MemorySegment to) {
    need(address, (int) to.byteSize()).get(address, to);
  }

  private Segment need(long address, int bytes) {
    Segment segment = find(address, bytes);
    if (segment == null) {
      throw new IllegalArgumentException(
          bytes + " bytes at 0x" + Long.toHexString(address) + " are in no allocation");
    }
    return segment;
  }

  @Nullable Segment find(long address, int bytes) {
    Map.Entry<Long, Segment> below = segments.floorEntry(address);
    return below != null && below.getValue().contains(address, bytes) ? below.getValue() : null;
  }

  synchronized long startLaunch() {
    return ++launches;
  }
}
