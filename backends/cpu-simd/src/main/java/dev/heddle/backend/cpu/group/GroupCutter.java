package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.analysis.GroupVisibility;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Cuts a kernel into segments: at each barrier, at the start and end of each loop and the end of
 * each if that contains a cut, and between ops where a segment would grow too large.
 *
 * <p>A segment is built from where its cut is, through the ifs that contain cuts, to the next cuts.
 * Ifs and loops without cuts are copied; only what leaves them for a cut is rewritten.
 */
public final class GroupCutter {
  /** What is left to do when a region ends in a yield. */
  private sealed interface Join {
    /** Nothing yields here: the body of a kernel or a loop. */
    record None() implements Join {}

    /** Values become the if's results, and segment {@code segment} goes on. */
    record To(List<Value> results, int segment) implements Join {}
  }

  /** A loop that contains cuts: the segments that begin a trip and that follow it. */
  private record CutLoop(Op.Loop loop, int head, int after) {}

  /** A segment to be built: the ops of a region from {@code from} on, and how the region ends. */
  private record Pending(
      int index, Optional<Op.Barrier> barrier, Region region, int from, Join join) {}

  private record Built(int index, Optional<Op.Barrier> barrier, Region body, Set<Integer> exits) {}

  private final Function kernel;
  private final Weights weights;
  private final int budget;
  private final Cells cells;
  private final Set<Value> used = new HashSet<>();
  private final Map<Integer, CutLoop> loops = new HashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private int segments;
  private Set<Integer> exits = new TreeSet<>();
  private int filled;

  private GroupCutter(Function kernel, int budget, Predicate<Value> uniform) {
    this.kernel = kernel;
    this.budget = budget;
    weights = new Weights(kernel, budget);
    cells = new Cells(uniform, weights.firstFreeValue());
    collectUses(kernel.body());
  }

  /**
   * Cuts {@code kernel}.
   *
   * @param budget about how many ops a segment may have; {@code Integer.MAX_VALUE} to cut at
   *     barriers alone
   */
  public static GroupProgram cut(Function kernel, int budget) {
    Weights weights = new Weights(kernel, budget);
    if (!weights.cuts(kernel.body())) {
      return uncut(kernel);
    }
    return new GroupCutter(kernel, budget, UniformCells.of(kernel, weights)).cut();
  }

  /** The kernel as one segment, with its barriers if it has any. */
  public static GroupProgram uncut(Function kernel) {
    return new GroupProgram(
        kernel,
        new FaultSites(kernel),
        GroupVisibility.of(kernel).visible(),
        List.of(new GroupProgram.Segment(0, kernel, kernel, Optional.empty(), GroupProgram.ENDED)),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private void collectUses(Region region) {
    for (Op op : region.ops()) {
      used.addAll(op.operands());
      Definitions.regions(op).forEach(this::collectUses);
    }
    used.addAll(region.terminator().values());
  }

  private GroupProgram cut() {
    addJoinedCells(kernel.body());
    List<Built> built = build();
    Crossings crossings = new Crossings(kernel, cells);
    built.forEach(segment -> crossings.collect(segment.body()));
    // the uniform array's size is known only now, so build again with all cells in place
    segments = 0;
    loops.clear();
    built = build();
    List<Root> objects = new ArrayList<>(kernel.objects());
    objects.addAll(cells.roots());
    List<GroupProgram.Segment> result = new ArrayList<>();
    for (Built segment : built) {
      result.add(finish(segment, crossings, objects));
    }
    return new GroupProgram(
        kernel,
        new FaultSites(kernel),
        GroupVisibility.of(kernel).visible(),
        result,
        Optional.of(cells.next),
        cells.uniforms(),
        cells.uniformValues());
  }

  /** Results and parameters of ifs and loops with cuts in them always cross. */
  private void addJoinedCells(Region region) {
    for (Op op : region.ops()) {
      if (weights.cuts(op)) {
        op.results().stream().filter(used::contains).forEach(cells::add);
        if (op instanceof Op.Loop loop) {
          loop.body().parameters().stream().filter(used::contains).forEach(cells::add);
        }
      }
      Definitions.regions(op).forEach(this::addJoinedCells);
    }
  }

  private List<Built> build() {
    List<Built> built = new ArrayList<>();
    enqueue(Optional.empty(), kernel.body(), 0, new Join.None());
    while (!pending.isEmpty()) {
      Pending segment = pending.poll();
      exits = new TreeSet<>();
      filled = 0;
      Region body = sequence(segment.region(), segment.from(), segment.join());
      built.add(new Built(segment.index(), segment.barrier(), body, exits));
    }
    return built;
  }

  private int enqueue(Optional<Op.Barrier> barrier, Region region, int from, Join join) {
    int index = segments++;
    pending.add(new Pending(index, barrier, region, from, join));
    return index;
  }

  /** The ops of {@code region} from {@code from} up to the next cuts, as a region that returns. */
  private Region sequence(Region region, int from, Join join) {
    List<Op> ops = new ArrayList<>();
    for (int i = from; i < region.ops().size(); i++) {
      Op op = region.ops().get(i);
      if (op instanceof Op.Barrier barrier) {
        return end(ops, enqueue(Optional.of(barrier), region, i + 1, join));
      }
      if (weights.cuts(op)) {
        int after = enqueue(Optional.empty(), region, i + 1, join);
        if (op instanceof Op.Loop loop) {
          return enter(ops, loop, after);
        }
        return branch(ops, (Op.If) op, after);
      }
      if (filled > 0 && filled + weights.of(op) > budget) {
        return end(ops, enqueue(Optional.empty(), region, i, join));
      }
      filled += weights.of(op);
      ops.add(copy(op));
    }
    return terminate(ops, region.terminator(), join);
  }

  private Region branch(List<Op> ops, Op.If op, int after) {
    Join join = new Join.To(op.results(), after);
    Region thenRegion = sequence(op.thenRegion(), 0, join);
    Region elseRegion = sequence(op.elseRegion(), 0, join);
    ops.add(new Op.If(List.of(), op.condition(), thenRegion, elseRegion, op.span()));
    return new Region(List.of(), ops, new Terminator.Return(List.of()));
  }

  private Region enter(List<Op> ops, Op.Loop loop, int after) {
    int head = enqueue(Optional.empty(), loop.body(), 0, new Join.None());
    loops.put(loop.label(), new CutLoop(loop, head, after));
    store(ops, loop.body().parameters(), loop.initial());
    return end(ops, head);
  }

  private Region terminate(List<Op> ops, Terminator terminator, Join join) {
    return switch (terminator) {
      case Terminator.Yield yield -> {
        Join.To to = (Join.To) join;
        store(ops, to.results(), yield.values());
        yield end(ops, to.segment());
      }
      default -> leave(ops, terminator);
    };
  }

  /** Ends a region inside a segment whose terminator is a return, or leads to a loop with cuts. */
  private Region leave(List<Op> ops, Terminator terminator) {
    return switch (terminator) {
      case Terminator.Break leaving -> {
        CutLoop target = Objects.requireNonNull(loops.get(leaving.label()));
        store(ops, target.loop().results(), leaving.values());
        yield end(ops, target.after());
      }
      case Terminator.Continue again -> {
        CutLoop target = Objects.requireNonNull(loops.get(again.label()));
        store(ops, target.loop().body().parameters(), again.values());
        yield end(ops, target.head());
      }
      case Terminator.Return end -> end(ops, GroupProgram.ENDED);
      case Terminator.Yield yield -> throw new IllegalStateException("yield out of a segment");
    };
  }

  private void store(List<Op> ops, List<Value> targets, List<Value> values) {
    for (int i = 0; i < targets.size(); i++) {
      if (cells.contains(targets.get(i))) {
        cells.store(ops, targets.get(i), values.get(i));
      }
    }
  }

  private Region end(List<Op> ops, int segment) {
    exits.add(segment);
    cells.storeNext(ops, segment);
    return new Region(List.of(), ops, new Terminator.Return(List.of()));
  }

  /** An op without cuts inside, its ways out of the segment rewritten. */
  private Op copy(Op op) {
    return switch (op) {
      case Op.If branch ->
          new Op.If(
              branch.results(),
              branch.condition(),
              copy(branch.thenRegion()),
              copy(branch.elseRegion()),
              branch.span());
      case Op.Loop loop ->
          new Op.Loop(loop.results(), loop.label(), loop.initial(), copy(loop.body()), loop.span());
      default -> op;
    };
  }

  private Region copy(Region region) {
    List<Op> ops = new ArrayList<>();
    region.ops().forEach(op -> ops.add(copy(op)));
    boolean leaves =
        switch (region.terminator()) {
          case Terminator.Yield yield -> false;
          case Terminator.Break leaving -> loops.containsKey(leaving.label());
          case Terminator.Continue again -> loops.containsKey(again.label());
          case Terminator.Return end -> true;
        };
    if (!leaves) {
      return new Region(region.parameters(), ops, region.terminator());
    }
    Region end = leave(ops, region.terminator());
    return new Region(region.parameters(), end.ops(), end.terminator());
  }

  // from built segments to functions

  private GroupProgram.Segment finish(Built built, Crossings crossings, List<Root> objects) {
    Crossings.Result body = crossings.apply(built.body());
    int exit =
        built.exits().size() == 1 ? built.exits().iterator().next() : GroupProgram.SEVERAL_EXITS;
    Region plain = exit == GroupProgram.SEVERAL_EXITS ? body.region() : withoutNext(body.region());
    return new GroupProgram.Segment(
        built.index(),
        function(plain, objects, body.uniformsIn()),
        function(guarded(body.region(), built.index()), objects, body.uniformsIn()),
        built.barrier(),
        exit);
  }

  private Function function(Region body, List<Root> objects, Set<Value> uniformsIn) {
    List<Parameter> parameters = new ArrayList<>(kernel.parameters());
    for (Value value : cells.uniformValues()) {
      Value name = uniformsIn.contains(value) ? value : cells.fresh(value.type());
      parameters.add(new Parameter.Scalar("$" + value.id(), element(value.type()), name));
    }
    return new Function(
        kernel.name(),
        true,
        parameters,
        objects,
        List.of(),
        kernel.requiredLocalSize(),
        body,
        kernel.span());
  }

  private static ElementType element(Type type) {
    return switch (type) {
      case BOOL -> ElementType.BOOL;
      case I8 -> ElementType.CHAR;
      case I16 -> ElementType.SHORT;
      case I32 -> ElementType.INT;
      case I64 -> ElementType.LONG;
      case F16 -> ElementType.HALF;
      case F32 -> ElementType.FLOAT;
      case F64 -> ElementType.DOUBLE;
    };
  }

  private Region guarded(Region body, int index) {
    List<Op> ops = new ArrayList<>();
    Value next = cells.loadNext(ops);
    Value wanted = cells.constant(ops, Type.I32, index);
    Value here = cells.fresh(Type.BOOL);
    ops.add(new Op.Compare(here, CompareOp.EQ, next, wanted, Span.NONE));
    Terminator end = new Terminator.Return(List.of());
    Region skip = new Region(List.of(), List.of(), end);
    ops.add(new Op.If(List.of(), here, body, skip, Span.NONE));
    return new Region(List.of(), ops, end);
  }

  private Region withoutNext(Region region) {
    List<Op> ops = new ArrayList<>();
    for (Op op : region.ops()) {
      if (!(op instanceof Op.Store store && store.access().root().equals(cells.next))) {
        ops.add(withoutNext(op));
      }
    }
    return new Region(region.parameters(), ops, region.terminator());
  }

  private Op withoutNext(Op op) {
    return switch (op) {
      case Op.If branch ->
          new Op.If(
              branch.results(),
              branch.condition(),
              withoutNext(branch.thenRegion()),
              withoutNext(branch.elseRegion()),
              branch.span());
      case Op.Loop loop ->
          new Op.Loop(
              loop.results(), loop.label(), loop.initial(), withoutNext(loop.body()), loop.span());
      default -> op;
    };
  }
}
