package dev.heddle.kernels;

import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.LongArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionArray;

/** Operations that move elements of any type, as bits. */
final class Moves {
  private final Session session;

  Moves(Session session) {
    this.session = session;
  }

  void gather(SessionArray in, IntArray indices, SessionArray out) {
    int n = Checks.length(out);
    switch (Bits.of(in)) {
      case Bits.Narrow(IntArray from) -> {
        IntArray to = Bits.narrow(out);
        session.parallelFor(n, i -> to.set(i, from.get(indices.get(i))));
      }
      case Bits.Wide(LongArray from) -> {
        LongArray to = Bits.wide(out);
        session.parallelFor(n, i -> to.set(i, from.get(indices.get(i))));
      }
    }
  }

  void scatter(SessionArray in, IntArray indices, SessionArray out) {
    int n = Checks.length(in);
    switch (Bits.of(in)) {
      case Bits.Narrow(IntArray from) -> {
        IntArray to = Bits.narrow(out);
        session.parallelFor(n, i -> to.set(indices.get(i), from.get(i)));
      }
      case Bits.Wide(LongArray from) -> {
        LongArray to = Bits.wide(out);
        session.parallelFor(n, i -> to.set(indices.get(i), from.get(i)));
      }
    }
  }

  /** Moves the elements whose flag is 1 to their places. */
  void scatterFlagged(SessionArray in, IntArray ones, IntArray places, SessionArray out) {
    int n = Checks.length(in);
    switch (Bits.of(in)) {
      case Bits.Narrow(IntArray from) -> {
        IntArray to = Bits.narrow(out);
        session.parallelFor(
            n,
            i -> {
              if (ones.get(i) != 0) {
                to.set(places.get(i), from.get(i));
              }
            });
      }
      case Bits.Wide(LongArray from) -> {
        LongArray to = Bits.wide(out);
        session.parallelFor(
            n,
            i -> {
              if (ones.get(i) != 0) {
                to.set(places.get(i), from.get(i));
              }
            });
      }
    }
  }

  void transpose(SessionArray in, int rows, SessionArray out) {
    int columns = Checks.length(in) / rows;
    switch (Bits.of(in)) {
      case Bits.Narrow(IntArray from) -> {
        IntArray to = Bits.narrow(out);
        session.parallelFor(
            rows,
            columns,
            (row, column) -> to.set(column * rows + row, from.get(row * columns + column)));
      }
      case Bits.Wide(LongArray from) -> {
        LongArray to = Bits.wide(out);
        session.parallelFor(
            rows,
            columns,
            (row, column) -> to.set(column * rows + row, from.get(row * columns + column)));
      }
    }
  }

  /** Sets {@code values[i]} to what was at {@code places[i]}. */
  void permute(SessionArray values, IntArray places) {
    switch (Bits.of(values)) {
      case Bits.Narrow(IntArray bits) -> {
        try (IntArray before = session.ints(bits.size())) {
          session.map(bits, before, value -> value);
          gather(before, places, bits);
        }
      }
      case Bits.Wide(LongArray bits) -> {
        try (LongArray before = session.longs(bits.size())) {
          session.map(bits, before, value -> value);
          gather(before, places, bits);
        }
      }
    }
  }
}
