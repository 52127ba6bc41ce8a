package dev.heddle.compiler.interp;

/** One op, ready to run for many work-items at once: it is dispatched once for all of them. */
interface Step {
  /** Runs for the items {@code items[0]} to {@code items[count - 1]}, in ascending order. */
  void run(int[] items, int count);
}
