package dev.heddle.compiler.ir;

/** Work-item queries. Each takes a constant dimension, 0 to 2, and yields an I64. */
public enum QueryOp {
  GLOBAL_ID("global_id"),
  LOCAL_ID("local_id"),
  GROUP_ID("group_id"),
  GLOBAL_SIZE("global_size"),
  LOCAL_SIZE("local_size"),
  GROUP_COUNT("group_count"),
  GLOBAL_OFFSET("global_offset"),
  /** Number of dimensions of the launch; the dimension operand is 0. */
  WORK_DIM("work_dim");

  private final String text;

  QueryOp(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** Whether all work-items of a launch get the same answer. */
  public boolean sameForAll() {
    return switch (this) {
      case GLOBAL_ID, LOCAL_ID, GROUP_ID -> false;
      // a remainder work-group is smaller than the others
      case LOCAL_SIZE -> false;
      case GLOBAL_SIZE, GROUP_COUNT, GLOBAL_OFFSET, WORK_DIM -> true;
    };
  }

  /** Whether all work-items of a work-group get the same answer. */
  public boolean sameInGroup() {
    return this != GLOBAL_ID && this != LOCAL_ID;
  }

  /** Whether a kernel that asks this can see how its work-groups are cut. */
  public boolean revealsGroups() {
    return this == LOCAL_ID || this == GROUP_ID || this == LOCAL_SIZE || this == GROUP_COUNT;
  }
}
