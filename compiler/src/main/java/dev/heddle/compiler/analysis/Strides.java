package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which integers grow by a constant step along a row. Steps hold modulo the width of the type; loop
 * parameters are taken to keep the step of their initial value until a walk finds otherwise.
 */
final class Strides {
  private final UniformitySolver uniformity;
  private final Map<Integer, Long> steps = new HashMap<>();
  private final Map<Integer, List<Value>> sources = new HashMap<>();
  private final Map<Integer, Op.Convert> widenings = new HashMap<>();
  private final BitSet irregular = new BitSet();
  private boolean changed;

  Strides(Function kernel, UniformitySolver uniformity) {
    this.uniformity = uniformity;
    do {
      changed = false;
      visit(kernel.body());
    } while (changed);
  }

  Optional<LaneStride> of(Value value) {
    Long step = step(value);
    if (step == null || !value.type().isInteger()) {
      return Optional.empty();
    }
    List<Op.Convert> found = new ArrayList<>();
    collect(value, found, new BitSet());
    return Optional.of(new LaneStride(step, found));
  }

  private void collect(Value value, List<Op.Convert> found, BitSet seen) {
    if (uniformity.uniform(value) || seen.get(value.id())) {
      return;
    }
    seen.set(value.id());
    if (widenings.containsKey(value.id())) {
      found.add(widenings.get(value.id()));
    }
    sources.getOrDefault(value.id(), List.of()).forEach(source -> collect(source, found, seen));
  }

  private @Nullable Long step(Value value) {
    return uniformity.uniform(value) ? Long.valueOf(0) : steps.get(value.id());
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Query query -> visitQuery(query);
        case Op.Unary unary -> visitUnary(unary);
        case Op.Binary binary -> visitBinary(binary);
        case Op.Convert convert -> visitConvert(convert);
        case Op.Select select -> {
          if (uniformity.uniform(select.condition())) {
            agree(select.result(), List.of(select.ifTrue(), select.ifFalse()));
          }
        }
        case Op.If branch -> visitIf(branch);
        case Op.Loop loop -> visitLoop(loop);
        default -> {}
      }
    }
  }

  private void visitQuery(Op.Query query) {
    boolean id = query.op() == QueryOp.GLOBAL_ID || query.op() == QueryOp.LOCAL_ID;
    if (id && query.dimension() == 0 && uniformity.scope() == UniformitySolver.Scope.ROW) {
      set(query.result(), 1L, List.of());
    }
  }

  private void visitUnary(Op.Unary unary) {
    Long step = step(unary.operand());
    Long negated =
        switch (unary.op()) {
          // ~x is -x - 1
          case NEG, NOT -> step == null ? null : Long.valueOf(-step);
          case CLZ, CTZ, POPCOUNT, FNEG, FABS, SQRT, FLOOR, CEIL, FTRUNC, RINT -> null;
        };
    set(unary.result(), negated, List.of(unary.operand()));
  }

  private void visitBinary(Op.Binary binary) {
    Long left = step(binary.left());
    Long right = step(binary.right());
    Long step = left == null || right == null ? null : step(binary, left, right);
    set(binary.result(), step, List.of(binary.left(), binary.right()));
  }

  private @Nullable Long step(Op.Binary binary, long left, long right) {
    return switch (binary.op()) {
      case ADD -> Long.valueOf(left + right);
      case SUB -> Long.valueOf(left - right);
      case MUL -> {
        Long factor = uniformity.constant(binary.right());
        Long other = uniformity.constant(binary.left());
        yield factor != null ? Long.valueOf(left * factor) : other != null ? right * other : null;
      }
      case SHL -> {
        Long count = uniformity.constant(binary.right());
        yield count == null
            ? null
            : Long.valueOf(left << (count & (binary.result().type().bits() - 1)));
      }
      default -> null;
    };
  }

  private void visitConvert(Op.Convert convert) {
    Long step = step(convert.operand());
    boolean widens = convert.op() == ConvertOp.SEXT || convert.op() == ConvertOp.ZEXT;
    if (step == null || !(widens || convert.op() == ConvertOp.TRUNC)) {
      return;
    }
    if (widens) {
      widenings.put(convert.result().id(), convert);
    }
    set(convert.result(), step, List.of(convert.operand()));
  }

  private void visitIf(Op.If branch) {
    visit(branch.thenRegion());
    visit(branch.elseRegion());
    for (int i = 0; i < branch.results().size(); i++) {
      List<Value> values = UniformitySolver.yields(branch, i);
      if (!uniformity.divergent(branch) || values.size() == 1) {
        agree(branch.results().get(i), values);
      }
    }
  }

  private void visitLoop(Op.Loop loop) {
    UniformitySolver.LoopEnds ends = uniformity.ends(loop.label());
    List<Value> parameters = loop.body().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (!steps.containsKey(parameters.get(i).id())) {
        agree(parameters.get(i), List.of(loop.initial().get(i)));
      }
    }
    visit(loop.body());
    for (int i = 0; i < parameters.size(); i++) {
      List<Value> values = new ArrayList<>(List.of(loop.initial().get(i)));
      values.addAll(UniformitySolver.values(ends.continues(), i));
      if (uniformity.continuesTogether(loop.label(), i)) {
        agree(parameters.get(i), values);
      } else {
        set(parameters.get(i), null, List.of());
      }
    }
    for (int i = 0; i < loop.results().size(); i++) {
      if (uniformity.breaksTogether(loop.label(), i)) {
        agree(loop.results().get(i), UniformitySolver.values(ends.breaks(), i));
      }
    }
  }

  /** The result has the step of the values, if they have one in common. */
  private void agree(Value result, List<Value> values) {
    Long step = values.isEmpty() ? null : step(values.getFirst());
    boolean same = step != null && values.stream().allMatch(value -> step.equals(step(value)));
    set(result, same ? step : null, values);
  }

  private void set(Value result, @Nullable Long step, List<Value> from) {
    if (!result.type().isInteger() || uniformity.uniform(result) || irregular.get(result.id())) {
      return;
    }
    Long narrow = step == null ? null : Long.valueOf(reduce(step, result.type()));
    Long before = steps.get(result.id());
    if (narrow == null || (before != null && !before.equals(narrow))) {
      changed |= before != null;
      irregular.set(result.id());
      steps.remove(result.id());
    } else {
      steps.put(result.id(), narrow);
      sources.put(result.id(), from);
    }
  }

  private static long reduce(long step, Type type) {
    int unused = 64 - type.bits();
    return step << unused >> unused;
  }
}
