package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Where the work-items of a group wait for each other, and whether their ways part there. */
public final class BarrierFlow {
  private final Set<Integer> waiting = new HashSet<>();
  private final Set<Integer> divergent = new HashSet<>();
  private final Function kernel;
  private final boolean barriers;
  private final boolean parts;

  public BarrierFlow(Function kernel) {
    this.kernel = kernel;
    barriers = findBarriers(kernel.body());
    parts = barriers && parts(kernel.body(), Uniformity.ofGroup(kernel));
  }

  /** Whether there is a barrier at all. */
  public boolean barriers() {
    return barriers;
  }

  /** Whether work-items wait for each other inside the loop. */
  public boolean waits(Op.Loop loop) {
    return waiting.contains(loop.label());
  }

  /**
   * Whether not all conditions around barriers are proven to be the same for all work-items of a
   * group, so that they may come to different barriers.
   */
  public boolean parts() {
    return parts;
  }

  /**
   * Whether work-items may leave the loop at different trips; known only of kernels with barriers.
   */
  public boolean divergent(Op.Loop loop) {
    return divergent.contains(loop.label());
  }

  /**
   * Whether a work-item may end elsewhere than at the kernel's end: by a return inside a branch or
   * loop, or where a polled loop is asked to end.
   */
  public boolean endsEarly(Predicate<Op.Loop> polled) {
    return endsEarly(kernel.body(), polled);
  }

  private boolean endsEarly(Region region, Predicate<Op.Loop> polled) {
    boolean early = region != kernel.body() && region.terminator() instanceof Terminator.Return;
    for (Op op : region.ops()) {
      early |= op instanceof Op.Loop loop && polled.test(loop);
      for (Region inner : Regions.of(op)) {
        early |= endsEarly(inner, polled);
      }
    }
    return early;
  }

  private boolean findBarriers(Region region) {
    boolean found = false;
    for (Op op : region.ops()) {
      found |= op instanceof Op.Barrier;
      boolean inside = findBarriersIn(op);
      if (inside && op instanceof Op.Loop loop) {
        waiting.add(loop.label());
      }
      found |= inside;
    }
    return found;
  }

  private boolean findBarriersIn(Op op) {
    boolean found = false;
    for (Region inner : Regions.of(op)) {
      found |= findBarriers(inner);
    }
    return found;
  }

  /** Whether ways part around a barrier; notes the loops that work-items leave apart. */
  private boolean parts(Region region, Uniformity uniformity) {
    boolean found = false;
    for (Op op : region.ops()) {
      if (op instanceof Op.If branch) {
        found |= findBarriersIn(branch) && uniformity.divergent(branch);
      } else if (op instanceof Op.Loop loop && uniformity.divergent(loop)) {
        divergent.add(loop.label());
        found |= waits(loop);
      }
      for (Region inner : Regions.of(op)) {
        found |= parts(inner, uniformity);
      }
    }
    return found;
  }
}
