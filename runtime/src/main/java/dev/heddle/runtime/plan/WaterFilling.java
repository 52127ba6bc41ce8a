package dev.heddle.runtime.plan;

import java.util.List;

/**
 * Divides work so that all who take part end together: the level T is raised until what each can do
 * within T adds up to the work. Floors and capacities make what each can do a step and a bend, so
 * the level is found by bisection rather than in closed form.
 */
public final class WaterFilling {
  private static final int BISECTIONS = 60;

  private WaterFilling() {}

  /**
   * The units for each view, whole numbers that add up to {@code units}, so that the longest time
   * is as short as whole units allow.
   *
   * @throws IllegalArgumentException if the capacities do not suffice
   */
  public static long[] divide(List<ViewCost> views, long units) {
    long[] shares = new long[views.size()];
    if (units == 0) {
      return shares;
    }
    double level = level(views, units);
    long sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (long) Math.min(views.get(i).unitsWithin(level), units);
      sum += shares[i];
    }
    while (sum > units) {
      sum -= trim(views, shares, sum - units);
    }
    while (sum < units) {
      sum += extend(views, shares);
    }
    return shares;
  }

  /** The predicted time of the whole. */
  public static double makespan(List<ViewCost> views, long[] shares) {
    double longest = 0;
    for (int i = 0; i < shares.length; i++) {
      longest = Math.max(longest, views.get(i).nanos(shares[i]));
    }
    return longest;
  }

  private static double level(List<ViewCost> views, long units) {
    double high = 1;
    while (unitsWithin(views, high) < units) {
      if (high > Double.MAX_VALUE / 4) {
        throw new IllegalArgumentException("no room for " + units + " units");
      }
      high *= 2;
    }
    double low = high / 2;
    for (int i = 0; i < BISECTIONS && low < high; i++) {
      double middle = (low + high) / 2;
      if (unitsWithin(views, middle) < units) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double unitsWithin(List<ViewCost> views, double level) {
    double sum = 0;
    for (int i = 0; i < views.size(); i++) {
      sum += views.get(i).unitsWithin(level);
    }
    return sum;
  }

  /** Takes units back from the view whose floor was just reached: giving less costs it nothing. */
  private static long trim(List<ViewCost> views, long[] shares, long excess) {
    int best = -1;
    double latest = -1;
    for (int i = 0; i < shares.length; i++) {
      double start = views.get(i).fixedNanos() + views.get(i).floorNanos();
      if (shares[i] > 0 && start > latest) {
        latest = start;
        best = i;
      }
    }
    long taken = Math.min(excess, shares[best]);
    shares[best] -= taken;
    return taken;
  }

  /** Gives the one unit that rounding left over to the view that ends first with it. */
  private static long extend(List<ViewCost> views, long[] shares) {
    int best = -1;
    double earliest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < shares.length; i++) {
      double end = views.get(i).nanos(shares[i] + 1);
      if (shares[i] < views.get(i).capacity() && end < earliest) {
        earliest = end;
        best = i;
      }
    }
    shares[best]++;
    return 1;
  }
}
