package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the values of a function are defined; and how to walk over its regions. */
public final class Definitions {
  private final Map<Value, Op> definitions = new HashMap<>();

  public Definitions(Function function) {
    visit(function.body());
  }

  /** The op that defines it; empty for parameters of the function or of a loop. */
  public Optional<Op> of(Value value) {
    return Optional.ofNullable(definitions.get(value));
  }

  /** The bits of a constant. */
  public Optional<Long> constant(Value value) {
    return definitions.get(value) instanceof Op.Constant constant
        ? Optional.of(constant.bits())
        : Optional.empty();
  }

  /** The regions that an op owns. */
  public static List<Region> regions(Op op) {
    return switch (op) {
      case Op.If branch -> List.of(branch.thenRegion(), branch.elseRegion());
      case Op.Loop loop -> List.of(loop.body());
      default -> List.of();
    };
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      op.results().forEach(result -> definitions.put(result, op));
      regions(op).forEach(this::visit);
    }
  }
}
