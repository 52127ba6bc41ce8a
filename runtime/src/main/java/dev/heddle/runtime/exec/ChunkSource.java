package dev.heddle.runtime.exec;

import dev.heddle.runtime.plan.ViewCost;
import dev.heddle.runtime.plan.WaterFilling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the work of one run, in units, to lanes that ask for it: one lane for each device that
 * takes part. Either every lane gets exactly its planned share, or the plan is corrected as it
 * goes: a part is held back and divided anew each time a lane comes back.
 */
final class ChunkSource {
  /** A range of units. */
  record Chunk(long begin, long end) {
    long units() {
      return end - begin;
    }
  }

  /** Of its share of the rest a lane takes this part at once, at most. */
  private static final double GREED = 0.7;

  /** It takes at least this part, however uneven the work, or there would be too many chunks. */
  private static final double LEAST_GREED = 0.1;

  /** What can be expected of a lane. */
  private enum Stand {
    /** It compiles; it will take work some time. */
    AWAITED,
    READY,
    /** It takes no more work. */
    RETIRED
  }

  private static final class Lane {
    private ViewCost cost;
    private final double predicted;
    private final long planned;
    private final long most;
    private final Deque<Chunk> reserved = new ArrayDeque<>();
    private Stand stand = Stand.AWAITED;
    private boolean started;
    private double busyUntil;

    Lane(ViewCost cost, long planned, long most) {
      this.cost = cost;
      this.planned = planned;
      this.most = most;
      this.predicted = cost.nanosPerUnit();
    }

    /** So small a part of a share that it ends with the others if it is as slow as may well be. */
    double trust() {
      return Math.max(LEAST_GREED, Math.exp(-2 * cost.sigma()));
    }

    /**
     * The cost by which its next chunk is cut: no less than predicted, since what was done fast may
     * have been the easy part of uneven work.
     */
    ViewCost cautious() {
      return cost.nanosPerUnit() >= predicted ? cost : withUnits(predicted);
    }

    void learn(Chunk chunk, double nanos) {
      double beyond = nanos - cost.fixedNanos();
      if (beyond > cost.fixedNanos()) {
        cost = withUnits(beyond / chunk.units());
      }
    }

    private ViewCost withUnits(double nanosPerUnit) {
      return new ViewCost(
          cost.fixedNanos(), 0, nanosPerUnit, cost.capacity(), cost.sigma(), cost.samples());
    }
  }

  private final List<Lane> lanes = new ArrayList<>();
  private final Deque<Chunk> pool = new ArrayDeque<>();
  private final boolean fixed;
  private final double heldBack;
  private long pooled;

  /**
   * @param fixed whether each lane gets its planned share and nothing else
   * @param heldBack the part of each share that is not given out at first
   */
  ChunkSource(boolean fixed, double heldBack) {
    this.fixed = fixed;
    this.heldBack = heldBack;
  }

  /**
   * Adds a lane; the lanes' shares lie side by side in the order in which they are added.
   *
   * @param planned its share
   * @param most units that it can take at once
   * @return its number
   */
  synchronized int add(ViewCost cost, long begin, long planned, long most) {
    Lane lane = new Lane(cost, planned, most);
    lanes.add(lane);
    if (planned > 0) {
      Chunk share = new Chunk(begin, begin + planned);
      if (fixed) {
        lane.reserved.add(share);
      } else {
        addToPool(share);
      }
    }
    return lanes.size() - 1;
  }

  /** The lane can start at any moment; before, it is not counted on. */
  synchronized void ready(int number) {
    lanes.get(number).stand = Stand.READY;
  }

  /** The lane asks for no more; what it left is divided among the others. */
  synchronized void retire(int number) {
    lanes.get(number).stand = Stand.RETIRED;
  }

  /** The next chunk for a lane; null if there is none for it. */
  synchronized @Nullable Chunk next(int number, double now) {
    Lane lane = lanes.get(number);
    Chunk own = lane.reserved.poll();
    if (own != null) {
      return limited(lane, own);
    }
    if (pooled == 0) {
      return null;
    }
    // with fixed shares the pool holds nothing but what failed lanes left
    long wanted = fixed ? shareOfRest(lane, now) : wanted(lane, now);
    return wanted == 0 ? null : take(number, Math.min(wanted, lane.most), now);
  }

  private Chunk limited(Lane lane, Chunk share) {
    if (share.units() <= lane.most) {
      return share;
    }
    lane.reserved.addFirst(new Chunk(share.begin() + lane.most, share.end()));
    return new Chunk(share.begin(), share.begin() + lane.most);
  }

  private long wanted(Lane lane, double now) {
    boolean first = !lane.started;
    lane.started = true;
    if (first && lane.planned > 0 && pooled >= outstanding() + lane.planned) {
      double part = heldBack == 0 ? 1 : Math.min(1 - heldBack, lane.trust());
      return Math.max(1, Math.round(lane.planned * part));
    }
    return shareOfRest(lane, now);
  }

  /** What the lanes that have not asked yet were promised. */
  private long outstanding() {
    long sum = 0;
    for (Lane lane : lanes) {
      sum += !lane.started && lane.stand == Stand.READY ? lane.planned : 0;
    }
    return sum;
  }

  private long shareOfRest(Lane lane, double now) {
    List<ViewCost> costs = new ArrayList<>(lanes.size());
    int position = -1;
    boolean awaited = false;
    for (Lane other : lanes) {
      awaited |= other.stand == Stand.AWAITED;
      if (other.stand == Stand.READY) {
        if (other == lane) {
          position = costs.size();
        }
        costs.add(
            other == lane ? lane.cautious() : other.cost.after(Math.max(0, other.busyUntil - now)));
      }
    }
    long share = WaterFilling.divide(costs, pooled)[position];
    if (share == 0) {
      return 0;
    }
    double least = 2 * lane.cost.fixedNanos() / lane.cost.nanosPerUnit();
    long greedy =
        (long) Math.ceil(Math.max(Math.min(GREED, lane.trust()) * share, Math.min(least, pooled)));
    boolean alone = costs.size() == 1 && !awaited;
    return alone ? pooled : Math.clamp(greedy, 1, pooled);
  }

  /** The last lane takes from the end, the others from the front, so that shares stay together. */
  private Chunk take(int number, long wanted, double now) {
    boolean back = number > 0 && number == lanes.size() - 1;
    Chunk range = back ? pool.removeLast() : pool.removeFirst();
    long units = Math.min(wanted, range.units());
    Chunk chunk =
        back
            ? new Chunk(range.end() - units, range.end())
            : new Chunk(range.begin(), range.begin() + units);
    if (units < range.units()) {
      if (back) {
        pool.addLast(new Chunk(range.begin(), chunk.begin()));
      } else {
        pool.addFirst(new Chunk(chunk.end(), range.end()));
      }
    }
    pooled -= units;
    Lane lane = lanes.get(number);
    lane.busyUntil = now + lane.cost.nanos(units);
    return chunk;
  }

  /** The lane did a chunk in that time; what remains is divided by what was measured. */
  synchronized void done(int number, Chunk chunk, double nanos) {
    lanes.get(number).learn(chunk, nanos);
  }

  /** The lane failed: what it was given and what was kept for it goes to others. */
  synchronized void failed(int number, List<Chunk> undone) {
    Lane lane = lanes.get(number);
    lane.stand = Stand.RETIRED;
    undone.forEach(this::addToPool);
    lane.reserved.forEach(this::addToPool);
    lane.reserved.clear();
  }

  /** Units that nobody has taken. */
  synchronized long remaining() {
    long sum = pooled;
    for (Lane lane : lanes) {
      for (Chunk chunk : lane.reserved) {
        sum += chunk.units();
      }
    }
    return sum;
  }

  private void addToPool(Chunk chunk) {
    Chunk last = pool.peekLast();
    if (last != null && last.end() == chunk.begin()) {
      pool.removeLast();
      pool.addLast(new Chunk(last.begin(), chunk.end()));
    } else {
      pool.addLast(chunk);
    }
    pooled += chunk.units();
  }
}
