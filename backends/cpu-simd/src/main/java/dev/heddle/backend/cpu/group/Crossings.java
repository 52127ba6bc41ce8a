package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the values that live from one segment into another and gives them room; then adds to each
 * segment the loads and stores. What is cheap to compute from ids, sizes and scalars alone is
 * computed again instead, which also keeps indices in a form that emitters understand.
 */
final class Crossings {
  private static final int MAX_RECOMPUTED = 16;

  /**
   * A segment's body with its loads and stores.
   *
   * @param uniformsIn the uniform values that it takes from earlier segments
   */
  record Result(Region region, Set<Value> uniformsIn) {}

  private final Definitions definitions;
  private final Cells cells;
  private final Set<Value> parameters = new HashSet<>();

  Crossings(Function kernel, Cells cells) {
    this.definitions = new Definitions(kernel);
    this.cells = cells;
    for (Parameter parameter : kernel.parameters()) {
      switch (parameter) {
        case Parameter.Scalar scalar -> parameters.add(scalar.value());
        case Parameter.Pointer pointer -> parameters.add(pointer.offset());
      }
    }
  }

  /** Gives room to what this segment takes from others. */
  void collect(Region segment) {
    for (Value value : liveIn(segment)) {
      if (!recomputable(value)) {
        cells.add(value);
      }
    }
  }

  /** Adds loads at the start of the segment, and stores after what others take from it. */
  Result apply(Region segment) {
    List<Op> ops = new ArrayList<>();
    Set<Value> defined = new HashSet<>();
    Set<Value> uniformsIn = new LinkedHashSet<>();
    for (Value value : liveIn(segment)) {
      if (recomputable(value)) {
        recompute(ops, value, defined);
      } else if (cells.isUniform(value)) {
        uniformsIn.add(value);
      } else {
        cells.load(ops, value);
      }
    }
    Region body = withStores(segment);
    ops.addAll(body.ops());
    return new Result(new Region(List.of(), ops, body.terminator()), uniformsIn);
  }

  /** The values that the segment uses and does not define, in order of first use. */
  private Set<Value> liveIn(Region segment) {
    Set<Value> defined = new HashSet<>();
    Set<Value> used = new LinkedHashSet<>();
    collect(segment, defined, used);
    used.removeAll(defined);
    used.removeAll(parameters);
    return used;
  }

  private static void collect(Region region, Set<Value> defined, Set<Value> used) {
    defined.addAll(region.parameters());
    for (Op op : region.ops()) {
      used.addAll(op.operands());
      defined.addAll(op.results());
      Definitions.regions(op).forEach(inner -> collect(inner, defined, used));
    }
    used.addAll(region.terminator().values());
  }

  private boolean recomputable(Value value) {
    return !cells.contains(value) && cost(value) <= MAX_RECOMPUTED;
  }

  private int cost(Value value) {
    if (parameters.contains(value)) {
      return 0;
    }
    return definitions.of(value).map(this::cost).orElse(MAX_RECOMPUTED + 1);
  }

  private int cost(Op op) {
    boolean cheap =
        switch (op) {
          case Op.Constant constant -> true;
          case Op.Query query -> true;
          case Op.RootSize size -> true;
          case Op.Unary unary -> unary.result().type().isInteger();
          case Op.Compare compare -> true;
          case Op.Select select -> true;
          case Op.Convert convert -> true;
          case Op.Binary binary -> !binary.op().divides();
          default -> false;
        };
    if (!cheap) {
      return MAX_RECOMPUTED + 1;
    }
    int cost = 1;
    for (Value operand : op.operands()) {
      cost += cost(operand);
      if (cost > MAX_RECOMPUTED) {
        break;
      }
    }
    return cost;
  }

  private void recompute(List<Op> ops, Value value, Set<Value> defined) {
    if (parameters.contains(value) || !defined.add(value)) {
      return;
    }
    Op op = definitions.of(value).orElseThrow();
    op.operands().forEach(operand -> recompute(ops, operand, defined));
    ops.add(op);
  }

  private Region withStores(Region region) {
    List<Op> ops = new ArrayList<>();
    for (Op op : region.ops()) {
      ops.add(withStores(op));
      for (Value result : op.results()) {
        if (cells.contains(result)) {
          cells.store(ops, result, result);
        }
      }
    }
    return new Region(region.parameters(), ops, region.terminator());
  }

  private Op withStores(Op op) {
    return switch (op) {
      case Op.If branch ->
          new Op.If(
              branch.results(),
              branch.condition(),
              withStores(branch.thenRegion()),
              withStores(branch.elseRegion()),
              branch.span());
      case Op.Loop loop ->
          new Op.Loop(
              loop.results(), loop.label(), loop.initial(), withStores(loop.body()), loop.span());
      default -> op;
    };
  }
}
