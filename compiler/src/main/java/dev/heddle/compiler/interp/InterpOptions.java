package dev.heddle.compiler.interp;

import java.util.function.BooleanSupplier;

/**
 * How to interpret.
 *
 * @param bounds what an access out of bounds does
 * @param detectUninitialised report reads of local and private bytes that nobody wrote
 * @param detectRaces report conflicting accesses of different work-items that nothing orders
 * @param maxOperations give up after about so many operations, counted per work-item
 * @param cancelled polled now and then; true gives up
 */
public record InterpOptions(
    Bounds bounds,
    boolean detectUninitialised,
    boolean detectRaces,
    long maxOperations,
    BooleanSupplier cancelled) {
  public static final InterpOptions DEFAULT =
      new InterpOptions(Bounds.TRAP, false, false, Long.MAX_VALUE, () -> false);

  public InterpOptions withBounds(Bounds newBounds) {
    return new InterpOptions(newBounds, detectUninitialised, detectRaces, maxOperations, cancelled);
  }

  /** With both detectors on. */
  public InterpOptions detecting() {
    return new InterpOptions(bounds, true, true, maxOperations, cancelled);
  }

  public InterpOptions withLimit(long newMaxOperations) {
    return new InterpOptions(bounds, detectUninitialised, detectRaces, newMaxOperations, cancelled);
  }

  public InterpOptions withCancel(BooleanSupplier newCancelled) {
    return new InterpOptions(bounds, detectUninitialised, detectRaces, maxOperations, newCancelled);
  }
}
