package dev.heddle.backend.cpu.code;

/**
 * The layout of the memory that generated code records faults in. At 0: an I64, set to 1 by the
 * first fault. Then one entry per fault site; code fills an entry that is not filled and leaves one
 * that is. Threads go through their work-items in ascending order, so the entry holds the lowest.
 */
public final class FaultBlock {
  public static final int ANY = 0;

  /** In an entry: 1 if it is filled. */
  public static final int FILLED = 0;

  /** In an entry: byte offset of the access; 0 for a division. */
  public static final int OFFSET = 8;

  /** In an entry: the global id (offset included) of the work-item along x. */
  public static final int X = 16;

  public static final int Y = 24;
  public static final int Z = 32;
  private static final int ENTRY = 40;

  private FaultBlock() {}

  /** Offset of a site's entry in the block. */
  public static long entry(int site) {
    return 8 + (long) ENTRY * site;
  }

  /** Size of a block. */
  public static long bytes(int sites) {
    return entry(sites);
  }

  /** Fills the entry of {@code site} in the block at {@code block}, unless it is filled. */
  public static void record(long block, int site, long offset, long x, long y, long z) {
    long entry = block + entry(site);
    if (Memory.i64(entry + FILLED) != 0) {
      return;
    }
    Memory.i64(block + ANY, 1L);
    Memory.i64(entry + FILLED, 1L);
    Memory.i64(entry + OFFSET, offset);
    Memory.i64(entry + X, x);
    Memory.i64(entry + Y, y);
    Memory.i64(entry + Z, z);
  }
}
