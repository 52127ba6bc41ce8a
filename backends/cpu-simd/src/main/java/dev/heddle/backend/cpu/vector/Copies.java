package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.Definitions;
import dev.heddle.backend.cpu.group.PrivateLayout;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;

/**
 * How many vectors of work-items the main code of a unit goes through at once. Several have more
 * loads and sums in flight, share what is uniform, and are guarded by one test. Code under a
 * varying condition is emitted for one vector after the other; lanes that leave it for good, or for
 * different places, would part the vectors, so then there is one alone.
 */
final class Copies {
  private static final int MOST = 4;

  /** Vectors of a work-group that goes through barriers as one. */
  private static final int MOST_TOGETHER = 16;

  /** Operations on vectors that main code may have in all. */
  private static final int MOST_OPS = 96;

  /** Registers that broadcast scalars and single steps take. */
  private static final int RESERVED = 2;

  /** The same where lanes leave a loop at different times, and wait for the last. */
  private static final int MOST_WAITING = 2;

  private final Unit unit;
  private final LaneShapes shapes;
  private int ops;
  private boolean waits;

  private Copies(Unit unit, LaneShapes shapes) {
    this.unit = unit;
    this.shapes = shapes;
  }

  /** Number of vectors that the unit's code can take at once, whether that pays or not. */
  static int most(Unit unit, LaneShapes shapes) {
    Copies copies = new Copies(unit, shapes);
    return copies.staysTogether(unit.function().body()) ? Math.min(MOST, copies.mostByMemory()) : 1;
  }

  /** Number of vectors that are worth it. */
  static int of(Unit unit, LaneShapes shapes) {
    Copies copies = new Copies(unit, shapes);
    if (!copies.staysTogether(unit.function().body())) {
      return 1;
    }
    Pressure pressure = new Pressure(unit.function(), shapes);
    int registers = Kind.lanes() >= 16 ? 32 : 16;
    int free = registers - RESERVED - pressure.shared();
    int most = Math.min(copies.waits ? MOST_WAITING : MOST, copies.mostByMemory());
    while (most > 1 && (most * pressure.live() > free || most * copies.ops > MOST_OPS)) {
      most /= 2;
    }
    return most;
  }

  /** Whether all the work-items of a group can go through the unit's barriers as one. */
  static boolean allowsTogether(Unit unit, LaneShapes shapes) {
    Copies copies = new Copies(unit, shapes);
    return unit.together() % Kind.lanes() == 0
        && unit.together() / Kind.lanes() <= Math.min(MOST_TOGETHER, copies.mostByMemory())
        && copies.staysTogether(unit.function().body());
  }

  /** Private memory of units that choose their own slots has room for so many. */
  private int mostByMemory() {
    return unit.stateful() || unit.privates().arrays().isEmpty()
        ? Integer.MAX_VALUE
        : PrivateLayout.FREE_CAPACITY / Kind.lanes();
  }

  /** Whether the vectors go through the region together; counts its operations. */
  private boolean staysTogether(Region region) {
    for (Op op : region.ops()) {
      boolean stays =
          switch (op) {
            case Op.If branch ->
                shapes.of(branch.condition()).varying()
                    ? isClosed(branch.thenRegion()) && isClosed(branch.elseRegion())
                    : staysTogether(branch.thenRegion()) && staysTogether(branch.elseRegion());
            case Op.Loop loop -> shapes.masked(loop) ? isClosed(loop) : staysTogether(loop.body());
            default -> true;
          };
      if (!stays) {
        return false;
      }
      count(op);
    }
    return true;
  }

  private boolean isClosed(Region region) {
    return !Leaves.any(region) && isEmittedAlone(region);
  }

  private boolean isClosed(Op.Loop loop) {
    waits = true;
    return !Leaves.beyond(loop) && isEmittedAlone(loop.body());
  }

  /** Whether code may be emitted for one vector after the other; counts its operations. */
  private boolean isEmittedAlone(Region region) {
    for (Op op : region.ops()) {
      boolean joins = op instanceof Op.Barrier || shapes.speculated(op);
      if (joins || !Definitions.regions(op).stream().allMatch(this::isEmittedAlone)) {
        return false;
      }
      count(op);
    }
    return true;
  }

  private void count(Op op) {
    boolean vector =
        op instanceof Op.Store
            || op.results().stream().anyMatch(result -> shapes.of(result).varying());
    ops += vector ? 1 : 0;
  }
}
