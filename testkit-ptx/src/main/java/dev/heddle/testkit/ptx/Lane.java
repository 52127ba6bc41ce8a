package dev.heddle.testkit.ptx;

import java.util.Arrays;

/** A thread. */
final class Lane {
  enum State {
    READY,
    WAITING,
    EXITED
  }

  private final Block block;
  private final long[] slots;
  private final boolean[] defined;
  private final Segment local;
  private int index;
  private int position;
  private int barrier;
  private int barrierCount;
  private State state = State.READY;

  Lane(Block block, int slots, int localBytes) {
    this.block = block;
    this.slots = new long[slots];
    this.defined = new boolean[slots];
    this.local = new Segment(0, localBytes);
  }

  /** Makes it thread number {@code newIndex} of a block that begins. */
  void start(int newIndex, long[] initial, int registers) {
    index = newIndex;
    position = 0;
    state = State.READY;
    System.arraycopy(initial, 0, slots, 0, slots.length);
    Arrays.fill(defined, 0, registers, false);
    Arrays.fill(defined, registers, defined.length, true);
    if (local.size() > 0) {
      local.clear();
    }
  }

  Block block() {
    return block;
  }

  long[] slots() {
    return slots;
  }

  boolean[] defined() {
    return defined;
  }

  Segment local() {
    return local;
  }

  int index() {
    return index;
  }

  int position() {
    return position;
  }

  void goTo(int newPosition) {
    position = newPosition;
  }

  State state() {
    return state;
  }

  void exit() {
    state = State.EXITED;
  }

  /**
   * Stops at a barrier.
   *
   * @param count how many threads open it, or 0 for all
   */
  void wait(int number, int count) {
    barrier = number;
    barrierCount = count;
    state = State.WAITING;
  }

  void release() {
    state = State.READY;
  }

  int barrier() {
    return barrier;
  }

  int barrierCount() {
    return barrierCount;
  }
}
