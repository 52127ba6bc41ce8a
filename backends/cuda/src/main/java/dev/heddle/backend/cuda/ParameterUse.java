package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import java.util.Set;
import java.util.TreeSet;

/**
 * Through which buffer parameters a kernel writes.
 *
 * @param readOnly those it only reads
 * @param written those it writes, atomically or not
 */
record ParameterUse(Set<Integer> readOnly, Set<Integer> written) {
  static ParameterUse of(Function kernel) {
    Set<Integer> written = new TreeSet<>();
    find(kernel.body(), written);
    Set<Integer> readOnly = new TreeSet<>();
    for (Parameter parameter : kernel.parameters()) {
      if (parameter instanceof Parameter.Pointer pointer
          && pointer.root() instanceof Root.Buffer buffer
          && !written.contains(buffer.parameter())) {
        readOnly.add(buffer.parameter());
      }
    }
    return new ParameterUse(readOnly, written);
  }

  private static void find(Region region, Set<Integer> written) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Store store -> add(store.access(), written);
        case Op.Atomic atomic -> add(atomic.access(), written);
        case Op.If branch -> {
          find(branch.thenRegion(), written);
          find(branch.elseRegion(), written);
        }
        case Op.Loop loop -> find(loop.body(), written);
        default -> {}
      }
    }
  }

  private static void add(Access access, Set<Integer> written) {
    if (access.root() instanceof Root.Buffer buffer) {
      written.add(buffer.parameter());
    }
  }
}
