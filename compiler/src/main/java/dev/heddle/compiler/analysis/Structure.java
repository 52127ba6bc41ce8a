package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.LaunchShape.Argument;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups over one kernel: where values are defined and used, how loops are continued and left.
 */
final class Structure {
  /**
   * A loop's ways on and out.
   *
   * @param continues the values that each continue hands over
   * @param exits number of terminators that leave the loop
   */
  static final class LoopWays {
    final List<List<Value>> continues = new ArrayList<>();
    int exits;
    int entered;
  }

  private final LaunchShape shape;
  private final Map<Integer, LoopWays> loops = new HashMap<>();
  private final List<Integer> open = new ArrayList<>();
  private List<Integer> inside = List.of();
  private final BitSet used = new BitSet();
  private Op[] definitions = new Op[64];
  private int[] order = new int[64];
  private final Map<Integer, List<Integer>> around = new HashMap<>();
  private int values;
  private int position;

  Structure(Function kernel, LaunchShape shape) {
    this.shape = shape;
    for (Parameter parameter : kernel.parameters()) {
      switch (parameter) {
        case Parameter.Scalar scalar -> place(scalar.value());
        case Parameter.Pointer pointer -> place(pointer.offset());
      }
    }
    scan(kernel.body());
  }

  /** One more than the largest number of a value. */
  int values() {
    return values;
  }

  @Nullable Op definition(Value value) {
    return definitions[value.id()];
  }

  /** The labels of the loops that the value is defined in, from the outside in. */
  List<Integer> around(Value value) {
    return around.getOrDefault(value.id(), List.of());
  }

  boolean used(Value value) {
    return used.get(value.id());
  }

  LoopWays ways(Op.Loop loop) {
    LoopWays ways = loops.get(loop.label());
    if (ways == null) {
      throw new IllegalArgumentException("loop " + loop.label() + " is not of this kernel");
    }
    return ways;
  }

  /** Whether the value is there before the loop is entered. */
  boolean before(Value value, LoopWays loop) {
    return order[value.id()] < loop.entered;
  }

  /** The size of a root in this launch, or {@link LaunchShape#UNKNOWN}. */
  long bytes(Root root) {
    return switch (root) {
      case Root.Buffer buffer -> bytes(shape.arguments().get(buffer.parameter()));
      case Root.LocalParameter local -> bytes(shape.arguments().get(local.parameter()));
      case Root.Array array -> array.bytes();
      case Root.Table table -> table.content().length();
      case Root.Formal formal -> LaunchShape.UNKNOWN;
    };
  }

  private static long bytes(Argument argument) {
    return switch (argument) {
      case Argument.Buffer buffer -> buffer.bytes();
      case Argument.Local local -> local.bytes();
      case Argument.Null none -> 0;
      case Argument.Scalar scalar -> throw new IllegalArgumentException("a scalar for a pointer");
      case Argument.Unknown unknown -> LaunchShape.UNKNOWN;
    };
  }

  private void place(Value value) {
    int id = value.id();
    values = Math.max(values, id + 1);
    if (id >= order.length) {
      int size = Math.max(id + 1, order.length * 2);
      order = java.util.Arrays.copyOf(order, size);
      definitions = java.util.Arrays.copyOf(definitions, size);
    }
    order[id] = position++;
    if (!open.isEmpty()) {
      around.put(id, inside);
    }
  }

  private void scan(Region region) {
    for (Op op : region.ops()) {
      for (Value operand : op.operands()) {
        used.set(operand.id());
      }
      for (Value result : op.results()) {
        place(result);
        definitions[result.id()] = op;
      }
      switch (op) {
        case Op.If branch -> {
          scan(branch.thenRegion());
          scan(branch.elseRegion());
        }
        case Op.Loop loop -> scanLoop(loop);
        default -> {}
      }
    }
    scan(region.terminator());
  }

  private void scanLoop(Op.Loop loop) {
    LoopWays ways = new LoopWays();
    ways.entered = position;
    loops.put(loop.label(), ways);
    List<Integer> outside = inside;
    open.add(loop.label());
    inside = List.copyOf(open);
    loop.body().parameters().forEach(this::place);
    scan(loop.body());
    open.removeLast();
    inside = outside;
  }

  private void scan(Terminator end) {
    end.values().forEach(value -> used.set(value.id()));
    switch (end) {
      case Terminator.Continue next -> {
        Objects.requireNonNull(loops.get(next.label())).continues.add(next.values());
        countExits(next.label(), false);
      }
      case Terminator.Break out -> countExits(out.label(), true);
      case Terminator.Return stop -> countExits(-1, true);
      case Terminator.Yield yield -> {}
    }
  }

  /** Counts an exit of every open loop up to that label. */
  private void countExits(int label, boolean target) {
    for (int i = open.size() - 1; i >= 0; i--) {
      boolean last = open.get(i) == label;
      if (!last || target) {
        Objects.requireNonNull(loops.get(open.get(i))).exits++;
      }
      if (last) {
        return;
      }
    }
  }

  /** Whether something inside the op may lead out of it other than at its end. */
  static boolean leaves(Op op) {
    List<Integer> inside = new ArrayList<>();
    return leaves(op, inside, false);
  }

  /** Whether something inside the op continues the loop of that label. */
  static boolean continues(Op op, int label) {
    for (Region region : Regions.of(op)) {
      if (region.terminator() instanceof Terminator.Continue next && next.label() == label) {
        return true;
      }
      for (Op inner : region.ops()) {
        if (continues(inner, label)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean leaves(Op op, List<Integer> inside, boolean found) {
    if (op instanceof Op.Loop loop) {
      inside.add(loop.label());
    }
    boolean result = found;
    for (Region region : Regions.of(op)) {
      result |= leaves(region, inside);
    }
    if (op instanceof Op.Loop) {
      inside.removeLast();
    }
    return result;
  }

  private static boolean leaves(Region region, List<Integer> inside) {
    boolean out =
        switch (region.terminator()) {
          case Terminator.Yield yield -> false;
          case Terminator.Return stop -> true;
          case Terminator.Break end -> !inside.contains(end.label());
          case Terminator.Continue next -> !inside.contains(next.label());
        };
    for (Op op : region.ops()) {
      out |= leaves(op, inside, false);
    }
    return out;
  }

  /** Whether the ops of a region may lead out of it before its end. */
  static boolean leavesEarly(Region region) {
    return region.ops().stream().anyMatch(Structure::leaves);
  }
}
