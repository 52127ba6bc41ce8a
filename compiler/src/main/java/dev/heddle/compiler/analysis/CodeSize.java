package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;

/** How long code is, which says how long compilers take over it. */
public final class CodeSize {
  private CodeSize() {}

  /** Number of ops in a function's text, constants included. */
  public static int of(Function function) {
    return of(function.body());
  }

  private static int of(Region region) {
    int size = region.ops().size();
    for (Op op : region.ops()) {
      for (Region inner : Regions.of(op)) {
        size += of(inner);
      }
    }
    return size;
  }
}
