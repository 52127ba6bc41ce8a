package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the ops of a kernel that may fault, in program order, so that a device reports a fault as
 * a small integer. Every device numbers by this class, over the very function it was given.
 */
public final class FaultSites {
  private final List<Op> sites = new ArrayList<>();
  private final Map<Op, Integer> numbers = new IdentityHashMap<>();

  public FaultSites(Function kernel) {
    visit(kernel.body());
  }

  /** The ops that may fault, by site number. */
  public List<Op> sites() {
    return List.copyOf(sites);
  }

  /** The site number of that very op. */
  public int number(Op op) {
    Integer number = numbers.get(op);
    if (number == null) {
      throw new IllegalArgumentException("no fault site: " + op);
    }
    return number;
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      if (mayFault(op)) {
        numbers.put(op, sites.size());
        sites.add(op);
      }
      if (op instanceof Op.If branch) {
        visit(branch.thenRegion());
        visit(branch.elseRegion());
      } else if (op instanceof Op.Loop loop) {
        visit(loop.body());
      }
    }
  }

  /** Whether executing {@code op} may fault. */
  public static boolean mayFault(Op op) {
    return switch (op) {
      case Op.Load load -> load.access().guard() == Access.Guard.CHECKED;
      case Op.Store store -> store.access().guard() == Access.Guard.CHECKED;
      case Op.Atomic atomic -> atomic.access().guard() == Access.Guard.CHECKED;
      case Op.Binary binary -> binary.op().divides();
      case Op.Barrier barrier -> true;
      default -> false;
    };
  }
}
