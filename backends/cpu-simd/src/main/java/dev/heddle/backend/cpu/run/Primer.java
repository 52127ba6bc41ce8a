package dev.heddle.backend.cpu.run;

import java.util.function.LongSupplier;

/**
 * Has the JVM compile vector code early, and tells when it has. The JVM compiles what was called
 * some thousand times, and until then a vector of work-items takes as long as thousands of them do
 * in compiled code. So between real calls the code is called with nothing to do, which it notices
 * at once. Real calls have to come before, since the compiler takes from them what exists and which
 * ways are taken; for ways that they did not take it leaves a trap that throws the code away.
 *
 * <p>Threads share it; what one of them overlooks costs a moment alone.
 */
final class Primer {
  /** After so many calls the JVM begins to count which ways are taken. */
  private static final int FIRST_CALLS = 600;

  /** After so many more it compiles; later if its compiler has much to do. */
  private static final int CALLS = 6_000;

  /** Code that was not compiled after so many real calls never will be. */
  private static final int MOST_ROUNDS = 32;

  /** How often to look whether it is compiled before it is called again for real. */
  private static final int MOST_LOOKS = 1_000;

  /** Calls that are timed together. */
  private static final int BATCH = 100;

  /**
   * Longer code is left to be compiled in its time. The JVM takes what calls with nothing to do
   * leave out for rare, and spares it no registers: that cost Black-Scholes 15 %, and short code
   * nothing; nor code whose loops the JVM sees run often.
   */
  private static final int LONGEST_STRAIGHT_METHOD = 1_500;

  /** What a call with nothing to do takes at most in compiled code. */
  private static final long COMPILED_NANOS = 60;

  /** Code so much slower than it was once was thrown away by the JVM. */
  private static final double SLOWER = 8;

  /** Code that can be called with nothing to do. */
  interface Code {
    /** Calls it so many times. */
    void prime(int calls);

    /** How many classes it has, each of which a call goes through. */
    int classes();

    /** The code size of the longest method that repeats nothing for a work-item, in bytes. */
    int longestStraightMethod();
  }

  private final LongSupplier clock;
  private volatile boolean compiled;
  private volatile boolean awaited;
  private volatile int rounds;
  private int looks;
  private double bestItemNanos = Double.MAX_VALUE;

  Primer() {
    this(System::nanoTime);
  }

  /**
   * @param clock counts nanoseconds
   */
  Primer(LongSupplier clock) {
    this.clock = clock;
  }

  /** Whether real calls should take all the ways that there are. */
  boolean learning() {
    return !compiled && rounds < MOST_ROUNDS;
  }

  /** Whether the JVM is compiling it, so that real calls had better wait. */
  boolean awaited() {
    return awaited;
  }

  /** To be called after a real call. */
  void ran(Code code, long items, long nanos) {
    double itemNanos = (double) nanos / Math.max(1, items);
    if (!compiled || itemNanos > SLOWER * bestItemNanos) {
      prime(code);
    } else {
      bestItemNanos = Math.min(bestItemNanos, itemNanos);
    }
  }

  private void prime(Code code) {
    if (rounds == 0 && code.longestStraightMethod() > LONGEST_STRAIGHT_METHOD) {
      rounds = MOST_ROUNDS;
    }
    if (rounds >= MOST_ROUNDS) {
      compiled = true;
      return;
    }
    int calls = rounds++ == 0 ? FIRST_CALLS : CALLS;
    compiled = false;
    for (int called = 0; called < calls && !compiled; called += BATCH) {
      compiled = isCompiled(code);
    }
    looks = 0;
    awaited = calls == CALLS && !compiled;
  }

  /** Looks whether the code is compiled by now. */
  void look(Code code) {
    compiled = isCompiled(code);
    awaited = !compiled && looks++ < MOST_LOOKS;
  }

  private boolean isCompiled(Code code) {
    long start = clock.getAsLong();
    code.prime(BATCH);
    return clock.getAsLong() - start < BATCH * COMPILED_NANOS * code.classes();
  }
}
