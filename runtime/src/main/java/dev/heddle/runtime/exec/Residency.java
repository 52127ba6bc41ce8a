package dev.heddle.runtime.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which bytes of one buffer are valid in which places. A place is the host's memory (number {@link
 * #HOST}) or a device's own memory; devices that share the host's memory have no place of their
 * own.
 *
 * <p>The bytes are cut into ranges; neighbours differ in where they are valid. Not safe for use
 * from several threads; the owner of the buffer guards it.
 */
public final class Residency {
  /** The host's memory. */
  public static final int HOST = 0;

  /** Most places there can be. */
  public static final int MAX_PLACES = Long.SIZE;

  /** How a byte stands at a place. */
  public enum State {
    /** Out of date, or never there. */
    INVALID,
    /** Valid here and elsewhere. */
    SHARED,
    /** Valid here alone. */
    MODIFIED,
    /** Valid nowhere: the place that had it is gone. */
    LOST
  }

  /** The bytes from {@code begin} to {@code end}, and a bit for each place where they are valid. */
  private record Piece(long begin, long end, long places) {}

  /** Bytes to copy; {@code from} is a place where they are valid. */
  public record Copy(int from, long begin, long end) {
    public long bytes() {
      return end - begin;
    }
  }

  private final long bytes;
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();
  private long version;

  /** A buffer of that size, valid on the host alone. */
  public Residency(long bytes) {
    this.bytes = bytes;
    if (bytes > 0) {
      pieces.put(0L, new Piece(0, bytes, bit(HOST)));
    }
  }

  public long bytes() {
    return bytes;
  }

  /** Grows with every write. */
  public long version() {
    return version;
  }

  /** Number of ranges it is cut into. */
  public int pieces() {
    return pieces.size();
  }

  /** Whether every byte is valid there. */
  public boolean validAt(int place) {
    if (pieces.size() == 1) {
      return (pieces.firstEntry().getValue().places() & bit(place)) != 0;
    }
    return pieces.values().stream().allMatch(piece -> (piece.places() & bit(place)) != 0);
  }

  /** How the byte at {@code offset} stands there. */
  public State state(int place, long offset) {
    long places = pieces.floorEntry(offset).getValue().places();
    if (places == 0) {
      return State.LOST;
    }
    if ((places & bit(place)) == 0) {
      return State.INVALID;
    }
    return places == bit(place) ? State.MODIFIED : State.SHARED;
  }

  /** Whether any byte of the range is valid nowhere. */
  public boolean anyLost(long begin, long end) {
    return within(begin, end).stream().anyMatch(piece -> piece.places() == 0);
  }

  /**
   * What must be copied to {@code place} to make the range valid there. Bytes that are lost are not
   * among it. The host is preferred as a source.
   */
  public List<Copy> missing(int place, long begin, long end) {
    List<Copy> copies = new ArrayList<>();
    for (Piece piece : within(begin, end)) {
      if ((piece.places() & bit(place)) != 0 || piece.places() == 0) {
        continue;
      }
      add(copies, new Copy(Long.numberOfTrailingZeros(piece.places()), piece.begin, piece.end));
    }
    return copies;
  }

  /** Number of bytes of the range that are not valid there. */
  public long missingBytes(int place, long begin, long end) {
    if (pieces.size() == 1 && validAt(place)) {
      return 0;
    }
    long sum = 0;
    for (Piece piece : within(begin, end)) {
      if ((piece.places() & bit(place)) == 0) {
        sum += piece.end - piece.begin;
      }
    }
    return sum;
  }

  /** The range was copied to {@code place}: it is valid there, too. */
  public void copied(int place, long begin, long end) {
    replace(begin, end, piece -> piece.places() | bit(place));
  }

  /** The range was written at {@code place}: it is valid there alone. */
  public void written(int place, long begin, long end) {
    version++;
    if (!onlyAt(place)) {
      replace(begin, end, piece -> bit(place));
    }
  }

  /** Whether every byte is valid there and nowhere else. */
  public boolean onlyAt(int place) {
    return pieces.size() == 1 && pieces.firstEntry().getValue().places() == bit(place);
  }

  /** What {@code place} has of the range is gone. */
  public void dropped(int place, long begin, long end) {
    replace(begin, end, piece -> piece.places() & ~bit(place));
  }

  private interface Change {
    long places(Piece piece);
  }

  private void replace(long begin, long end, Change change) {
    if (begin >= end) {
      return;
    }
    cut(begin);
    cut(end);
    List<Piece> inside = List.copyOf(pieces.subMap(begin, true, end, false).values());
    for (Piece piece : inside) {
      pieces.put(piece.begin, new Piece(piece.begin, piece.end, change.places(piece)));
    }
    join(begin, end);
  }

  private void cut(long at) {
    if (at <= 0 || at >= bytes) {
      return;
    }
    Piece piece = pieces.floorEntry(at).getValue();
    if (piece.begin == at) {
      return;
    }
    pieces.put(piece.begin, new Piece(piece.begin, at, piece.places));
    pieces.put(at, new Piece(at, piece.end, piece.places));
  }

  /** Joins equal neighbours in the range and at its borders. */
  private void join(long begin, long end) {
    Map.Entry<Long, Piece> entry = pieces.lowerEntry(begin);
    if (entry == null) {
      entry = pieces.firstEntry();
    }
    while (entry != null) {
      Map.Entry<Long, Piece> next = pieces.higherEntry(entry.getKey());
      if (next == null || next.getKey() > end) {
        return;
      }
      Piece piece = entry.getValue();
      if (next.getValue().places() == piece.places()) {
        pieces.remove(next.getKey());
        pieces.put(piece.begin, new Piece(piece.begin, next.getValue().end(), piece.places));
        entry = pieces.floorEntry(piece.begin);
      } else {
        entry = next;
      }
    }
  }

  private List<Piece> within(long begin, long end) {
    if (begin >= end) {
      return List.of();
    }
    List<Piece> found = new ArrayList<>();
    Long first = pieces.floorKey(begin);
    for (Piece piece : pieces.subMap(first, true, end, false).values()) {
      found.add(new Piece(Math.max(begin, piece.begin), Math.min(end, piece.end), piece.places));
    }
    return found;
  }

  private static void add(List<Copy> copies, Copy copy) {
    if (!copies.isEmpty()) {
      Copy last = copies.getLast();
      if (last.from() == copy.from() && last.end() == copy.begin()) {
        copies.set(copies.size() - 1, new Copy(last.from(), last.begin(), copy.end()));
        return;
      }
    }
    copies.add(copy);
  }

  private static long bit(int place) {
    return 1L << place;
  }
}
