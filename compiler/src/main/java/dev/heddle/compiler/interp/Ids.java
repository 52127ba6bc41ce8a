package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Op;
import java.util.Arrays;
import java.util.List;

/** Answers the work-item queries of a kernel, for all items of a group at once. */
final class Ids {
  private final Grid grid;
  private final List<Op.Query> queries;
  private final Slots slots;

  /** Local ids along each dimension, for the sizes in {@link #shape}. */
  private final long[][] locals;

  private final int[] shape = new int[3];

  Ids(Grid grid, List<Op.Query> queries, Slots slots) {
    this.grid = grid;
    this.queries = List.copyOf(queries);
    this.slots = slots;
    this.locals = new long[][] {slots.fresh(), slots.fresh(), slots.fresh()};
  }

  void startGroup(long group) {
    reshape(group);
    for (Op.Query query : queries) {
      answer(query, group, slots.of(query.result()));
    }
  }

  private void reshape(long group) {
    int[] wanted = {grid.size(group, 0), grid.size(group, 1), grid.size(group, 2)};
    if (Arrays.equals(wanted, shape)) {
      return;
    }
    System.arraycopy(wanted, 0, shape, 0, shape.length);
    for (int item = 0; item < grid.items(group); item++) {
      locals[0][item] = item % shape[0];
      locals[1][item] = item / shape[0] % shape[1];
      locals[2][item] = item / shape[0] / shape[1];
    }
  }

  private void answer(Op.Query query, long group, long[] slot) {
    int d = query.dimension();
    InterpLaunch launch = grid.launch();
    switch (query.op()) {
      case GLOBAL_ID -> {
        long base = launch.offset()[d] + grid.group(group, d) * launch.local()[d];
        for (int i = 0; i < slot.length; i++) {
          slot[i] = base + locals[d][i];
        }
      }
      case LOCAL_ID -> System.arraycopy(locals[d], 0, slot, 0, slot.length);
      case GROUP_ID -> Arrays.fill(slot, grid.group(group, d));
      case GLOBAL_SIZE -> Arrays.fill(slot, launch.global()[d]);
      case LOCAL_SIZE -> Arrays.fill(slot, shape[d]);
      case GROUP_COUNT -> Arrays.fill(slot, launch.groupCount(d));
      case GLOBAL_OFFSET -> Arrays.fill(slot, launch.offset()[d]);
      case WORK_DIM -> Arrays.fill(slot, launch.dimensions());
    }
  }
}
