package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.group.Definitions;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.HashSet;
import java.util.Set;

/** About how many vector registers a function wants. */
final class Pressure {
  private final LaneShapes shapes;
  private final Set<Value> broadcast = new HashSet<>();
  private int most;

  Pressure(Function function, LaneShapes shapes) {
    this.shapes = shapes;
    before(function.body(), Set.of());
  }

  /** Vectors that live at once, at most; for one vector of work-items. */
  int live() {
    return most;
  }

  /** Scalars that are used as vectors, however many vectors of work-items there are. */
  int shared() {
    return broadcast.size();
  }

  /** The values that live before a region, after which {@code after} live. */
  private Set<Value> before(Region region, Set<Value> after) {
    Set<Value> live = new HashSet<>(after);
    live.addAll(region.terminator().values());
    for (Op op : region.ops().reversed()) {
      note(live);
      op.results().forEach(live::remove);
      switch (op) {
        case Op.If branch -> {
          Set<Value> rest = Set.copyOf(live);
          live.addAll(before(branch.thenRegion(), rest));
          live.addAll(before(branch.elseRegion(), rest));
        }
        case Op.Loop loop -> {
          live.addAll(outer(loop));
          live.addAll(before(loop.body(), Set.copyOf(live)));
          loop.body().parameters().forEach(live::remove);
        }
        default -> noteBroadcasts(op);
      }
      live.addAll(op.operands());
    }
    note(live);
    return live;
  }

  /** What a loop uses that is defined before it: it lives in every trip. */
  private static Set<Value> outer(Op.Loop loop) {
    Set<Value> used = new HashSet<>();
    Set<Value> defined = new HashSet<>();
    collect(loop.body(), used, defined);
    used.removeAll(defined);
    return used;
  }

  private static void collect(Region region, Set<Value> used, Set<Value> defined) {
    defined.addAll(region.parameters());
    for (Op op : region.ops()) {
      used.addAll(op.operands());
      defined.addAll(op.results());
      Definitions.regions(op).forEach(inner -> collect(inner, used, defined));
    }
    used.addAll(region.terminator().values());
  }

  private void note(Set<Value> live) {
    int registers = 0;
    for (Value value : live) {
      if (value.type() != Type.BOOL && shapes.of(value).varying()) {
        registers += Kind.of(value.type()).parts();
      }
    }
    most = Math.max(most, registers);
  }

  private void noteBroadcasts(Op op) {
    boolean computes =
        switch (op) {
          case Op.Unary unary -> true;
          case Op.Binary binary -> true;
          case Op.Compare compare -> true;
          case Op.Fma fma -> true;
          case Op.Select select -> true;
          default -> false;
        };
    if (computes && shapes.of(op.results().getFirst()).varying()) {
      op.operands().stream().filter(v -> shapes.of(v).uniform()).forEach(broadcast::add);
    }
  }
}
