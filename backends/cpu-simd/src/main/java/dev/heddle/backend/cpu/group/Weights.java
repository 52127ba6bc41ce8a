package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.IdentityHashMap;
import java.util.List;
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
    int weight = 0;
    for (Op op : region.ops()) {
      if (op instanceof Op.Barrier || cuts(op)) {
        return true;
      }
      weight += of(op);
    }
    return weight > budget;
  }

  /** Weighs every op of the region; what they weigh together. */
  private int visit(Region region) {
    see(region.parameters());
    int sum = 0;
    for (Op op : region.ops()) {
      see(op.results());
      List<Region> regions = Definitions.regions(op);
      int weight = own(op);
      for (Region inner : regions) {
        weight += visit(inner);
      }
      weights.put(op, weight);
      cuts.put(op, !regions.isEmpty() && (weight > budget || hasCut(regions)));
      sum += weight;
    }
    return sum;
  }

  private boolean hasCut(List<Region> regions) {
    for (Region region : regions) {
      if (cuts(region)) {
        return true;
      }
    }
    return false;
  }

  private void see(List<Value> values) {
    for (Value value : values) {
      see(value);
    }
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
