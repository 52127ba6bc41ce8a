package dev.heddle.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two tasks repeated side by side, each timed while the other runs too. */
final class BusyPair {
  /** As many runs of the two together make a measurement, at least one of each. */
  private static final int ENOUGH = 3;

  /** The times of the runs that ended while both tasks were busy, in ns; at least one each. */
  record Times(Samples first, Samples second) {}

  private record Run(long start, long end) {}

  private static final class Side {
    private final Runnable task;
    private final List<Run> runs = new ArrayList<>();

    Side(Runnable task) {
      this.task = task;
    }

    Samples until(long end) {
      return new Samples(
          runs.stream()
              .filter(run -> run.end() <= end)
              .mapToDouble(run -> run.end() - run.start())
              .toArray());
    }
  }

  private final Side first;
  private final Side second;
  private long enoughAt = Long.MAX_VALUE;

  private BusyPair(Runnable first, Runnable second) {
    this.first = new Side(first);
    this.second = new Side(second);
  }

  static Times measure(Runnable first, Runnable second) {
    BusyPair pair = new BusyPair(first, second);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> pair.repeat(pair.second));
    pair.repeat(pair.first);
    other.join();
    return new Times(pair.first.until(pair.enoughAt), pair.second.until(pair.enoughAt));
  }

  private void repeat(Side side) {
    do {
      long start = System.nanoTime();
      side.task.run();
      note(side, new Run(start, System.nanoTime()));
    } while (!enough());
  }

  private synchronized void note(Side side, Run run) {
    side.runs.add(run);
    boolean both = !first.runs.isEmpty() && !second.runs.isEmpty();
    if (both && first.runs.size() + second.runs.size() >= ENOUGH) {
      enoughAt = Math.min(enoughAt, run.end());
    }
  }

  private synchronized boolean enough() {
    return enoughAt != Long.MAX_VALUE;
  }
}
