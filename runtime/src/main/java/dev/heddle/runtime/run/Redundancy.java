package dev.heddle.runtime.run;

import java.util.List;

/**
 * What came of doing every chunk on two different devices and comparing the bits.
 *
 * @param items work-items that two devices did with the same result
 * @param bytes bytes of results compared
 * @param disputes where two devices differed, and who was right
 */
public record Redundancy(long items, long bytes, List<Dispute> disputes) {
  /**
   * Work-items whose results differed.
   *
   * @param items number of work-items in the units of work that differed
   * @param devices the two that differed
   * @param example the first element that differed, and what each device said
   * @param decidedBy the third device, or {@link #REFERENCE}
   * @param wrong the devices that were wrong
   */
  public record Dispute(
      long items, List<String> devices, String example, String decidedBy, List<String> wrong) {
    public Dispute {
      devices = List.copyOf(devices);
      wrong = List.copyOf(wrong);
    }
  }

  /** The reference interpreter's name among those who decide. */
  public static final String REFERENCE = "the reference interpreter";

  public Redundancy {
    disputes = List.copyOf(disputes);
  }

  /** Of two launches, one after the other. */
  public Redundancy plus(Redundancy later) {
    List<Dispute> all = new java.util.ArrayList<>(disputes);
    all.addAll(later.disputes);
    return new Redundancy(items + later.items, bytes + later.bytes, all);
  }
}
