package dev.heddle.compiler.interp;

import dev.heddle.compiler.interp.RaceDetector.Accessor;
import dev.heddle.compiler.ir.Op;
import org.jspecify.annotations.Nullable;

/**
 * Who made one kind of access to each of some bytes. Two different items are kept for a byte, which
 * is enough to find every conflict: a barrier orders a group's own earlier accesses, nothing orders
 * those of another group, and groups run one after the other.
 */
final class AccessTrack {
  private static final int KEPT = 2;
  private static final int NONE = -1;

  /** The linear id of the group plus one, 0 for nobody. */
  private final long[] groups;

  private final int[] items;
  private final int[] epochs;
  private final @Nullable Op[] ops;

  AccessTrack(int cells) {
    groups = new long[KEPT * cells];
    items = new int[KEPT * cells];
    epochs = new int[KEPT * cells];
    ops = new Op[KEPT * cells];
  }

  /**
   * Where somebody else is kept whose access nothing orders before this one; negative if nowhere.
   */
  int conflict(int cell, Accessor me) {
    int first = KEPT * cell;
    if (conflictsWith(first, me)) {
      return first;
    }
    return conflictsWith(first + 1, me) ? first + 1 : NONE;
  }

  /** Records an access. */
  void add(int cell, Accessor me) {
    int first = KEPT * cell;
    if (!conflictsWith(first, me)) {
      set(first, me);
    } else if (!conflictsWith(first + 1, me)) {
      set(first + 1, me);
    }
  }

  long group(int place) {
    return groups[place] - 1;
  }

  int item(int place) {
    return items[place];
  }

  Op op(int place) {
    Op op = ops[place];
    if (op == null) {
      throw new IllegalStateException("nobody is kept at " + place);
    }
    return op;
  }

  private boolean conflictsWith(int place, Accessor me) {
    if (groups[place] == 0) {
      return false;
    }
    if (groups[place] != me.group() + 1) {
      return true;
    }
    return epochs[place] == me.epoch() && items[place] != me.item();
  }

  private void set(int place, Accessor me) {
    groups[place] = me.group() + 1;
    items[place] = me.item();
    epochs[place] = me.epoch();
    ops[place] = me.op();
  }
}
