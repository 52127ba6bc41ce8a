package dev.heddle.kernels;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.api.SessionArray;
import dev.heddle.runtime.run.RunException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What operations ask of their arrays. */
final class Checks {
  private Checks() {}

  /** The number of elements, which are counted in ints. */
  static int length(SessionArray array) {
    if (array.size() > Integer.MAX_VALUE) {
      throw RunException.usage("arrays of over 2^31 elements are not supported here");
    }
    return (int) array.size();
  }

  static void require(boolean fits, String what) {
    if (!fits) {
      throw RunException.usage(what);
    }
  }

  /** One type for all. */
  static void requireSameType(String operation, SessionArray... arrays) {
    require(
        Arrays.stream(arrays).map(SessionArray::element).distinct().count() == 1,
        operation
            + " needs arrays of one type, not of "
            + Arrays.stream(arrays)
                .map(SessionArray::element)
                .map(ElementType::text)
                .collect(Collectors.joining(", ")));
  }
}
