package dev.heddle.backend.cpu.run;

/**
 * Has the JVM compile vector code early. It compiles what was called some thousand times, and until
 * then a vector of work-items takes as long as thousands of them do in compiled code. So between
 * real calls the code is called with nothing to do, which it notices at once. Real calls have to
 * come in between, since the compiler takes from them what exists and which ways are taken.
 */
final class Primer {
  /** After so many calls the JVM begins to count which ways are taken. */
  private static final int FIRST_CALLS = 600;

  /** After so many more it compiles; later if its compiler has much to do. */
  private static final int CALLS = 6_000;

  private static final int MOST_ROUNDS = 32;

  /** Calls that are timed together. */
  private static final int BATCH = 100;

  /** What a call with nothing to do takes at most in compiled code. */
  private static final long COMPILED_NANOS = 60;

  /** Code so much slower than it was once was thrown away by the JVM. */
  private static final double SLOWER = 8;

  private volatile boolean done;
  private int rounds;
  private double bestItemNanos = Double.MAX_VALUE;

  /** To be called after a part of a launch has run. */
  void ran(VariantRun run, long items, long nanos) {
    double itemNanos = (double) nanos / Math.max(1, items);
    if (!done || itemNanos > SLOWER * bestItemNanos) {
      prime(run);
    }
    bestItemNanos = Math.min(bestItemNanos, itemNanos);
  }

  private void prime(VariantRun run) {
    if (rounds >= MOST_ROUNDS) {
      return;
    }
    int calls = rounds++ == 0 ? FIRST_CALLS : CALLS;
    done = false;
    for (int called = 0; called < calls && !done; called += BATCH) {
      long start = System.nanoTime();
      run.prime(BATCH);
      done = System.nanoTime() - start < BATCH * COMPILED_NANOS;
    }
  }
}
