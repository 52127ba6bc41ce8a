package dev.heddle.runtime.support;

import dev.heddle.runtime.spi.Launch;
import java.util.ArrayList;
import java.util.List;

/**
 * One NDRange for the driver, whose local size divides its global size. A launch becomes several
 * where work-groups at its end are smaller than the others.
 *
 * @param firstItem global id of the first work-item, along each dimension
 * @param endItem one past the last global id; the items beyond it only fill up their group
 * @param firstGroup number of the first work-group
 * @param global work-items that the driver is to start
 */
public record SubLaunch(
    int dimensions,
    long[] firstItem,
    long[] endItem,
    long[] firstGroup,
    long[] global,
    long[] local) {
  private record Part(long firstItem, long items, long firstGroup, long local) {}

  /**
   * For a kernel that can see its groups: the groups as they are, those cut short at the end of a
   * dimension apart.
   */
  public static List<SubLaunch> ofGroups(Launch launch) {
    List<SubLaunch> all = new ArrayList<>();
    for (Part z : parts(launch, 2)) {
      for (Part y : parts(launch, 1)) {
        for (Part x : parts(launch, 0)) {
          all.add(of(launch.range().dimensions(), x, y, z));
        }
      }
    }
    return all;
  }

  private static SubLaunch of(int dimensions, Part x, Part y, Part z) {
    return new SubLaunch(
        dimensions,
        new long[] {x.firstItem, y.firstItem, z.firstItem},
        new long[] {x.firstItem + x.items, y.firstItem + y.items, z.firstItem + z.items},
        new long[] {x.firstGroup, y.firstGroup, z.firstGroup},
        new long[] {x.items, y.items, z.items},
        new long[] {x.local, y.local, z.local});
  }

  private static List<Part> parts(Launch launch, int d) {
    Launch.Range range = launch.range();
    long local = range.local()[d];
    long begin = launch.groupBegin()[d];
    long end = launch.groupEnd()[d];
    long whole = Math.min(end, range.global()[d] / local);
    List<Part> parts = new ArrayList<>(2);
    if (begin < whole) {
      parts.add(new Part(range.offset()[d] + begin * local, (whole - begin) * local, begin, local));
    }
    long cut = Math.max(begin, whole);
    if (cut < end) {
      long rest = range.global()[d] % local;
      parts.add(new Part(range.offset()[d] + cut * local, rest, cut, rest));
    }
    return parts;
  }

  /** For a kernel that can't see its groups: groups of {@code local}, the last ones filled up. */
  public static SubLaunch ofItems(Launch launch, long[] local) {
    Launch.Range range = launch.range();
    long[] first = new long[3];
    long[] end = new long[3];
    long[] global = new long[3];
    for (int d = 0; d < 3; d++) {
      long begin = launch.groupBegin()[d] * range.local()[d];
      long items = Math.min(launch.groupEnd()[d] * range.local()[d], range.global()[d]) - begin;
      first[d] = range.offset()[d] + begin;
      end[d] = first[d] + items;
      global[d] = Math.ceilDiv(items, local[d]) * local[d];
    }
    return new SubLaunch(range.dimensions(), first, end, new long[3], global, local);
  }

  /** Number of work-items along a dimension that do something. */
  public static long items(Launch launch, int d) {
    Launch.Range range = launch.range();
    long begin = launch.groupBegin()[d] * range.local()[d];
    return Math.min(launch.groupEnd()[d] * range.local()[d], range.global()[d]) - begin;
  }

  public static boolean isEmpty(Launch launch) {
    for (int d = 0; d < 3; d++) {
      if (launch.groupBegin()[d] >= launch.groupEnd()[d] || items(launch, d) <= 0) {
        return true;
      }
    }
    return false;
  }
}
