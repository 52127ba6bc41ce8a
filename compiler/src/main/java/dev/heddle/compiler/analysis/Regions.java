package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import java.util.List;

/** The regions that an op owns. */
final class Regions {
  private Regions() {}

  static List<Region> of(Op op) {
    if (op instanceof Op.If branch) {
      return List.of(branch.thenRegion(), branch.elseRegion());
    }
    return op instanceof Op.Loop loop ? List.of(loop.body()) : List.of();
  }
}
