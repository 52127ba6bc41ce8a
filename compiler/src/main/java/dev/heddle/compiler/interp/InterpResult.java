package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import java.util.List;

/**
 * How an interpretation went. Each list holds at most {@link #MAX_REPORTS} entries, in the order of
 * their finding, and of one op (races: of one pair of ops) at most {@link #MAX_REPORTS_PER_OP}.
 *
 * @param faultCount all faults, those not listed too
 * @param operations operations executed, counted per work-item
 */
public record InterpResult(
    Outcome outcome,
    List<Fault> faults,
    long faultCount,
    List<Race> races,
    List<UninitialisedRead> uninitialisedReads,
    long operations) {
  public static final int MAX_REPORTS = 1000;
  public static final int MAX_REPORTS_PER_OP = 16;

  public InterpResult {
    faults = List.copyOf(faults);
    races = List.copyOf(races);
    uninitialisedReads = List.copyOf(uninitialisedReads);
  }

  /** Why the interpretation ended. */
  public enum Outcome {
    COMPLETED,
    /** The caller's cancel flag was set. */
    CANCELLED,
    /** The limit of operations was reached. */
    LIMIT_REACHED
  }

  /** Whether it completed with nothing to report. */
  public boolean clean() {
    return outcome == Outcome.COMPLETED
        && faultCount == 0
        && races.isEmpty()
        && uninitialisedReads.isEmpty();
  }

  /** A work-item, by its global id. */
  public record Item(long x, long y, long z) {
    @Override
    public String toString() {
      return "(" + x + ", " + y + ", " + z + ")";
    }
  }

  /** What went wrong in a {@link Fault}. */
  public enum FaultKind {
    /** An access out of range. */
    BOUNDS,
    /** An access in range, at an offset that its alignment forbids. */
    ALIGNMENT,
    /** An integer division or remainder by zero. */
    DIVISION,
    /** A barrier that not all work-items of the group reach that have not returned. */
    BARRIER
  }

  /**
   * @param site number by {@link dev.heddle.compiler.analysis.FaultSites}; -1 for an access marked
   *     as proven, whose proof is then wrong
   * @param offset byte offset of an access; else 0
   * @param size bytes of the root accessed; else 0
   */
  public record Fault(FaultKind kind, int site, Op op, long offset, long size, Item item) {}

  /** Two accesses to one byte by different work-items, at least one a write, unordered. */
  public record Race(
      RaceKind kind,
      Root root,
      long offset,
      Op first,
      Item firstItem,
      Op second,
      Item secondItem) {}

  /** What the two accesses of a {@link Race} are, in the order of their interpretation. */
  public enum RaceKind {
    WRITE_WRITE,
    WRITE_READ,
    READ_WRITE,
    /** One of the two is atomic, the other is not, and not both are reads. */
    ATOMIC_PLAIN
  }

  /** A read of local or private memory in which some byte was never written; it gave zero. */
  public record UninitialisedRead(Root root, long offset, Op op, Item item) {}
}
