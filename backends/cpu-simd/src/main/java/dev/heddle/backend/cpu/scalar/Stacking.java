package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.group.Definitions;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values need no local variable, since they are computed on the operand stack where they are
 * used: constants, and pure ops with one use, in the region that defines them. And after which op
 * of its region each of the other values is used no more, so that its variable is free.
 */
final class Stacking {
  private static final int MAX_HEIGHT = 12;

  private final Map<Value, Op> stacked = new HashMap<>();
  private final Map<Value, Integer> heights = new HashMap<>();
  private final Map<Op, List<Value>> dying = new IdentityHashMap<>();
  private final Set<Value> used = new HashSet<>();

  Stacking(Function function) {
    Map<Value, Integer> uses = new HashMap<>();
    count(function.body(), uses);
    used.addAll(uses.keySet());
    choose(function.body(), uses);
    new Lifetimes().visit(function.body());
  }

  /** Whether anything uses the value. */
  boolean used(Value value) {
    return used.contains(value);
  }

  /** Whether the value is computed where it is used. */
  boolean stacked(Value value) {
    return stacked.containsKey(value);
  }

  /** The op of a stacked value. */
  Op op(Value value) {
    return Objects.requireNonNull(stacked.get(value));
  }

  /** The values in variables, defined in the region of {@code op}, that are not used after it. */
  List<Value> dyingAfter(Op op) {
    return dying.getOrDefault(op, List.of());
  }

  private static void count(Region region, Map<Value, Integer> uses) {
    for (Op op : region.ops()) {
      op.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
      Definitions.regions(op).forEach(inner -> count(inner, uses));
    }
    region.terminator().values().forEach(value -> uses.merge(value, 1, Integer::sum));
  }

  private void choose(Region region, Map<Value, Integer> uses) {
    Map<Value, Op> candidates = new HashMap<>();
    for (Op op : region.ops()) {
      op.operands().forEach(operand -> take(candidates, operand));
      if (op instanceof Op.Constant constant) {
        stacked.put(constant.result(), op);
      } else if (isPure(op) && uses.getOrDefault(op.results().getFirst(), 0) == 1) {
        candidates.put(op.results().getFirst(), op);
      }
      Definitions.regions(op).forEach(inner -> choose(inner, uses));
    }
    region.terminator().values().forEach(value -> take(candidates, value));
  }

  private void take(Map<Value, Op> candidates, Value operand) {
    Op op = candidates.remove(operand);
    if (op == null) {
      return;
    }
    int height =
        1 + op.operands().stream().mapToInt(o -> heights.getOrDefault(o, 0)).max().orElse(0);
    if (height <= MAX_HEIGHT) {
      heights.put(operand, height);
      stacked.put(operand, op);
    }
  }

  private static boolean isPure(Op op) {
    return switch (op) {
      case Op.Unary unary -> true;
      case Op.Binary binary -> !binary.op().divides();
      case Op.Compare compare -> true;
      case Op.Fma fma -> true;
      case Op.Select select -> true;
      case Op.Convert convert -> true;
      case Op.Query query -> true;
      case Op.RootSize size -> true;
      default -> false;
    };
  }

  /** Finds, for each value, the last op of its own region that uses it. */
  private final class Lifetimes {
    private final Map<Value, Integer> depths = new HashMap<>();
    private final Map<Value, @Nullable Op> last = new HashMap<>();
    private final List<Op> path = new ArrayList<>();

    void visit(Region region) {
      int depth = path.size();
      List<Value> defined = new ArrayList<>();
      for (Op op : region.ops()) {
        path.add(op);
        if (op.results().isEmpty() || !stacked.containsKey(op.results().getFirst())) {
          op.operands().forEach(this::use);
        }
        Definitions.regions(op).forEach(this::visit);
        for (Value result : op.results()) {
          depths.put(result, depth);
          last.put(result, op);
          defined.add(result);
        }
        path.removeLast();
      }
      region.terminator().values().forEach(this::use);
      for (Value value : defined) {
        Op op = last.get(value);
        if (op != null && !stacked.containsKey(value)) {
          dying.computeIfAbsent(op, key -> new ArrayList<>()).add(value);
        }
      }
    }

    /**
     * A use by the ops on the path; those in variables beneath a stacked value are used with it.
     */
    private void use(Value value) {
      Op op = stacked.get(value);
      if (op != null) {
        op.operands().forEach(this::use);
        return;
      }
      Integer depth = depths.get(value);
      if (depth == null) {
        return;
      }
      if (depth < path.size()) {
        last.put(value, path.get(depth));
      } else {
        // used by the terminator of its own region: lives to the region's end
        last.put(value, null);
      }
    }
  }
}
