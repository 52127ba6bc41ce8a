package dev.heddle.kernels;

import dev.heddle.runtime.api.DoubleArray;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionArray;
import dev.heddle.runtime.function.LongGenerator;

/**
 * Where the smallest or largest element is: the smallest of ranks, which turn the order round for
 * the largest. NaN has the last rank either way, and both zeroes have one.
 */
final class Extremes {
  private static final long LAST = Long.MAX_VALUE;

  private final Session session;

  Extremes(Session session) {
    this.session = session;
  }

  int place(SessionArray values, boolean largest) {
    Checks.require(values.size() > 0, "an empty array has no smallest or largest element");
    int flip = largest ? -1 : 0;
    return switch (values) {
      case IntArray ints -> lowest(ints, i -> pack(ints.get(i) ^ flip, i));
      case FloatArray floats -> lowest(floats, i -> pack(rank(floats.get(i), flip), i));
      case LongArray longs -> {
        long best = session.elements(longs).map(value -> value ^ flip).reduce(LAST, Math::min);
        yield lowest(longs, i -> (longs.get(i) ^ flip) == best ? i : LAST);
      }
      case DoubleArray doubles -> {
        long best =
            session
                .longElements(doubles.size(), i -> rank(doubles.get(i), flip))
                .reduce(LAST, Math::min);
        yield lowest(doubles, i -> rank(doubles.get(i), flip) == best ? i : LAST);
      }
    };
  }

  /** The lower half of the smallest number: an index. */
  private int lowest(SessionArray values, LongGenerator numbers) {
    return (int) session.longElements(values.size(), numbers).reduce(LAST, Math::min);
  }

  private static long pack(int rank, int index) {
    return (long) rank << 32 | index;
  }

  private static int rank(float value, int flip) {
    return value != value ? Integer.MAX_VALUE : Ordered.of(value + 0f) ^ flip;
  }

  private static long rank(double value, int flip) {
    return value != value ? LAST : Ordered.of(value + 0.0) ^ flip;
  }
}
