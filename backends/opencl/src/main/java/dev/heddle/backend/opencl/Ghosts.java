package dev.heddle.backend.opencl;

import dev.heddle.compiler.analysis.BarrierFlow;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import java.util.function.Predicate;

/**
 * Work-items that have ended but still walk along. In the IR a barrier waits for those alone that
 * have not returned; OpenCL wants every work-item of the group at every barrier. So in a kernel
 * with barriers a work-item that ends early goes on as a ghost: it follows the way of the others to
 * their barriers, reads only what is in bounds, writes nothing and reports nothing.
 */
final class Ghosts {
  private final BarrierFlow flow;
  private final boolean needed;

  /**
   * @param polled whether a loop ends early when the host wants the launch to end
   */
  Ghosts(Function kernel, Predicate<Op.Loop> polled) {
    flow = new BarrierFlow(kernel);
    needed = flow.barriers() && flow.endsEarly(polled);
  }

  boolean needed() {
    return needed;
  }

  /** Whether work-items wait for each other inside the loop. */
  boolean waits(Op.Loop loop) {
    return flow.waits(loop);
  }

  /**
   * Whether a work-item may miss a barrier of the others: not all conditions around barriers are
   * proven to be the same for all work-items of a group.
   */
  boolean mayPart() {
    return flow.parts();
  }

  /**
   * Whether ghosts pass the loop by. They walk along where all go as many rounds, since what such a
   * loop hands over may decide on a later barrier.
   */
  boolean skip(Op.Loop loop) {
    return needed && !waits(loop) && flow.divergent(loop);
  }

  /** The end of a condition under which a work-item that is a ghost does not count. */
  String andAlive() {
    return needed ? " && alive" : "";
  }

  void declare(CodeWriter code) {
    if (needed) {
      code.line("bool alive = true;");
    }
  }
}
