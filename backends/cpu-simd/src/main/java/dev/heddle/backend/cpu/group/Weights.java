package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/** How large ops are, and which of them contain cuts. */
final class Weights {
  private final Map<Op, Integer> weights = new IdentityHashMap<>();
  private final Map<Op, Boolean> cuts = new IdentityHashMap<>();
  private final int budget;
  private int highestValue = -1;

  Weights(Function kernel, int budget) {
    this.budget = budget;
    for (Parameter parameter : kernel.parameters()) {
      see(
          switch (parameter) {
            case Parameter.Scalar scalar -> scalar.value();
            case Parameter.Pointer pointer -> pointer.offset();
          });
    }
    visit(kernel.body());
  }

  /** A number that no value has, nor any above it. */
  int firstFreeValue() {
    return highestValue + 1;
  }

  /** About how many instructions an op takes, with all in it. */
  int of(Op op) {
    return Objects.requireNonNull(weights.get(op));
  }

  /** Whether there is a cut inside the op. */
  boolean cuts(Op op) {
    return Objects.requireNonNull(cuts.get(op));
  }

  /** Whether there is a cut in the region: a barrier, or it is too large for one segment. */
  boolean cuts(Region region) {
    return region.ops().stream().anyMatch(op -> op instanceof Op.Barrier || cuts(op))
        || weight(region) > budget;
  }

  private int weight(Region region) {
    return region.ops().stream().mapToInt(this::of).sum();
  }

  private void visit(Region region) {
    region.parameters().forEach(this::see);
    for (Op op : region.ops()) {
      op.results().forEach(this::see);
      Definitions.regions(op).forEach(this::visit);
      int weight = own(op) + Definitions.regions(op).stream().mapToInt(this::weight).sum();
      weights.put(op, weight);
      boolean nested = !Definitions.regions(op).isEmpty();
      cuts.put(op, nested && (weight > budget || hasCut(op)));
    }
  }

  private boolean hasCut(Op op) {
    return Definitions.regions(op).stream().anyMatch(this::cuts);
  }

  private void see(Value value) {
    highestValue = Math.max(highestValue, value.id());
  }

  private static int own(Op op) {
    return switch (op) {
      case Op.Constant constant -> 0;
      case Op.Load load -> 2 * load.access().count() + 2;
      case Op.Store store -> 2 * store.access().count() + 2;
      case Op.Atomic atomic -> 6;
      case Op.Binary binary when binary.op().divides() -> 6;
      case Op.If branch -> 2 + branch.results().size();
      case Op.Loop loop -> 2 + 2 * loop.initial().size();
      default -> 1;
    };
  }
}
