package dev.heddle.runtime.api;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs that Java arrays still wait for; an array is known as long as there are any. */
final class ArrayPendings {
  private static final class Entry {
    final AsyncRuns.Pending pending = new AsyncRuns.Pending();
    int runs;
  }

  private final Map<Object, Entry> entries = new IdentityHashMap<>();

  /** What the array waits for; null if no run that was started uses it. */
  synchronized AsyncRuns.@Nullable Pending of(Object array) {
    Entry entry = entries.get(array);
    return entry == null ? null : entry.pending;
  }

  /** Knows these arrays until the run that {@code start} starts is over. */
  <T> CompletableFuture<T> during(@Nullable Object[] arrays, Supplier<CompletableFuture<T>> start) {
    enter(arrays);
    try {
      CompletableFuture<T> started = start.get();
      started.whenComplete((result, failure) -> leave(arrays));
      return started;
    } catch (RuntimeException e) {
      leave(arrays);
      throw e;
    }
  }

  private synchronized void enter(@Nullable Object[] arrays) {
    for (Object array : arrays) {
      if (array != null) {
        entries.computeIfAbsent(array, key -> new Entry()).runs++;
      }
    }
  }

  private synchronized void leave(@Nullable Object[] arrays) {
    for (Object array : arrays) {
      if (array != null) {
        entries.computeIfPresent(array, (key, entry) -> --entry.runs > 0 ? entry : null);
      }
    }
  }
}
