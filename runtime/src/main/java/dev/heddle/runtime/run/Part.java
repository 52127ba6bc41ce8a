package dev.heddle.runtime.run;

/**
 * Some of the work-items of a launch: those from {@code begin} to {@code end} (exclusive) along the
 * dimension in which it may be split, counted from 0 whatever the range's offset.
 */
public record Part(long begin, long end) {
  public Part {
    if (begin < 0 || end < begin) {
      throw RunException.usage("a part can't go from " + begin + " to " + end);
    }
  }

  /** Number of work-items along the dimension. */
  public long size() {
    return end - begin;
  }
}
