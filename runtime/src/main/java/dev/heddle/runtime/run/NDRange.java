package dev.heddle.runtime.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The index space of a launch: one work-item per index.
 *
 * @param global number of work-items along each of 1 to 3 dimensions; 0 along any: nothing runs
 * @param offset first global id along each dimension
 * @param local work-group size along each dimension; empty: the runtime chooses
 */
public record NDRange(List<Long> global, List<Long> offset, Optional<List<Long>> local) {
  /** Most dimensions of a range. */
  public static final int MAX_DIMENSIONS = 3;

  public NDRange {
    global = List.copyOf(global);
    offset = List.copyOf(offset);
    local = local.map(List::copyOf);
    int dimensions = global.size();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw RunException.usage(
          "a range has 1 to " + MAX_DIMENSIONS + " dimensions, not " + dimensions);
    }
    require("offset", offset, dimensions, 0);
    require("global size", global, dimensions, 0);
    local.ifPresent(sizes -> require("local size", sizes, dimensions, 1));
    items(global);
  }

  /** A range of that many work-items along each dimension. */
  public static NDRange of(long... global) {
    List<Long> sizes = boxed(global);
    return new NDRange(sizes, Collections.nCopies(global.length, 0L), Optional.empty());
  }

  /** The same range in work-groups of that size. */
  public NDRange withLocal(long... size) {
    return new NDRange(global, offset, Optional.of(boxed(size)));
  }

  /** The same range with global ids that start there. */
  public NDRange withOffset(long... first) {
    return new NDRange(global, boxed(first), local);
  }

  public int dimensions() {
    return global.size();
  }

  /** Number of work-items. */
  public long items() {
    return items(global);
  }

  /** The size as {@code 1024 x 768}. */
  public static String text(List<Long> sizes) {
    return String.join(" x ", sizes.stream().map(String::valueOf).toList());
  }

  private static long items(List<Long> global) {
    long product = 1;
    for (long size : global) {
      try {
        product = Math.multiplyExact(product, size);
      } catch (ArithmeticException e) {
        throw RunException.usage("a global size of " + text(global) + " has over 2^63 work-items");
      }
    }
    return product;
  }

  private static void require(String what, List<Long> sizes, int dimensions, long least) {
    if (sizes.size() != dimensions) {
      throw RunException.usage(
          what + " " + text(sizes) + " does not fit a range of " + dimensions + " dimensions");
    }
    for (long size : sizes) {
      if (size < least) {
        throw RunException.usage(what + " " + text(sizes) + ": must be at least " + least);
      }
    }
  }

  private static List<Long> boxed(long[] values) {
    List<Long> boxed = new ArrayList<>(values.length);
    for (long value : values) {
      boxed.add(value);
    }
    return boxed;
  }
}
