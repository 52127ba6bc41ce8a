package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Marks accesses as proven, so that devices leave the check out. */
public final class Guards {
  private Guards() {}

  /**
   * Marks the accesses that {@code facts}, found for this very function, prove in range and
   * aligned.
   */
  public static Function apply(Function kernel, LaunchFacts facts) {
    FaultSites sites = new FaultSites(kernel);
    Predicate<Op> proven = op -> FaultSites.mayFault(op) && facts.proven(sites.number(op));
    return kernel.withBody(rewrite(kernel.body(), proven));
  }

  /** Marks every access: for bounds mode {@code off}. */
  public static Function none(Function kernel) {
    return kernel.withBody(rewrite(kernel.body(), op -> true));
  }

  private static Region rewrite(Region region, Predicate<Op> proven) {
    List<Op> ops = new ArrayList<>(region.ops().size());
    for (Op op : region.ops()) {
      ops.add(rewrite(op, proven));
    }
    return new Region(region.parameters(), ops, region.terminator());
  }

  private static Op rewrite(Op op, Predicate<Op> proven) {
    return switch (op) {
      case Op.If branch ->
          new Op.If(
              branch.results(),
              branch.condition(),
              rewrite(branch.thenRegion(), proven),
              rewrite(branch.elseRegion(), proven),
              branch.span());
      case Op.Loop loop ->
          new Op.Loop(
              loop.results(),
              loop.label(),
              loop.initial(),
              rewrite(loop.body(), proven),
              loop.span());
      case Op.Load load when proven.test(load) ->
          new Op.Load(load.results(), mark(load.access()), load.span());
      case Op.Store store when proven.test(store) ->
          new Op.Store(mark(store.access()), store.values(), store.span());
      case Op.Atomic atomic when proven.test(atomic) ->
          new Op.Atomic(
              atomic.result(), atomic.op(), mark(atomic.access()), atomic.values(), atomic.span());
      default -> op;
    };
  }

  private static Access mark(Access access) {
    return access.withGuard(Access.Guard.PROVEN);
  }
}
