package dev.heddle.testkit.ptx;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  private @Nullable Wait wait;
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
   * What a thread waits for.
   *
   * @param count how many threads open the barrier, or 0 for all
   * @param aligned whether all threads of the warp must be at the same instruction
   * @param operator how votes are joined, or empty
   * @param target the slot of the result
   */
  record Wait(int barrier, int count, boolean aligned, String operator, boolean vote, int target) {}

  /** Stops at a barrier. */
  void wait(Wait newWait) {
    wait = newWait;
    state = State.WAITING;
  }

  void release() {
    state = State.READY;
  }

  /** What it waits for, or waited for last. */
  Wait waitingFor() {
    return Objects.requireNonNull(wait);
  }
}
