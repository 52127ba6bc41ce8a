package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape of every value of a function, as the lanes of a vector run it in lock step under masks:
 * an optimistic fixed point over the structured control flow.
 *
 * <p>A value is uniform if the lanes that are active where it is defined agree on it. Lanes that
 * left a loop in different trips do not agree on its results; lanes that continue it from different
 * places do not agree on its parameters.
 *
 * <p>Where it speculates, ops over linear and uniform values before any side effect are taken to
 * have a simple shape, see {@link Speculation}: the code tests that, and starts over with masks
 * where it is not so.
 */
final class LaneShapes {
  /** No loop, and not even the function: all lanes run here that entered it. */
  private static final int CONVERGED = -1;

  private final boolean speculate;
  private final boolean privateStoresCount;
  private final Map<Value, Shape> shapes = new HashMap<>();
  private final Map<Value, Op> definitions = new HashMap<>();
  private final Map<Integer, LoopInfo> loops = new HashMap<>();
  private final Set<Value> speculated = new HashSet<>();
  private boolean changed;
  private boolean effects;

  /** What is known of a loop; grows. */
  private static final class LoopInfo {
    final int depth;
    final List<Terminator> continues = new ArrayList<>();
    final List<Terminator> breaks = new ArrayList<>();
    final Set<Value> inside = new HashSet<>();
    boolean nestedContinue;

    /** Some lanes start the next trip, or leave, while others do not. */
    boolean masked;

    /** Lanes leave in different trips. */
    boolean temporal;

    /** Some lanes leave it and what is around it. */
    boolean leavesBeyond;

    /** Its body cannot be started over. */
    boolean effects;

    LoopInfo(int depth) {
      this.depth = depth;
    }
  }

  /** Where the walk is: the loops around, and the depth of the innermost one that is divergent. */
  private static final class Walk {
    final List<Op.Loop> around = new ArrayList<>();
    int divergent = CONVERGED;
  }

  /**
   * @param speculate whether comparisons may be taken to be uniform
   * @param stateful whether private memory outlives the function
   */
  LaneShapes(Function function, boolean speculate, boolean stateful) {
    this.speculate = speculate;
    this.privateStoresCount = stateful;
    for (Parameter parameter : function.parameters()) {
      if (parameter instanceof Parameter.Scalar scalar) {
        shapes.put(scalar.value(), Shape.UNIFORM);
      } else if (parameter instanceof Parameter.Pointer pointer) {
        shapes.put(pointer.offset(), Shape.UNIFORM);
      }
    }
    collect(function.body(), new ArrayList<>());
    do {
      changed = false;
      effects = false;
      visit(function.body(), new Walk());
    } while (changed);
  }

  Shape of(Value value) {
    Shape shape = shapes.get(value);
    if (shape == null) {
      throw new IllegalArgumentException("no shape of " + value);
    }
    return shape;
  }

  /** The op that defines a value; null for parameters of regions and of the function. */
  @Nullable Op definition(Value value) {
    return definitions.get(value);
  }

  /** The bits of a constant value, sign-extended; null for any other. */
  @Nullable Long constant(Value value) {
    if (definitions.get(value) instanceof Op.Constant constant) {
      return signed(value.type(), constant.bits());
    }
    return null;
  }

  /** Whether an op's result is taken to have its shape, to be tested. */
  boolean speculated(Op op) {
    return op.results().size() == 1
        && speculated.contains(op.results().getFirst())
        && !of(op.results().getFirst()).varying();
  }

  /** Whether something may fail its test in every vector; comparisons fail in few. */
  boolean mayFailOften() {
    return speculated.stream()
        .map(definitions::get)
        .anyMatch(op -> op instanceof Op.Binary binary && speculated(binary));
  }

  /** Whether some lanes start a loop's next trip, or leave it, while others do not. */
  boolean masked(Op.Loop loop) {
    return info(loop.label()).masked;
  }

  /** Whether some lanes may leave a loop and more than it. */
  boolean leavesBeyond(Op.Loop loop) {
    return info(loop.label()).leavesBeyond;
  }

  /** Number of places that start a loop's next trip. */
  int continues(Op.Loop loop) {
    return info(loop.label()).continues.size();
  }

  static long signed(Type type, long bits) {
    int unused = 64 - type.bits();
    return bits << unused >> unused;
  }

  private LoopInfo info(int label) {
    LoopInfo info = loops.get(label);
    if (info == null) {
      throw new IllegalArgumentException("no loop " + label);
    }
    return info;
  }

  private void collect(Region region, List<LoopInfo> around) {
    around.forEach(loop -> loop.inside.addAll(region.parameters()));
    for (Op op : region.ops()) {
      op.results().forEach(value -> definitions.put(value, op));
      around.forEach(loop -> loop.inside.addAll(op.results()));
      if (hasEffects(op)) {
        around.forEach(loop -> loop.effects = true);
      }
      if (op instanceof Op.If branch) {
        collect(branch.thenRegion(), around);
        collect(branch.elseRegion(), around);
      } else if (op instanceof Op.Loop loop) {
        LoopInfo info = new LoopInfo(around.size() + 1);
        loops.put(loop.label(), info);
        around.add(info);
        collect(loop.body(), around);
        around.removeLast();
      }
    }
    if (region.terminator() instanceof Terminator.Continue next) {
      LoopInfo target = info(next.label());
      target.continues.add(next);
      target.nestedContinue |= target.depth < around.size();
    } else if (region.terminator() instanceof Terminator.Break out) {
      info(out.label()).breaks.add(out);
    }
  }

  private void set(Value value, Shape shape) {
    Shape before = shapes.get(value);
    Shape after = before == null ? shape : before.join(shape);
    if (!after.equals(before)) {
      shapes.put(value, after);
      changed = true;
    }
  }

  private void visit(Region region, Walk walk) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.If branch -> visitIf(branch, walk);
        case Op.Loop loop -> visitLoop(loop, walk);
        default -> visitSimple(op, walk);
      }
    }
    visitLeave(region.terminator(), walk);
  }

  private void visitSimple(Op op, Walk walk) {
    effects |= hasEffects(op);
    Shape shape = shape(op, walk);
    op.results().forEach(result -> set(result, shape));
  }

  private boolean hasEffects(Op op) {
    return op instanceof Op.Atomic
        || op instanceof Op.Store store
            && (privateStoresCount || store.access().root().space() != AddressSpace.PRIVATE);
  }

  private void visitIf(Op.If branch, Walk walk) {
    boolean varying = !of(branch.condition()).uniform();
    int before = walk.divergent;
    if (varying) {
      walk.divergent = Math.max(before, walk.around.size());
    }
    int inside = walk.divergent;
    visit(branch.thenRegion(), walk);
    int afterThen = walk.divergent;
    walk.divergent = inside;
    visit(branch.elseRegion(), walk);
    int after = Math.max(afterThen, walk.divergent);
    boolean leaves = Leaves.any(branch.thenRegion()) || Leaves.any(branch.elseRegion());
    walk.divergent = varying && !leaves ? before : after;
    setResults(branch, varying);
  }

  private void setResults(Op.If branch, boolean varying) {
    List<Value> first = yielded(branch.thenRegion());
    List<Value> second = yielded(branch.elseRegion());
    for (int i = 0; i < branch.results().size(); i++) {
      Value result = branch.results().get(i);
      if (first != null && second != null) {
        Value a = first.get(i);
        Value b = second.get(i);
        set(result, varying && !a.equals(b) ? Shape.VARYING : of(a).join(of(b)));
      } else if (first != null) {
        set(result, of(first.get(i)));
      } else if (second != null) {
        set(result, of(second.get(i)));
      } else {
        set(result, Shape.UNIFORM);
      }
    }
  }

  private static @Nullable List<Value> yielded(Region region) {
    return region.terminator() instanceof Terminator.Yield yield ? yield.values() : null;
  }

  private void visitLoop(Op.Loop loop, Walk walk) {
    LoopInfo info = info(loop.label());
    for (int i = 0; i < loop.initial().size(); i++) {
      set(loop.body().parameters().get(i), of(loop.initial().get(i)));
    }
    int before = walk.divergent;
    if (info.temporal) {
      walk.divergent = Math.max(before, info.depth - 1);
    }
    effects |= info.effects;
    walk.around.add(loop);
    visit(loop.body(), walk);
    walk.around.removeLast();
    walk.divergent = info.leavesBeyond ? Math.max(before, info.depth - 1) : before;
    for (int i = 0; i < loop.results().size(); i++) {
      set(loop.results().get(i), resultShape(info, i));
    }
  }

  private Shape resultShape(LoopInfo info, int index) {
    Value first = null;
    Shape shape = null;
    boolean same = true;
    for (Terminator out : info.breaks) {
      Value value = out.values().get(index);
      same &= first == null || first.equals(value);
      first = value;
      Shape next = shapes.get(value);
      if (next != null) {
        shape = shape == null ? next : shape.join(next);
      }
    }
    if (first == null || shape == null) {
      return Shape.UNIFORM;
    }
    boolean agreed = !info.temporal || same && !info.inside.contains(first);
    return agreed ? shape : Shape.VARYING;
  }

  private void visitLeave(Terminator terminator, Walk walk) {
    int target =
        switch (terminator) {
          case Terminator.Yield yield -> Integer.MAX_VALUE;
          case Terminator.Return end -> 0;
          case Terminator.Break out -> info(out.label()).depth;
          case Terminator.Continue next -> info(next.label()).depth;
        };
    for (Op.Loop loop : walk.around) {
      LoopInfo info = info(loop.label());
      if (info.depth < target || walk.divergent < info.depth) {
        continue;
      }
      boolean starts =
          terminator instanceof Terminator.Continue next && next.label() == loop.label();
      note(info, !starts, info.depth > target);
    }
    if (terminator instanceof Terminator.Continue next) {
      visitContinue(next, info(next.label()), walk);
    }
  }

  private void note(LoopInfo info, boolean exits, boolean beyond) {
    changed |= !info.masked || exits && !info.temporal || beyond && !info.leavesBeyond;
    info.masked = true;
    info.temporal |= exits;
    info.leavesBeyond |= beyond;
  }

  private void visitContinue(Terminator.Continue next, LoopInfo info, Walk walk) {
    Op.Loop loop = walk.around.get(info.depth - 1);
    boolean divergent = walk.divergent >= info.depth;
    boolean several = info.continues.size() > 1 || info.nestedContinue;
    for (int i = 0; i < next.values().size(); i++) {
      int index = i;
      Value value = next.values().get(i);
      boolean agreed =
          !divergent
              || !several
              || info.continues.stream().allMatch(c -> c.values().get(index).equals(value));
      set(loop.body().parameters().get(i), agreed ? of(value) : Shape.VARYING);
    }
  }

  private Shape shape(Op op, Walk walk) {
    return switch (op) {
      case Op.Constant constant -> Shape.UNIFORM;
      case Op.RootSize size -> Shape.UNIFORM;
      case Op.Query query -> query(query);
      case Op.Load load ->
          load.access().root().space() != AddressSpace.PRIVATE
                  && of(load.access().offset()).uniform()
              ? Shape.UNIFORM
              : Shape.VARYING;
      case Op.Atomic atomic -> Shape.VARYING;
      case Op.Compare compare -> compare(compare, walk);
      case Op.Select select -> select(select);
      case Op.Convert convert -> convert(convert);
      case Op.Unary unary -> unary(unary);
      case Op.Binary binary -> speculated(binary, walk);
      case Op.Fma fma -> pure(fma);
      case Op.Builtin builtin -> pure(builtin);
      case Op.Store store -> Shape.UNIFORM;
      case Op.Barrier barrier -> Shape.UNIFORM;
      case Op.Fence fence -> Shape.UNIFORM;
      case Op.Call call -> throw new IllegalArgumentException("call of " + call.callee());
      case Op.If branch -> throw new IllegalArgumentException("not simple");
      case Op.Loop loop -> throw new IllegalArgumentException("not simple");
    };
  }

  private Shape pure(Op op) {
    return op.operands().stream().allMatch(v -> of(v).uniform()) ? Shape.UNIFORM : Shape.VARYING;
  }

  private static Shape query(Op.Query query) {
    boolean perLane = query.op() == QueryOp.GLOBAL_ID || query.op() == QueryOp.LOCAL_ID;
    return perLane && query.dimension() == 0 ? Shape.linear(1) : Shape.UNIFORM;
  }

  private Shape compare(Op.Compare compare, Walk walk) {
    Shape plain = pure(compare);
    if (plain.uniform() || speculated.contains(compare.result())) {
      boolean stillLinear = plain.uniform() || linearAndUniform(compare);
      return stillLinear ? Shape.UNIFORM : Shape.VARYING;
    }
    if (speculate && !effects && walk.around.isEmpty() && linearAndUniform(compare)) {
      speculated.add(compare.result());
      return Shape.UNIFORM;
    }
    return Shape.VARYING;
  }

  private boolean linearAndUniform(Op.Compare compare) {
    return Speculation.operands(compare.left(), compare.right(), this) != null;
  }

  private Shape speculated(Op.Binary binary, Walk walk) {
    Shape plain = binary(binary);
    if (!plain.varying() || !speculate || effects || walk.divergent != CONVERGED) {
      return plain;
    }
    Shape simple = Speculation.shape(binary, this);
    if (simple.varying() || walk.around.stream().anyMatch(loop -> computesBound(loop, binary))) {
      return Shape.VARYING;
    }
    speculated.add(binary.result());
    return simple;
  }

  /**
   * Whether what a linear value is held against is computed in a loop: then the loop may well be
   * one over all that the value can be, and some trip of it would disprove each guess.
   */
  private boolean computesBound(Op.Loop loop, Op.Binary binary) {
    Value bound = of(binary.left()).isLinear() ? binary.right() : binary.left();
    return info(loop.label()).inside.contains(bound);
  }

  private Shape select(Op.Select select) {
    Shape joined = of(select.ifTrue()).join(of(select.ifFalse()));
    return of(select.condition()).uniform() || select.ifTrue().equals(select.ifFalse())
        ? joined
        : Shape.VARYING;
  }

  private Shape convert(Op.Convert convert) {
    Shape operand = of(convert.operand());
    boolean narrows =
        convert.op() == ConvertOp.TRUNC
            && convert.operand().type() == Type.I64
            && convert.result().type() == Type.I32;
    if (operand.isLinear() && narrows) {
      return Shape.linear((int) operand.stride());
    }
    return operand.uniform() ? Shape.UNIFORM : Shape.VARYING;
  }

  private Shape unary(Op.Unary unary) {
    Shape operand = of(unary.operand());
    if (operand.isLinear() && unary.op() == UnaryOp.NEG) {
      return linear(unary.result().type(), -operand.stride());
    }
    return operand.uniform() ? Shape.UNIFORM : Shape.VARYING;
  }

  private Shape binary(Op.Binary binary) {
    Shape left = of(binary.left());
    Shape right = of(binary.right());
    if (left.uniform() && right.uniform()) {
      return Shape.UNIFORM;
    }
    Type type = binary.result().type();
    if (left.varying() || right.varying() || (type != Type.I32 && type != Type.I64)) {
      return Shape.VARYING;
    }
    return switch (binary.op()) {
      case ADD -> linear(type, left.stride() + right.stride());
      case SUB -> linear(type, left.stride() - right.stride());
      case MUL -> scaled(type, binary);
      case SHL -> shifted(type, left, binary.right());
      default -> Shape.VARYING;
    };
  }

  private Shape scaled(Type type, Op.Binary product) {
    Long left = constant(product.left());
    Long right = constant(product.right());
    if (right != null) {
      return linear(type, of(product.left()).stride() * right);
    }
    return left != null ? linear(type, of(product.right()).stride() * left) : Shape.VARYING;
  }

  private Shape shifted(Type type, Shape left, Value count) {
    Long by = constant(count);
    return by == null ? Shape.VARYING : linear(type, left.stride() << (by & (type.bits() - 1)));
  }

  private static Shape linear(Type type, long stride) {
    return Shape.linear(type == Type.I32 ? (int) stride : stride);
  }
}
