package dev.heddle.runtime.exec;

import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import java.util.List;
import java.util.Optional;

/**
 * Chooses work-group sizes. Where the kernel can see its groups, the choice depends on the kernel
 * and the global size alone, so that every device and every split gives the same bits.
 */
final class WorkGroups {
  /** By number of dimensions; 256 work-items. */
  private static final long[][] VISIBLE = {{256, 1, 1}, {16, 16, 1}, {8, 8, 4}};

  /** The unit in which ranges are cut where groups cannot be seen; a multiple of vector widths. */
  private static final long[] UNSEEN = {64, 1, 1};

  private WorkGroups() {}

  /** The local size, three entries. */
  static long[] choose(KernelCode code, NDRange range) {
    Optional<List<Integer>> required = code.function().requiredLocalSize();
    if (required.isPresent()) {
      return required(code, required.get(), range);
    }
    if (range.local().isPresent()) {
      return extents(range.local().get());
    }
    long[] preferred = code.groupsVisible() ? VISIBLE[range.dimensions() - 1] : UNSEEN;
    long[] local = {1, 1, 1};
    for (int d = 0; d < range.dimensions(); d++) {
      local[d] = Math.clamp(range.global().get(d), 1, preferred[d]);
    }
    return local;
  }

  private static long[] required(KernelCode code, List<Integer> sizes, NDRange range) {
    long[] local = {1, 1, 1};
    for (int d = 0; d < 3; d++) {
      local[d] = sizes.get(d);
      long global = d < range.dimensions() ? range.global().get(d) : 1;
      if (global % local[d] != 0) {
        throw RunException.usage(
            code.name()
                + " requires work-groups of "
                + NDRange.text(sizes.stream().map(Integer::longValue).toList())
                + ", which do not divide the global size "
                + NDRange.text(range.global()));
      }
    }
    if (range.local().isPresent()
        && !java.util.Arrays.equals(extents(range.local().get()), local)) {
      throw RunException.usage(
          code.name()
              + " requires work-groups of "
              + NDRange.text(sizes.stream().map(Integer::longValue).toList())
              + ", not "
              + NDRange.text(range.local().get()));
    }
    return local;
  }

  private static long[] extents(List<Long> sizes) {
    long[] all = {1, 1, 1};
    for (int d = 0; d < sizes.size(); d++) {
      all[d] = sizes.get(d);
    }
    return all;
  }
}
