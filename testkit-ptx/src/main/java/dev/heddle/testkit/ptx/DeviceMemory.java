package dev.heddle.testkit.ptx;

import java.util.Map;
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

  /** Bytes in use. */
  public synchronized long used() {
    return segments.values().stream().mapToLong(Segment::size).sum();
  }

  /** Whether those bytes lie in one allocation. */
  public boolean holds(long address, long bytes) {
    Segment segment = bytes > Integer.MAX_VALUE ? null : find(address, (int) bytes);
    return segment != null;
  }

  /** Copies bytes in. */
  public void write(long address, byte[] bytes) {
    write(address, bytes, 0, bytes.length);
  }

  /** Copies some of the bytes in. */
  public void write(long address, byte[] bytes, int from, int count) {
    need(address, count).put(address, bytes, from, count);
  }

  /** Sets bytes. */
  public void fill(long address, byte value, int count) {
    need(address, count).fill(address, value, count);
  }

  /** Copies bytes out. */
  public byte[] read(long address, int count) {
    byte[] bytes = new byte[count];
    need(address, count).get(address, bytes, 0, count);
    return bytes;
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
