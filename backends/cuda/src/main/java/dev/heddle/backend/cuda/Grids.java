package dev.heddle.backend.cuda;

import dev.heddle.runtime.support.SubLaunch;
import java.util.ArrayList;
import java.util.List;

/** Cuts launches into grids no larger than the driver takes. */
final class Grids {
  /** Most groups along each dimension, on every device since compute capability 3.0. */
  private static final long[] MOST_GROUPS = {Integer.MAX_VALUE, 65535, 65535};

  private Grids() {}

  static List<SubLaunch> cut(List<SubLaunch> parts) {
    List<SubLaunch> grids = parts;
    for (int d = 0; d < 3; d++) {
      List<SubLaunch> cut = new ArrayList<>();
      for (SubLaunch part : grids) {
        cut(part, d, cut);
      }
      grids = cut;
    }
    return grids;
  }

  private static void cut(SubLaunch part, int d, List<SubLaunch> to) {
    long groups = part.global()[d] / part.local()[d];
    for (long at = 0; at < groups; at += MOST_GROUPS[d]) {
      long count = Math.min(MOST_GROUPS[d], groups - at);
      to.add(
          new SubLaunch(
              part.dimensions(),
              with(part.firstItem(), d, part.firstItem()[d] + at * part.local()[d]),
              part.endItem(),
              with(part.firstGroup(), d, part.firstGroup()[d] + at),
              with(part.global(), d, count * part.local()[d]),
              part.local()));
    }
  }

  private static long[] with(long[] values, int d, long value) {
    long[] changed = values.clone();
    changed[d] = value;
    return changed;
  }

  /** Groups along each dimension. */
  static int[] groups(SubLaunch part) {
    int[] groups = new int[3];
    for (int d = 0; d < 3; d++) {
      groups[d] = Math.toIntExact(part.global()[d] / part.local()[d]);
    }
    return groups;
  }

  static int[] groupSize(SubLaunch part) {
    int[] size = new int[3];
    for (int d = 0; d < 3; d++) {
      size[d] = Math.toIntExact(part.local()[d]);
    }
    return size;
  }
}
