package dev.heddle.kernels;

import dev.heddle.runtime.api.DoubleArray;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionArray;

/** Sorting by a bitonic network; numbers with a fraction as integers of the same order. */
final class Sorts {
  private final Session session;
  private final Moves moves;

  Sorts(Session session, Moves moves) {
    this.session = session;
    this.moves = moves;
  }

  void sort(SessionArray values) {
    switch (values) {
      case IntArray ints -> sortInts(ints);
      case LongArray longs -> sortLongs(longs);
      case FloatArray floats -> {
        try (IntArray keys = session.ints(floats.size())) {
          session.generate(keys, i -> Ordered.of(floats.get(i)));
          sortInts(keys);
          session.generate(floats, i -> Ordered.floatOf(keys.get(i)));
        }
      }
      case DoubleArray doubles -> {
        try (LongArray keys = session.longs(doubles.size())) {
          session.generate(keys, i -> Ordered.of(doubles.get(i)));
          sortLongs(keys);
          session.generate(doubles, i -> Ordered.doubleOf(keys.get(i)));
        }
      }
    }
  }

  /** Sorts keys together with their places, and moves the values to theirs. */
  void sort(SessionArray keys, SessionArray values) {
    int n = Checks.length(keys);
    try (LongArray longs = session.longs(n);
        IntArray places = session.ints(n)) {
      session.generate(places, i -> i);
      switch (keys) {
        case IntArray ints -> {
          session.generate(longs, i -> ints.get(i));
          sortWithPlaces(longs, places);
          session.generate(ints, i -> (int) longs.get(i));
        }
        case LongArray wide -> sortWithPlaces(wide, places);
        case FloatArray floats -> {
          session.generate(longs, i -> Ordered.of(floats.get(i)));
          sortWithPlaces(longs, places);
          session.generate(floats, i -> Ordered.floatOf((int) longs.get(i)));
        }
        case DoubleArray doubles -> {
          session.generate(longs, i -> Ordered.of(doubles.get(i)));
          sortWithPlaces(longs, places);
          session.generate(doubles, i -> Ordered.doubleOf(longs.get(i)));
        }
      }
      moves.permute(values, places);
    }
  }

  private void sortInts(IntArray keys) {
    int n = Checks.length(keys);
    network(
        n,
        (group, distance, pairs) ->
            session.parallelFor(pairs, pair -> exchange(keys, n, group, distance, pair)));
  }

  private void sortLongs(LongArray keys) {
    int n = Checks.length(keys);
    network(
        n,
        (group, distance, pairs) ->
            session.parallelFor(pairs, pair -> exchange(keys, n, group, distance, pair)));
  }

  private void sortWithPlaces(LongArray keys, IntArray places) {
    int n = Checks.length(keys);
    network(
        n,
        (group, distance, pairs) ->
            session.parallelFor(pairs, pair -> exchange(keys, places, n, group, distance, pair)));
  }

  /** One step of a sorting network: compares pairs at that distance in groups of that size. */
  private interface Step {
    void run(int group, int distance, int pairs);
  }

  /** The bitonic network over the next power of two. */
  private static void network(int n, Step step) {
    Checks.require(n <= 1 << 30, "arrays of over 2^30 elements can't be sorted");
    int padded = Math.max(1, Integer.highestOneBit(Math.max(1, n - 1)) << 1);
    for (int group = 2; group <= padded && group > 0; group <<= 1) {
      for (int distance = group >> 1; distance > 0; distance >>= 1) {
        step.run(group, distance, padded / 2);
      }
    }
  }

  private static int low(int distance, int pair) {
    return pair / distance * 2 * distance + pair % distance;
  }

  /**
   * The partner of {@link #low}. The first step of a group meets its halves mirrored, so that all
   * comparisons go one way, and what lies behind the end counts as largest without being there.
   */
  private static int high(int group, int distance, int pair) {
    return distance == group / 2
        ? pair / distance * 2 * distance + 2 * distance - 1 - pair % distance
        : low(distance, pair) + distance;
  }

  private static void exchange(IntArray keys, int n, int group, int distance, int pair) {
    int low = low(distance, pair);
    int high = high(group, distance, pair);
    if (high < n) {
      int a = keys.get(low);
      int b = keys.get(high);
      keys.set(low, Math.min(a, b));
      keys.set(high, Math.max(a, b));
    }
  }

  private static void exchange(LongArray keys, int n, int group, int distance, int pair) {
    int low = low(distance, pair);
    int high = high(group, distance, pair);
    if (high < n) {
      long a = keys.get(low);
      long b = keys.get(high);
      keys.set(low, Math.min(a, b));
      keys.set(high, Math.max(a, b));
    }
  }

  /** Equal keys are compared by their places, so that all are different and stay in order. */
  private static void exchange(
      LongArray keys, IntArray places, int n, int group, int distance, int pair) {
    int low = low(distance, pair);
    int high = high(group, distance, pair);
    if (high < n) {
      long a = keys.get(low);
      long b = keys.get(high);
      int placeOfA = places.get(low);
      int placeOfB = places.get(high);
      if (b < a || b == a && placeOfB < placeOfA) {
        keys.set(low, b);
        keys.set(high, a);
        places.set(low, placeOfB);
        places.set(high, placeOfA);
      }
    }
  }
}
