package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Op;
import java.util.Set;

/**
 * Which loops are proven to end after finitely many trips, by their label. The others must poll for
 * cancellation.
 *
 * @param labels labels of the loops proven finite
 * @param all whether every loop of the kernel is among them
 */
public record FiniteLoops(Set<Integer> labels, boolean all) {
  public FiniteLoops {
    labels = Set.copyOf(labels);
  }

  public boolean finite(Op.Loop loop) {
    return labels.contains(loop.label());
  }
}
