package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import java.util.HashSet;
import java.util.Set;

/** Whether control may leave a region other than by its yield. */
final class Leaves {
  private Leaves() {}

  static boolean any(Region region) {
    return any(region, new HashSet<>());
  }

  /** Whether control may leave a loop and what is around it. */
  static boolean beyond(Op.Loop loop) {
    return any(loop.body(), new HashSet<>(Set.of(loop.label())));
  }

  private static boolean any(Region region, Set<Integer> inside) {
    for (Op op : region.ops()) {
      boolean leaves =
          switch (op) {
            case Op.If branch ->
                any(branch.thenRegion(), inside) || any(branch.elseRegion(), inside);
            case Op.Loop loop -> {
              inside.add(loop.label());
              yield any(loop.body(), inside);
            }
            default -> false;
          };
      if (leaves) {
        return true;
      }
    }
    return switch (region.terminator()) {
      case Terminator.Yield yield -> false;
      case Terminator.Return end -> true;
      case Terminator.Break out -> !inside.contains(out.label());
      case Terminator.Continue next -> !inside.contains(next.label());
    };
  }
}
