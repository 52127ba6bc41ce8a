package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Op;
import java.util.List;

/**
 * The flat code of a kernel. Regions are laid out in program order, the continuation of an if
 * behind its arms and that of a loop behind its body, so that work-items that wait where flows join
 * always stand behind those that they wait for.
 */
sealed interface Instruction {
  /** Ops without control flow; then the next instruction. */
  record Block(Step[] steps) implements Instruction {}

  /** Hands values over and goes on elsewhere. */
  record Jump(Copies copies, int target) implements Instruction {}

  /** The next instruction where the condition holds, another where it does not. */
  record Branch(long[] condition, int otherwise) implements Instruction {}

  /**
   * @param trips of each enclosing loop, how often each item has gone round: items at one barrier
   *     in different trips are at different barriers
   */
  record Barrier(Op.Barrier op, List<long[]> trips) implements Instruction {}

  /** The work-item ends. */
  record Return() implements Instruction {}
}
