package dev.heddle.backend.opencl;

import dev.heddle.compiler.analysis.Uniformity;
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
  private final boolean mayPart;
  private final Set<Integer> divergent = new HashSet<>();

  /**
   * @param polled whether a loop ends early when the host wants the launch to end
   */
  Ghosts(Function kernel, Predicate<Op.Loop> polled) {
    boolean barriers = findBarriers(kernel.body());
    needed = barriers && endsEarly(kernel.body(), kernel.body(), polled);
    boolean returns = barriers && endsEarly(kernel.body(), kernel.body(), loop -> false);
    mayPart = needed && parts(kernel.body(), Uniformity.ofGroup(kernel)) && returns;
  }

  boolean needed() {
    return needed;
  }

  /** Whether work-items wait for each other inside the loop. */
  boolean waits(Op.Loop loop) {
    return waiting.contains(loop.label());
  }

  /**
   * Whether a ghost, which may hold other values than the others, may miss a barrier of theirs: not
   * all conditions around barriers are proven to be the same for all work-items of a group.
   */
  boolean mayPart() {
    return mayPart;
  }

  /**
   * Whether ghosts pass the loop by. They walk along where all go as many rounds, since what such a
   * loop hands over may decide on a later barrier.
   */
  boolean skip(Op.Loop loop) {
    return needed && !waits(loop) && divergent.contains(loop.label());
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

  /** Whether ways part around a barrier; notes the loops that work-items leave apart. */
  private boolean parts(Region region, Uniformity uniformity) {
    boolean parts = false;
    for (Op op : region.ops()) {
      if (op instanceof Op.If branch) {
        boolean waits = findBarriers(branch.thenRegion()) || findBarriers(branch.elseRegion());
        parts |= waits && uniformity.divergent(branch);
        parts |= parts(branch.thenRegion(), uniformity);
        parts |= parts(branch.elseRegion(), uniformity);
      } else if (op instanceof Op.Loop loop) {
        if (uniformity.divergent(loop)) {
          divergent.add(loop.label());
          parts |= waits(loop);
        }
        parts |= parts(loop.body(), uniformity);
      }
    }
    return parts;
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
