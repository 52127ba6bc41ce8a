package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where values live: each has a slot with room for every work-item of a group. */
final class Slots {
  private final int items;
  private final Map<Integer, long[]> slots = new HashMap<>();

  Slots(int items) {
    this.items = items;
  }

  long[] of(Value value) {
    return slots.computeIfAbsent(value.id(), id -> fresh());
  }

  List<long[]> of(List<Value> values) {
    return values.stream().map(this::of).toList();
  }

  long[][] arrays(List<Value> values) {
    return of(values).toArray(long[][]::new);
  }

  /** Gives a value that never changes, the same for all items. */
  void fill(Value value, long bits) {
    Arrays.fill(of(value), bits);
  }

  /** A slot that belongs to no value. */
  long[] fresh() {
    return new long[items];
  }
}
