package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.CostClass;

/**
 * What one work-item does on average, for the cost model: operations and bytes, with trip counts
 * from the launch's real arguments.
 */
public interface WorkEstimate {
  /**
   * Operations of a class on values of at most 32 bits ({@code wide} false) or 64 bits. Integer
   * operations that only compute addresses are counted too.
   */
  double operations(CostClass cost, boolean wide);

  /** All operations. */
  double operations();

  /** Bytes that its loads from global and constant memory ask for, caches left aside. */
  double bytesRead(AccessClass access);

  /** Bytes that its stores to global memory write. */
  double bytesWritten(AccessClass access);

  /** Bytes that it moves to and from local memory and private arrays. */
  double bytesOnChip();

  /** Atomic operations. */
  double atomics();

  /** Barriers it waits at. */
  double barriers();

  /**
   * Different bytes of buffers that the whole launch touches, read and written: the least that has
   * to come through memory. A buffer touched at unknown places counts whole.
   */
  long footprint();

  /** Whether some trip count or branch depends on data, so that the counts are a guess. */
  boolean estimated();
}
