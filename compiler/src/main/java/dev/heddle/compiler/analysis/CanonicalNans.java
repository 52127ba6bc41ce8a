package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where code for a processor whose own NaN differs from the IR's must make a computed NaN
 * canonical. Arithmetic does not care about a NaN's bits, so that is left to the places where they
 * can be seen: stores, bit casts and sign operations. Moves (loads, selects, results of branches
 * and loops) keep a NaN's bits; only where a moved value and a computed one may meet before their
 * bits are seen is the computed one made canonical as it is defined.
 */
public final class CanonicalNans {
  private final Set<Value> computed = new HashSet<>();
  private final Set<Value> moved = new HashSet<>();
  private final Set<Value> settled = new HashSet<>();
  private final Map<Value, List<Value>> sources = new HashMap<>();
  private final Map<Integer, Op.Loop> loops = new HashMap<>();
  private final Set<Value> visible = new HashSet<>();
  private final Set<Value> seen = new HashSet<>();
  private final Map<Value, Value> signed = new HashMap<>();

  public CanonicalNans(Function kernel) {
    for (Parameter parameter : kernel.parameters()) {
      if (parameter instanceof Parameter.Scalar scalar) {
        moved.add(scalar.value());
      }
    }
    visit(kernel.body(), List.of());
    spread(computed);
    spread(moved);
    findVisible();
    settle();
  }

  /** Whether the result of an arithmetic op must be made canonical as it is defined. */
  public boolean atDefinition(Value value) {
    return settled.contains(value) && !sources.containsKey(value);
  }

  /** Whether {@code op} must make its operand canonical before it uses it. */
  public boolean atUse(Op op, Value operand) {
    return seesBits(op)
        && computed.contains(operand)
        && !moved.contains(operand)
        && !settled.contains(operand);
  }

  /** Whether the bits of the value, were it a NaN, can be seen. */
  public boolean visible(Value value) {
    return visible.contains(value);
  }

  private boolean seesBits(Op op) {
    return switch (op) {
      case Op.Store store -> true;
      case Op.Atomic atomic -> true;
      case Op.Convert convert -> convert.op() == ConvertOp.BITCAST;
      case Op.Unary unary -> changesSign(unary) && visible.contains(unary.result());
      default -> false;
    };
  }

  private static boolean changesSign(Op.Unary unary) {
    return unary.op() == UnaryOp.FNEG || unary.op() == UnaryOp.FABS;
  }

  private static boolean isFloat(Value value) {
    return value.type() == Type.F32 || value.type() == Type.F64;
  }

  private void visit(Region region, List<Value> yieldsTo) {
    for (Op op : region.ops()) {
      classify(op);
      if (op instanceof Op.Unary unary && changesSign(unary)) {
        signed.put(unary.result(), unary.operand());
      } else if (seesBits(op)) {
        op.operands().stream().filter(CanonicalNans::isFloat).forEach(seen::add);
      }
      if (op instanceof Op.If branch) {
        visit(branch.thenRegion(), branch.results());
        visit(branch.elseRegion(), branch.results());
      } else if (op instanceof Op.Loop loop) {
        loops.put(loop.label(), loop);
        flow(loop.initial(), loop.body().parameters());
        visit(loop.body(), List.of());
      }
    }
    switch (region.terminator()) {
      case Terminator.Yield yield -> flow(yield.values(), yieldsTo);
      case Terminator.Break leave ->
          flow(leave.values(), Objects.requireNonNull(loops.get(leave.label())).results());
      case Terminator.Continue next ->
          flow(next.values(), Objects.requireNonNull(loops.get(next.label())).body().parameters());
      case Terminator.Return done -> {}
    }
  }

  private void classify(Op op) {
    switch (op) {
      case Op.Constant constant -> {
        if (isFloat(constant.result()) && oddNan(constant)) {
          moved.add(constant.result());
        }
      }
      case Op.Select select ->
          flow(
              List.of(select.ifTrue(), select.ifFalse()),
              List.of(select.result(), select.result()));
      case Op.If branch -> {}
      case Op.Loop loop -> {}
      default -> {
        Set<Value> kind = computes(op) ? computed : moved;
        op.results().stream().filter(CanonicalNans::isFloat).forEach(kind::add);
      }
    }
  }

  /** Whether a NaN that {@code op} yields is its own, not one that it moves. */
  private static boolean computes(Op op) {
    return switch (op) {
      case Op.Unary unary -> !changesSign(unary);
      case Op.Convert convert -> convert.op() != ConvertOp.BITCAST;
      case Op.Binary binary -> true;
      case Op.Fma fma -> true;
      case Op.Builtin builtin -> true;
      default -> false;
    };
  }

  private static boolean oddNan(Op.Constant constant) {
    return constant.result().type() == Type.F32
        ? Float.isNaN(Float.intBitsToFloat((int) constant.bits()))
            && (int) constant.bits() != 0x7FC00000
        : Double.isNaN(Double.longBitsToDouble(constant.bits()))
            && constant.bits() != 0x7FF8000000000000L;
  }

  private void flow(List<Value> from, List<Value> to) {
    for (int i = 0; i < to.size(); i++) {
      if (isFloat(to.get(i))) {
        sources.computeIfAbsent(to.get(i), key -> new ArrayList<>()).add(from.get(i));
      }
    }
  }

  /** Extends {@code kind} from sources to what they flow to. */
  private void spread(Set<Value> kind) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<Value, List<Value>> entry : sources.entrySet()) {
        if (!kind.contains(entry.getKey()) && entry.getValue().stream().anyMatch(kind::contains)) {
          changed |= kind.add(entry.getKey());
        }
      }
    }
  }

  private void findVisible() {
    Deque<Value> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      Value value = open.remove();
      if (visible.add(value)) {
        open.addAll(sources.getOrDefault(value, List.of()));
        Value operand = signed.get(value);
        if (operand != null) {
          open.add(operand);
        }
      }
    }
  }

  private void settle() {
    Deque<Value> open = new ArrayDeque<>();
    for (Value value : visible) {
      if (computed.contains(value) && moved.contains(value)) {
        open.add(value);
      }
    }
    while (!open.isEmpty()) {
      Value value = open.remove();
      if (computed.contains(value) && settled.add(value)) {
        open.addAll(sources.getOrDefault(value, List.of()));
      }
    }
  }
}
