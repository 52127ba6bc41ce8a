package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the greatest set of uniform values: everything starts out uniform and convergent, and a
 * walk over the kernel is repeated until it finds nothing more to take back.
 */
final class UniformitySolver {
  /** Whose values are compared. */
  enum Scope {
    ROW,
    GROUP
  }

  private static final int NO_LOOP = -1;
  private static final int OUTSIDE = -2;

  /** A construct around the place that the walk is at. */
  private record Frame(int label, boolean divergent) {}

  private final Function kernel;
  private final Scope scope;
  private final Set<Root> written = new HashSet<>();
  private final Map<Integer, Integer> order = new HashMap<>();
  private final Map<Integer, Integer> entry = new HashMap<>();
  private final Map<Integer, Long> constants = new HashMap<>();
  private final Map<Integer, LoopEnds> loops = new HashMap<>();

  private final BitSet varying = new BitSet();
  private final BitSet divergentLoops = new BitSet();
  private final Set<Root> varyingContent = new HashSet<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private boolean changed;

  /** The places where a loop is continued and left with values. */
  record LoopEnds(List<End> continues, List<End> breaks) {}

  /**
   * One such place.
   *
   * @param crossed labels of the inner loops that are left on the way
   */
  record End(List<Value> values, List<Integer> crossed) {}

  UniformitySolver(Function kernel, Scope scope) {
    this.kernel = kernel;
    this.scope = scope;
    scan(kernel.body());
    do {
      changed = false;
      visit(kernel.body());
    } while (changed);
  }

  Scope scope() {
    return scope;
  }

  boolean uniform(Value value) {
    return !varying.get(value.id());
  }

  boolean divergent(Op.If branch) {
    return !uniform(branch.condition());
  }

  boolean divergent(int label) {
    return divergentLoops.get(label);
  }

  LoopEnds ends(int label) {
    LoopEnds ends = loops.get(label);
    if (ends == null) {
      throw new IllegalStateException("no loop " + label + " in " + kernel.name());
    }
    return ends;
  }

  @Nullable Long constant(Value value) {
    return constants.get(value.id());
  }

  private void scan(Region region) {
    for (Op op : region.ops()) {
      op.results().forEach(value -> order.put(value.id(), order.size()));
      switch (op) {
        case Op.Constant constant -> constants.put(constant.result().id(), constant.bits());
        case Op.Store store -> written.add(store.access().root());
        case Op.Atomic atomic -> written.add(atomic.access().root());
        case Op.Loop loop -> {
          entry.put(loop.label(), order.size());
          loops.put(loop.label(), new LoopEnds(new ArrayList<>(), new ArrayList<>()));
          loop.body().parameters().forEach(value -> order.put(value.id(), order.size()));
        }
        default -> {}
      }
      boolean loop = op instanceof Op.Loop;
      if (loop) {
        open.push(((Op.Loop) op).label());
      }
      Regions.of(op).forEach(this::scan);
      if (loop) {
        open.pop();
      }
    }
    switch (region.terminator()) {
      case Terminator.Continue next ->
          ends(next.label()).continues().add(new End(next.values(), crossed(next.label())));
      case Terminator.Break out ->
          ends(out.label()).breaks().add(new End(out.values(), crossed(out.label())));
      case Terminator.Yield yield -> {}
      case Terminator.Return end -> {}
    }
  }

  private List<Integer> crossed(int target) {
    return open.stream().takeWhile(label -> label != target).toList();
  }

  /** Whether the value was there before the loop was entered. */
  private boolean before(Value value, int label) {
    Integer defined = order.get(value.id());
    return defined == null || defined < entry.getOrDefault(label, 0) || isConstant(value);
  }

  private boolean isConstant(Value value) {
    return constants.containsKey(value.id());
  }

  private void visit(Region region) {
    region.ops().forEach(this::visit);
    switch (region.terminator()) {
      case Terminator.Continue next -> leave(next.label());
      case Terminator.Break out -> leave(out.label());
      case Terminator.Return end -> leave(OUTSIDE);
      case Terminator.Yield yield -> {}
    }
  }

  private void visit(Op op) {
    switch (op) {
      case Op.Query query -> mark(query.result(), varies(query));
      case Op.Load load -> load.results().forEach(value -> mark(value, varies(load.access())));
      case Op.Atomic atomic -> {
        mark(atomic.result(), true);
        touch(atomic.access(), false);
      }
      case Op.Store store -> touch(store.access(), store.values().stream().allMatch(this::uniform));
      case Op.If branch -> visitIf(branch);
      case Op.Loop loop -> visitLoop(loop);
      case Op.Call call -> throw new IllegalArgumentException("call of " + call.callee());
      default -> {
        boolean same = op.operands().stream().allMatch(this::uniform);
        op.results().forEach(value -> mark(value, !same));
      }
    }
  }

  private boolean varies(Op.Query query) {
    return switch (query.op()) {
      case GLOBAL_ID, LOCAL_ID ->
          scope == Scope.ROW ? query.dimension() == 0 : !single(query.dimension());
      case GROUP_ID, GLOBAL_SIZE, LOCAL_SIZE, GROUP_COUNT, GLOBAL_OFFSET, WORK_DIM -> false;
    };
  }

  /** Whether work-groups are one work-item wide along the dimension. */
  private boolean single(int dimension) {
    return kernel.requiredLocalSize().map(size -> size.get(dimension) == 1).orElse(false);
  }

  private boolean varies(Access access) {
    if (!uniform(access.offset())) {
      return true;
    }
    return switch (access.root().space()) {
      case PRIVATE -> varyingContent.contains(access.root());
      case GLOBAL, LOCAL, CONSTANT -> scope == Scope.GROUP && written.contains(access.root());
    };
  }

  private void touch(Access access, boolean uniformValues) {
    boolean together = frames.stream().noneMatch(Frame::divergent);
    if (access.root().space() == AddressSpace.PRIVATE
        && !(uniformValues && together && uniform(access.offset()))) {
      changed |= varyingContent.add(access.root());
    }
  }

  private void visitIf(Op.If branch) {
    boolean divergent = divergent(branch);
    frames.push(new Frame(NO_LOOP, divergent));
    visit(branch.thenRegion());
    visit(branch.elseRegion());
    frames.pop();
    for (int i = 0; i < branch.results().size(); i++) {
      List<Value> values = yields(branch, i);
      boolean uniform = values.stream().allMatch(this::uniform);
      mark(branch.results().get(i), !(uniform && (!divergent || same(values))));
    }
  }

  /** What arrives as the i-th result of a branch: one value or two. */
  static List<Value> yields(Op.If branch, int i) {
    List<Value> values = new ArrayList<>(2);
    for (Region arm : List.of(branch.thenRegion(), branch.elseRegion())) {
      if (arm.terminator() instanceof Terminator.Yield yield) {
        values.add(yield.values().get(i));
      }
    }
    return values;
  }

  private void visitLoop(Op.Loop loop) {
    int label = loop.label();
    List<Value> parameters = loop.body().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      List<Value> values = values(ends(label).continues(), i);
      boolean uniform = uniform(loop.initial().get(i)) && values.stream().allMatch(this::uniform);
      mark(parameters.get(i), !(uniform && continuesTogether(label, i)));
    }
    frames.push(new Frame(label, divergent(label)));
    visit(loop.body());
    frames.pop();
    for (int i = 0; i < loop.results().size(); i++) {
      List<Value> values = values(ends(label).breaks(), i);
      boolean uniform = values.stream().allMatch(this::uniform);
      mark(loop.results().get(i), !(uniform && breaksTogether(label, i)));
    }
  }

  static List<Value> values(List<End> ends, int i) {
    return ends.stream().map(end -> end.values().get(i)).toList();
  }

  /** Whether all lanes that start the next trip bring the same of the i-th values for it. */
  boolean continuesTogether(int label, int i) {
    List<End> ends = ends(label).continues();
    boolean oneWay = ends.size() == 1 || !divergent(label) || same(values(ends, i));
    return oneWay && ends.stream().allMatch(end -> settled(end, i));
  }

  /** Whether all lanes leave the loop with the same of the i-th values for its results. */
  boolean breaksTogether(int label, int i) {
    List<End> ends = ends(label).breaks();
    List<Value> values = values(ends, i);
    if (divergent(label)) {
      return same(values) && values.stream().allMatch(value -> before(value, label));
    }
    return ends.stream().allMatch(end -> settled(end, i));
  }

  /** Whether lanes that leave inner loops at different trips hand over one value all the same. */
  private boolean settled(End end, int i) {
    Value value = end.values().get(i);
    return end.crossed().stream().allMatch(label -> !divergent(label) || before(value, label));
  }

  /** Whether all are one value, or equal constants. */
  private boolean same(List<Value> values) {
    if (values.isEmpty()) {
      return true;
    }
    Value first = values.getFirst();
    Long bits = constant(first);
    return values.stream()
        .allMatch(value -> value.equals(first) || (bits != null && bits.equals(constant(value))));
  }

  /**
   * A way out of the frames up to the loop of that label. It parts the lanes of every loop that it
   * leaves or restarts, if not all active ones take it.
   */
  private void leave(int label) {
    boolean parted = false;
    for (Frame frame : frames) {
      parted |= frame.divergent();
      if (frame.label() != NO_LOOP && parted && !divergentLoops.get(frame.label())) {
        divergentLoops.set(frame.label());
        changed = true;
      }
      if (frame.label() == label) {
        return;
      }
    }
  }

  private void mark(Value value, boolean varies) {
    if (varies && !varying.get(value.id())) {
      varying.set(value.id());
      changed = true;
    }
  }
}
