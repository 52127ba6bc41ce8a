package dev.heddle.cli.bench;

/** A fixed piece of plain Java that no change of Heddle makes faster or slower. */
final class Yardstick implements Probe {
  private static final int STEPS = 1 << 20;
  private static final int WORDS = 4 << 20;

  private final Subject subject;
  private final long[] memory;
  private long kept;

  /**
   * @param memory whether it reads memory that no cache holds; else it computes
   */
  Yardstick(boolean memory) {
    this.subject =
        new Subject(
            Subject.Section.YARDSTICK,
            "host",
            memory ? "reading 32 MiB in Java" : "a million integer hashes in Java",
            0,
            Unit.NANOSECONDS);
    this.memory = new long[memory ? WORDS : 0];
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public double sample() {
    long start = System.nanoTime();
    kept += memory.length == 0 ? hash() : sum();
    return Math.max(1, System.nanoTime() - start);
  }

  private long hash() {
    long x = kept | 1;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  private long sum() {
    long sum = 0;
    for (long word : memory) {
      sum += word;
    }
    return sum;
  }

  @Override
  public void close() {}
}
