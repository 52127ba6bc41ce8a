package dev.heddle.testkit.ptx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An instruction that computes one value from up to four.
 *
 * @param result its type
 * @param sources the types of the operands
 * @param compute the meaning
 */
record Operation(PtxType result, List<PtxType> sources, Compute compute) {
  /** From register contents to register content; bits beyond the result's type are dropped. */
  @FunctionalInterface
  interface Compute {
    long of(long a, long b, long c, long d);
  }

  /** All operands have the result's type. */
  static Operation uniform(PtxType type, int operands, Compute compute) {
    return new Operation(type, Collections.nCopies(operands, type), compute);
  }

  static Operation of(PtxType result, Compute compute, PtxType... sources) {
    return new Operation(result, Arrays.asList(sources), compute);
  }
}
