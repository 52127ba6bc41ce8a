package dev.heddle.testkit.ptx;

/** An instruction whose operands are slots of the {@link Frame}. */
abstract class Instruction {
  /** Stops the thread until its barrier opens. */
  static final int WAIT = -1;

  /** Ends the thread. */
  static final int EXIT = -2;

  /** No guard. */
  static final int ALWAYS = -1;

  private final Statement source;
  private final int guard;
  private final long wanted;
  private final int[] reads;
  private final int[] writes;

  Instruction(Slots slots) {
    this.source = slots.source();
    this.guard = slots.guard();
    this.wanted = slots.negated() ? 0 : 1;
    this.reads = slots.reads();
    this.writes = slots.writes();
  }

  /** What every instruction has. */
  record Slots(Statement source, int guard, boolean negated, int[] reads, int[] writes) {}

  Statement source() {
    return source;
  }

  int guard() {
    return guard;
  }

  /** Whether a thread with those slots does it. */
  boolean enabled(long[] slots) {
    return guard == ALWAYS || slots[guard] == wanted;
  }

  int[] reads() {
    return reads;
  }

  int[] writes() {
    return writes;
  }

  /** Does it, and gives the index of the instruction to go on with. */
  abstract int run(Lane lane, int next);
}
