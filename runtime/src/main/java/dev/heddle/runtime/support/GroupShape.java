package dev.heddle.runtime.support;

import dev.heddle.runtime.spi.Launch;

/** Chooses work-group sizes for kernels that can't see them. */
public final class GroupShape {
  private static final long LARGE = 256;
  private static final long SMALL = 32;

  private GroupShape() {}

  /**
   * Few different sizes, since drivers compile for each anew: large groups where that leaves enough
   * of them for all compute units, else small ones; as long along the first dimension as fits.
   */
  public static long[] choose(Launch launch, int computeUnits, long maxGroup) {
    return choose(launch, computeUnits, maxGroup, LARGE);
  }

  /**
   * @param large the size of large groups
   */
  public static long[] choose(Launch launch, int computeUnits, long maxGroup, long large) {
    long items =
        SubLaunch.items(launch, 0) * SubLaunch.items(launch, 1) * SubLaunch.items(launch, 2);
    long room = Math.min(maxGroup, items >= large * computeUnits * 4 ? large : SMALL);
    long[] local = new long[3];
    for (int d = 0; d < 3; d++) {
      local[d] = Math.min(Long.highestOneBit(room), fitting(SubLaunch.items(launch, d)));
      room /= local[d];
    }
    return local;
  }

  /** The smallest power of two that is not less than {@code items}. */
  private static long fitting(long items) {
    return items <= 1 ? 1 : Long.highestOneBit(items - 1) << 1;
  }
}
