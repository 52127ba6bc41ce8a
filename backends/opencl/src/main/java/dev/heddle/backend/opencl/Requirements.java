package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.Optional;

/** What a kernel needs that not every device has. */
final class Requirements {
  private Requirements() {}

  /** What {@code dialect} lacks for {@code kernel}, if anything, with its place. */
  static Optional<String> missing(Function kernel, Dialect dialect) {
    return missing(kernel.body(), dialect);
  }

  private static Optional<String> missing(Region region, Dialect dialect) {
    for (Op op : region.ops()) {
      Optional<String> lack =
          switch (op) {
            case Op.If branch ->
                missing(branch.thenRegion(), dialect)
                    .or(() -> missing(branch.elseRegion(), dialect));
            case Op.Loop loop -> missing(loop.body(), dialect);
            case Op.Atomic atomic when isLong(atomic.access().element()) ->
                lack(dialect.longAtomics(), "64-bit atomics", op);
            default -> usesDouble(op) ? lack(dialect.doubles(), "double", op) : Optional.empty();
          };
      if (lack.isPresent()) {
        return lack;
      }
    }
    return Optional.empty();
  }

  private static boolean isLong(Type type) {
    return type == Type.I64;
  }

  private static boolean usesDouble(Op op) {
    return op.results().stream().anyMatch(Requirements::isDouble)
        || op.operands().stream().anyMatch(Requirements::isDouble);
  }

  private static boolean isDouble(Value value) {
    return value.type() == Type.F64;
  }

  private static Optional<String> lack(boolean there, String what, Op op) {
    return there ? Optional.empty() : Optional.of(what + " at " + op.span());
  }
}
