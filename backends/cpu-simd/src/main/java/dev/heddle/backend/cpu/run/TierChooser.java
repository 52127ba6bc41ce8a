package dev.heddle.backend.cpu.run;

import java.util.Arrays;

/**
 * Decides which tier does how much of the work, from how long both took per work-item. The vector
 * code is slow until the JVM has compiled it, so it first gets slices whose time is a small share
 * of the whole; when it is faster it takes over, and the scalar code gets the slices.
 *
 * <p>Every slice of a launch may run in either tier, since both give the same bits.
 */
final class TierChooser {
  /** Share of the time that samples of the slower tier may take. */
  private static final double WARMING_SHARE = 0.2;

  /** The same, after the vector tier had its chance to warm up. */
  private static final double SETTLED_SHARE = 0.005;

  /** Time in vector code after which it counts as warm. */
  private static final long WARM_NANOS = 2_000_000_000L;

  private static final long FREE_NANOS = 300_000;
  private static final double BETTER = 0.95;
  private static final int WINS = 3;
  private static final double OUTLIER = 3;

  private Tier leader = Tier.SCALAR;
  private final double[] itemNanos = new double[Tier.values().length];

  /** The same as far as other programs let it be: falls fast, rises slowly. */
  private final double[] undisturbed = new double[Tier.values().length];

  /** Since the vector tier began to warm up, or since it counts as warm. */
  private final long[] spentNanos = new long[Tier.values().length];

  private boolean warm;
  private int wins;

  /** The tier that does most of the work now. */
  synchronized Tier leader() {
    return leader;
  }

  /** Nanoseconds per work-item of the leading tier, on one thread; 0 if not known. */
  synchronized double leaderItemNanos() {
    return itemNanos[leader.ordinal()];
  }

  /**
   * The same on a thread that keeps its core, or for the lightest of work-items that differ: the
   * least that can be expected.
   */
  synchronized double leastItemNanos() {
    return undisturbed[leader.ordinal()];
  }

  /** Whether the other tier should run a slice now. */
  synchronized boolean samples() {
    Tier other = other();
    double share = warm || leader == Tier.VECTOR ? SETTLED_SHARE : WARMING_SHARE;
    return spentNanos[other.ordinal()] < FREE_NANOS + share * spentNanos[leader.ordinal()];
  }

  /** Takes note of time that a tier took without running work-items. */
  synchronized void spent(Tier tier, long nanos) {
    spentNanos[tier.ordinal()] += nanos;
  }

  synchronized Tier other() {
    return leader == Tier.SCALAR ? Tier.VECTOR : Tier.SCALAR;
  }

  /** Takes note of a slice, and changes the leader if the other tier was faster repeatedly. */
  synchronized void ran(Tier tier, long items, long nanos) {
    int index = tier.ordinal();
    double sample = (double) nanos / Math.max(1, items);
    if (itemNanos[index] > 0) {
      // a thread that lost its core for a while says little about the code
      sample = Math.min(sample, OUTLIER * itemNanos[index]);
    }
    itemNanos[index] =
        itemNanos[index] == 0 ? sample : itemNanos[index] + (sample - itemNanos[index]) * 0.2;
    noteUndisturbed(index, sample);
    spentNanos[index] += nanos;
    if (!warm && spentNanos[Tier.VECTOR.ordinal()] >= WARM_NANOS) {
      // it may yet be compiled on a busy machine: what it cost so far must not keep it out for long
      warm = true;
      Arrays.fill(spentNanos, 0);
    }
    if (tier == leader) {
      return;
    }
    double leading = itemNanos[leader.ordinal()];
    wins = leading > 0 && sample < BETTER * leading ? wins + 1 : 0;
    if (wins >= WINS) {
      leader = tier;
      itemNanos[index] = sample;
      undisturbed[index] = sample;
      wins = 0;
      if (tier == Tier.SCALAR) {
        // the JVM threw the vector code away, as it does when a way is taken for the first time
        warm = false;
        Arrays.fill(spentNanos, 0);
      }
    }
  }

  private void noteUndisturbed(int tier, double sample) {
    double known = undisturbed[tier];
    undisturbed[tier] =
        known == 0 ? sample : known + (sample - known) * (sample < known ? 0.5 : 0.02);
  }
}
