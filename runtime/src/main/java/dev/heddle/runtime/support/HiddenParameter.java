package dev.heddle.runtime.support;

/**
 * A kernel parameter that the source does not show. A chunk of work-groups gets from these the ids
 * and sizes of the whole NDRange, and every access the bounds of its root.
 *
 * @param index the dimension or the number of the IR parameter that it is about; else 0
 */
public record HiddenParameter(Kind kind, int index) implements Comparable<HiddenParameter> {
  /** What it holds. All are 64-bit numbers or addresses. */
  public enum Kind {
    /** Size of a root in bytes. */
    ROOT_SIZE("size"),
    /** Where in the root the device's memory begins. */
    WINDOW_START("window"),
    /** Bytes of the root that the device's memory holds. */
    WINDOW_SIZE("extent"),
    /** The global id of the first work-item. */
    FIRST_ITEM("first"),
    /** One past the last global id: the items beyond it only fill up their group. */
    END_ITEM("end"),
    FIRST_GROUP("first_group"),
    GLOBAL_SIZE("global_size"),
    GROUP_COUNT("group_count"),
    GLOBAL_OFFSET("global_offset"),
    WORK_DIM("work_dim"),
    /** Where a local parameter begins in the group's local memory. */
    LOCAL_START("local_start"),
    /** Where the host asks to stop and work-items record faults; see {@link StatusLayout}. */
    STATUS("status"),
    /** Where work-items record faults, if that is not beside the status words. */
    RECORDS("records");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** A name for it in printed code. */
  public String text() {
    return switch (kind) {
      case STATUS, RECORDS, WORK_DIM -> kind.text;
      default -> kind.text + index;
    };
  }

  @Override
  public int compareTo(HiddenParameter other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : Integer.compare(index, other.index);
  }
}
