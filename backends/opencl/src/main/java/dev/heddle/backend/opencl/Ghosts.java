package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Work-items that have ended but still walk along. In the IR a barrier waits for those alone that
 * have not returned; OpenCL wants every work-item of the group at every barrier. So in a kernel
 * with barriers a work-item that ends early goes on as a ghost: it follows the way of the others to
 * their barriers, reads only what is in bounds, writes nothing and reports nothing.
 */
final class Ghosts {
  private final Set<Integer> waiting = new HashSet<>();
  private final boolean needed;

  /**
   * @param polled whether a loop ends early when the host wants the launch to end
   */
  Ghosts(Function kernel, Predicate<Op.Loop> polled) {
    boolean barriers = findBarriers(kernel.body());
    needed = barriers && endsEarly(kernel.body(), kernel.body(), polled);
  }

  boolean needed() {
    return needed;
  }

  /** Whether work-items wait for each other inside the loop. */
  boolean waits(Op.Loop loop) {
    return waiting.contains(loop.label());
  }

  /** Whether ghosts pass the loop by. */
  boolean skip(Op.Loop loop) {
    return needed && !waits(loop);
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

  private boolean findBarriers(Region region) {
    boolean found = false;
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Barrier barrier -> found = true;
        case Op.If branch -> {
          found |= findBarriers(branch.thenRegion());
          found |= findBarriers(branch.elseRegion());
        }
        case Op.Loop loop -> {
          if (findBarriers(loop.body())) {
            waiting.add(loop.label());
            found = true;
          }
        }
        default -> {}
      }
    }
    return found;
  }

  private boolean endsEarly(Region region, Region whole, Predicate<Op.Loop> polled) {
    boolean early = region != whole && region.terminator() instanceof Terminator.Return;
    for (Op op : region.ops()) {
      early |=
          switch (op) {
            case Op.If branch ->
                endsEarly(branch.thenRegion(), whole, polled)
                    || endsEarly(branch.elseRegion(), whole, polled);
            case Op.Loop loop -> polled.test(loop) || endsEarly(loop.body(), whole, polled);
            default -> false;
          };
    }
    return early;
  }
}
