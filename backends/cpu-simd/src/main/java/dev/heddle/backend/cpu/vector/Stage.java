package dev.heddle.backend.cpu.vector;

/** Offsets in the stage, as {@code ops.Memory} has them, and code for addresses there. */
final class Stage {
  static final int OFFSETS = 0;
  static final int VALUES = 1024;
  static final int SECOND = 2048;

  private Stage() {}

  /** Pushes the address of a part of the stage. */
  static void address(Code code, int slot, int offset) {
    code.longValue(slot);
    if (offset != 0) {
      code.constant((long) offset);
      code.builder().ladd();
    }
  }
}
