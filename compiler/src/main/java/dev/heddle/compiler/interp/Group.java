package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.InterpResult.Item;

/** The work-group being run. */
final class Group {
  private final Grid grid;
  private long linear;
  private int localEpoch;
  private int globalEpoch;

  Group(Grid grid) {
    this.grid = grid;
  }

  void start(long newLinear) {
    linear = newLinear;
    localEpoch = 0;
    globalEpoch = 0;
  }

  /** All items that have not returned have passed a barrier that fences these spaces. */
  void passedBarrier(boolean local, boolean global) {
    localEpoch += local ? 1 : 0;
    globalEpoch += global ? 1 : 0;
  }

  long linear() {
    return linear;
  }

  /** How many barriers have ordered accesses to local memory so far. */
  int localEpoch() {
    return localEpoch;
  }

  /** How many barriers have ordered accesses to global memory so far. */
  int globalEpoch() {
    return globalEpoch;
  }

  Grid grid() {
    return grid;
  }

  Item item(int item) {
    return grid.item(linear, item);
  }
}
