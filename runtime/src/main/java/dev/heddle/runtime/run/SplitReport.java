package dev.heddle.runtime.run;

import java.util.List;

/**
 * Whether and how the range may be split across devices.
 *
 * @param dimension along which it is split (or would best be); -1 where it may not be
 * @param proven whether splitting along {@code dimension} is proven safe
 * @param reasons what was proven, or what forbids it; one sentence each
 */
public record SplitReport(int dimension, boolean proven, List<String> reasons) {
  private static final String[] AXES = {"x", "y", "z"};

  public SplitReport {
    reasons = List.copyOf(reasons);
  }

  /** The dimension as {@code x}, {@code y}, {@code z} or {@code -}. */
  public String axis() {
    return dimension < 0 ? "-" : AXES[dimension];
  }
}
