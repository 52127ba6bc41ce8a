package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which accesses the barriers keep apart. All work-items of a work-group pass the same barriers in
 * the same order; two accesses can be simultaneous only if both are reached from one barrier, or
 * both from the start, without crossing another.
 *
 * <p>This holds only where all work-items come to every barrier together; where a barrier stands in
 * divergent control flow, nothing is kept apart.
 */
final class Phases {
  private static final int MOST_LOOPS = 12;
  private static final int MOST_STEPS = 64;

  /**
   * How a place is reached: from which barrier (0 is the start), and which loops have started
   * another trip since, a bit each.
   */
  private record Step(int barrier, long restarted) {}

  private static final class Ways {
    final Set<Step> continues = new HashSet<>();
    final Set<Step> breaks = new HashSet<>();
  }

  private final Uniformity uniformity;
  private final Predicate<Op.Barrier> orders;
  private final Map<Op, Integer> barriers = new IdentityHashMap<>();
  private final Map<Integer, Integer> bits = new HashMap<>();
  private final Map<Integer, Ways> ways = new HashMap<>();
  private final Map<Op, Set<Step>> reached = new IdentityHashMap<>();
  private final Map<Op, List<Integer>> around = new IdentityHashMap<>();
  private final Set<Integer> divergent = new HashSet<>();
  private final Set<Integer> withoutBarrier = new HashSet<>();
  private final boolean known;

  /**
   * @param uniformity over the work-group
   * @param orders the barriers that order accesses of the memory in question
   */
  Phases(Region body, Uniformity uniformity, Predicate<Op.Barrier> orders) {
    this.uniformity = uniformity;
    this.orders = orders;
    boolean together = scan(body, List.of(), true);
    // without a barrier nothing is kept apart, and no step needs to be followed
    known = together && !barriers.isEmpty() && bits.size() <= MOST_LOOPS;
    if (known) {
      walk(body, Set.of(new Step(0, 0)));
    }
  }

  /**
   * In which ways two accesses may be simultaneous: for each, the labels of the loops around both
   * of which both work-items then execute the same trip. Empty if barriers keep them apart.
   */
  Set<Set<Integer>> meetings(Op first, Op second) {
    Set<Step> mine = reached.get(first);
    Set<Step> theirs = reached.get(second);
    if (!known || mine == null || theirs == null) {
      return Set.of(Set.of());
    }
    if (mine.size() > MOST_STEPS || theirs.size() > MOST_STEPS) {
      return Set.of(Set.of());
    }
    Set<Set<Integer>> meetings = new HashSet<>();
    for (Step a : mine) {
      for (Step b : theirs) {
        if (a.barrier() == b.barrier()) {
          meetings.add(sameTrips(first, second, a.restarted() ^ b.restarted(), a.restarted()));
        }
      }
    }
    return meetings;
  }

  /** The loops around both of which both work-items are in the same trip, from the outside in. */
  private Set<Integer> sameTrips(Op first, Op second, long differ, long restarted) {
    Set<Integer> same = new HashSet<>();
    List<Integer> loops = around.getOrDefault(first, List.of());
    List<Integer> others = around.getOrDefault(second, List.of());
    for (int i = 0; i < Math.min(loops.size(), others.size()); i++) {
      int label = loops.get(i);
      long bit = 1L << bits.getOrDefault(label, 0);
      boolean oneTrip = (restarted & bit) == 0 || !withoutBarrier.contains(label);
      if (label != others.get(i) || divergent.contains(label) || (differ & bit) != 0 || !oneTrip) {
        break;
      }
      same.add(label);
    }
    return same;
  }

  /** Numbers barriers and loops; whether every barrier is reached by all together. */
  private boolean scan(Region region, List<Integer> outer, boolean together) {
    boolean all = true;
    for (Op op : region.ops()) {
      around.put(op, outer);
      switch (op) {
        case Op.Barrier barrier -> {
          all &= together;
          if (orders.test(barrier)) {
            barriers.put(op, barriers.size() + 1);
          }
        }
        case Op.If branch -> {
          boolean one = together && !uniformity.divergent(branch);
          all &= scan(branch.thenRegion(), outer, one) & scan(branch.elseRegion(), outer, one);
        }
        case Op.Loop loop -> {
          bits.put(loop.label(), bits.size());
          if (new FreeWays().restarts(loop)) {
            withoutBarrier.add(loop.label());
          }
          if (uniformity.divergent(loop)) {
            divergent.add(loop.label());
          }
          List<Integer> inner = new ArrayList<>(outer);
          inner.add(loop.label());
          all &= scan(loop.body(), inner, together && !uniformity.divergent(loop));
        }
        default -> {}
      }
    }
    return all;
  }

  /** How the end of the region is reached, if it yields. */
  private Set<Step> walk(Region region, Set<Step> start) {
    Set<Step> now = start;
    for (Op op : region.ops()) {
      if (now.isEmpty()) {
        return now;
      }
      now = walk(op, now);
    }
    if (now.isEmpty()) {
      return now;
    }
    switch (region.terminator()) {
      case Terminator.Continue next -> ways(next.label()).continues.addAll(now);
      case Terminator.Break out -> ways(out.label()).breaks.addAll(now);
      case Terminator.Return end -> {}
      case Terminator.Yield yield -> {
        return now;
      }
    }
    return Set.of();
  }

  private Set<Step> walk(Op op, Set<Step> now) {
    return switch (op) {
      case Op.If branch -> {
        Set<Step> joined = new HashSet<>(walk(branch.thenRegion(), now));
        joined.addAll(walk(branch.elseRegion(), now));
        yield joined;
      }
      case Op.Loop loop -> walk(loop, now);
      case Op.Barrier barrier when barriers.containsKey(op) ->
          Set.of(new Step(barriers.get(op), 0));
      default -> {
        reached.computeIfAbsent(op, key -> new HashSet<>()).addAll(now);
        yield now;
      }
    };
  }

  private Set<Step> walk(Op.Loop loop, Set<Step> start) {
    long bit = 1L << bits.getOrDefault(loop.label(), 0);
    Ways ends = ways(loop.label());
    Set<Step> now = new HashSet<>();
    start.forEach(step -> now.add(new Step(step.barrier(), step.restarted() & ~bit)));
    int before;
    do {
      before = now.size();
      walk(loop.body(), Set.copyOf(now));
      ends.continues.forEach(step -> now.add(new Step(step.barrier(), step.restarted() | bit)));
    } while (now.size() > before);
    return Set.copyOf(ends.breaks);
  }

  private Ways ways(int label) {
    return ways.computeIfAbsent(label, key -> new Ways());
  }

  /** Finds the ways through a region that cross no barrier. */
  private final class FreeWays {
    private final Set<Integer> continued = new HashSet<>();
    private final Set<Integer> left = new HashSet<>();

    /** Whether the next trip may start without a barrier since the last. */
    boolean restarts(Op.Loop loop) {
      through(loop.body());
      return continued.contains(loop.label());
    }

    private boolean through(Region region) {
      for (Op op : region.ops()) {
        if (!through(op)) {
          return false;
        }
      }
      switch (region.terminator()) {
        case Terminator.Continue next -> continued.add(next.label());
        case Terminator.Break out -> left.add(out.label());
        case Terminator.Return end -> {}
        case Terminator.Yield yield -> {
          return true;
        }
      }
      return false;
    }

    private boolean through(Op op) {
      return switch (op) {
        case Op.Barrier barrier -> !orders.test(barrier);
        case Op.If branch -> through(branch.thenRegion()) | through(branch.elseRegion());
        case Op.Loop loop -> {
          through(loop.body());
          yield left.contains(loop.label());
        }
        default -> true;
      };
    }
  }
}
