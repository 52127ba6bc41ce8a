package dev.heddle.backend.cpu.vector;

/**
 * Which lanes run.
 *
 * @param slot the local with the mask; {@link #ALL_LANES} if all do
 */
record Exec(int slot) {
  private static final int ALL_LANES = -1;

  static final Exec ALL = new Exec(ALL_LANES);

  boolean all() {
    return slot == ALL_LANES;
  }
}
