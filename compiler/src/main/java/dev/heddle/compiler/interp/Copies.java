package dev.heddle.compiler.interp;

import java.util.Arrays;
import java.util.List;

/** Hands values from one set of slots to another, all at the same time. */
final class Copies {
  static final Copies NONE = new Copies(List.of(), List.of());

  private final long[][] sources;
  private final long[][] targets;

  /** Where each source is read from: itself, or a copy made first since a target overwrites it. */
  private final long[][] staged;

  Copies(List<long[]> sources, List<long[]> targets) {
    this.sources = sources.toArray(long[][]::new);
    this.targets = targets.toArray(long[][]::new);
    this.staged = this.sources.clone();
    for (int i = 0; i < staged.length; i++) {
      long[] source = staged[i];
      if (Arrays.stream(this.targets).limit(i).anyMatch(target -> target == source)) {
        staged[i] = new long[source.length];
      }
    }
  }

  int count() {
    return sources.length;
  }

  void run(int[] items, int count) {
    for (int i = 0; i < sources.length; i++) {
      if (staged[i] != sources[i]) {
        copy(sources[i], staged[i], items, count);
      }
    }
    for (int i = 0; i < sources.length; i++) {
      copy(staged[i], targets[i], items, count);
    }
  }

  private static void copy(long[] from, long[] to, int[] items, int count) {
    for (int k = 0; k < count; k++) {
      int i = items[k];
      to[i] = from[i];
    }
  }
}
