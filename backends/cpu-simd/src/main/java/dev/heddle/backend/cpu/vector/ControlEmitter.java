package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.group.LoopFacts;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Emits structured control flow. A uniform condition is a branch. Under a varying one both arms
 * run, each with the lanes that want it; a loop that lanes leave at different times runs until none
 * is left. Code with effects never runs without an active lane.
 */
final class ControlEmitter {
  /** Arms of at most this many ops without effects run even if no lane wants them. */
  private static final int SHORT_ARM = 12;

  private final Code code;
  private final Lanes lanes;
  private final LaunchState state;
  private final LoopFacts loops;
  private final BodyEmitter ops;
  private final Label cancelled;
  private final Moves moves;
  private final PureLoopEmitter pureLoops;
  private final Map<Integer, Target> targets = new HashMap<>();
  private final List<Label> scopes = new ArrayList<>();

  ControlEmitter(
      Code code,
      Lanes lanes,
      LaunchState state,
      LoopFacts loops,
      BodyEmitter ops,
      Label cancelled) {
    this.code = code;
    this.lanes = lanes;
    this.state = state;
    this.loops = loops;
    this.ops = ops;
    this.cancelled = cancelled;
    moves = new Moves(code, lanes);
    pureLoops = new PureLoopEmitter(code, lanes, state, moves, ops, this::poll);
  }

  /** Where breaks and continues of a loop go. */
  private static final class Target {
    final Op.Loop loop;
    final boolean masked;
    final Label head;
    final Label end;

    /** Masked: locals with the lanes that continue, and those that broke out; or -1. */
    int continuing = -1;

    int broken = -1;

    /** Masked: where the parameters of the next trip are collected. */
    final List<Place> next = new ArrayList<>();

    Target(Op.Loop loop, boolean masked, Label head, Label end) {
      this.loop = loop;
      this.masked = masked;
      this.head = head;
      this.end = end;
    }
  }

  /** Takes the values that an arm of an if yields. */
  private interface YieldSink {
    void take(List<Value> values, Exec exec);
  }

  void body(Region body, Exec exec, Label end) {
    scopes.add(end);
    region(body, exec, (values, lanesLeft) -> {});
    scopes.removeLast();
    code.jump(end);
  }

  /**
   * Emits a region.
   *
   * @return the lanes that go on after it; null if none do, and the code after is not reached
   */
  private @Nullable Exec region(Region region, Exec entry, YieldSink sink) {
    Exec exec = entry;
    for (Op op : region.ops()) {
      Exec after =
          switch (op) {
            case Op.If branch -> branch(branch, exec);
            case Op.Loop loop -> loop(loop, exec);
            default -> {
              ops.emit(op, exec);
              yield exec;
            }
          };
      if (after == null) {
        return null;
      }
      exec = after;
    }
    return leave(region.terminator(), exec, sink);
  }

  private @Nullable Exec leave(Terminator terminator, Exec exec, YieldSink sink) {
    switch (terminator) {
      case Terminator.Yield yield -> {
        sink.take(yield.values(), exec);
        return exec;
      }
      case Terminator.Return end -> {
        code.jump(scopes.getLast());
        return null;
      }
      case Terminator.Break out -> {
        breakOut(target(out.label()), out.values(), exec);
        return null;
      }
      case Terminator.Continue next -> {
        startNext(target(next.label()), next.values(), exec);
        return null;
      }
    }
  }

  private Target target(int label) {
    Target target = targets.get(label);
    if (target == null) {
      throw new IllegalStateException("no loop " + label + " around");
    }
    return target;
  }

  // ---- if

  private @Nullable Exec branch(Op.If branch, Exec exec) {
    lanes.allocate(branch.results());
    if (!lanes.shape(branch.condition()).varying()) {
      return uniformIf(branch, exec);
    }
    if (lanes.emitted() == 1) {
      return varyingIf(branch, exec);
    }
    lanes.oneByOne(() -> varyingIf(branch, exec));
    return exec;
  }

  private @Nullable Exec uniformIf(Op.If branch, Exec exec) {
    Label otherwise = code.label();
    Label end = code.label();
    boolean mayLeave = Leaves.any(branch.thenRegion()) || Leaves.any(branch.elseRegion());
    int merged = mayLeave ? code.local(TypeKind.REFERENCE) : -1;
    lanes.jumpUnless(branch.condition(), otherwise);
    Exec first = uniformArm(branch, branch.thenRegion(), exec, merged);
    if (first != null) {
      code.jump(end);
    }
    code.bind(otherwise);
    Exec second = uniformArm(branch, branch.elseRegion(), exec, merged);
    code.bind(end);
    if (first == null && second == null) {
      return null;
    }
    boolean same = (first == null || first.equals(exec)) && (second == null || second.equals(exec));
    return same ? exec : new Exec(merged);
  }

  private @Nullable Exec uniformArm(Op.If branch, Region arm, Exec exec, int merged) {
    Exec after = region(arm, exec, (values, left) -> moves.assign(branch.results(), values));
    if (after != null && merged >= 0) {
      moves.pushMask(after);
      code.builder().astore(merged);
    }
    return after;
  }

  private @Nullable Exec varyingIf(Op.If branch, Exec exec) {
    Region thenRegion = branch.thenRegion();
    Region elseRegion = branch.elseRegion();
    boolean leaves = Leaves.any(thenRegion) || Leaves.any(elseRegion);
    int wanted = keepLanes(exec, branch.condition(), false);
    Arm first = arm(branch, thenRegion, wanted, -1);
    int others = keepLanes(exec, branch.condition(), true);
    Arm second = arm(branch, elseRegion, others, first.yields ? wanted : -1);
    if (!leaves) {
      return exec;
    }
    return rejoin(first, second);
  }

  /** What an arm left behind. */
  private static final class Arm {
    boolean yields;

    /** The local with the lanes that go on; -1 if none do. */
    int out = -1;
  }

  /** Keeps the lanes of {@code exec} for which the condition holds, or does not. */
  private int keepLanes(Exec exec, Value condition, boolean negated) {
    if (exec.all()) {
      lanes.vector(condition, 0);
      if (negated) {
        code.call("MaskOps", "not");
      }
    } else {
      code.vector(exec.slot());
      lanes.vector(condition, 0);
      code.call("MaskOps", negated ? "andNot" : "and");
    }
    return code.keepVector();
  }

  /**
   * Emits an arm.
   *
   * @param mask the lanes that want it
   * @param earlier the lanes of the other arm, whose results are there already; or -1
   */
  private Arm arm(Op.If branch, Region region, int mask, int earlier) {
    Arm arm = new Arm();
    Label skip = code.label();
    boolean guarded = !isShort(region);
    boolean leaves = Leaves.any(region);
    if (guarded && earlier < 0) {
      branch.results().forEach(lanes::clear);
    }
    int out = mask;
    if (leaves) {
      out = code.local(TypeKind.REFERENCE);
      code.vector(mask);
      code.builder().astore(out);
    }
    if (guarded) {
      jumpIfNone(mask, skip);
    }
    if (leaves) {
      // lanes that leave from inside jump to the end of the arm with none left
      clearMask(out);
    }
    scopes.add(skip);
    Exec after =
        region(
            region,
            new Exec(mask),
            (values, left) -> {
              arm.yields = true;
              merge(branch.results(), values, mask, earlier);
            });
    if (after != null) {
      if (leaves) {
        moves.pushMask(after);
        code.builder().astore(out);
      }
      arm.out = out;
    }
    scopes.removeLast();
    code.bind(skip);
    return arm;
  }

  private void clearMask(int slot) {
    code.constant(0);
    code.call("MaskOps", "broadcast");
    code.builder().astore(slot);
  }

  private void jumpIfNone(int mask, Label label) {
    code.vector(mask);
    code.call("MaskOps", "any");
    code.builder().ifeq(label);
  }

  /** Sets results to an arm's values; in its lanes alone if the other arm's are there. */
  private void merge(List<Value> results, List<Value> values, int mask, int earlier) {
    if (earlier < 0) {
      moves.assign(results, values);
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      moves.blend(results.get(i), values.get(i), mask);
    }
  }

  /**
   * The lanes that go on after an if whose arms may leave; goes on with those around if none do.
   */
  private @Nullable Exec rejoin(Arm first, Arm second) {
    if (first.out < 0 && second.out < 0) {
      code.jump(scopes.getLast());
      return null;
    }
    if (first.out >= 0 && second.out >= 0) {
      code.vector(first.out);
      code.vector(second.out);
      code.call("MaskOps", "or");
    } else {
      code.vector(Math.max(first.out, second.out));
    }
    int joined = code.keepVector();
    jumpIfNone(joined, scopes.getLast());
    return new Exec(joined);
  }

  /** Whether a region is so small, and free of effects, that it may run without a lane. */
  private boolean isShort(Region region) {
    if (region.ops().size() > SHORT_ARM && !(region.terminator() instanceof Terminator.Continue)) {
      return false;
    }
    boolean pure = region.ops().stream().allMatch(PureLoopEmitter::isPure);
    return pure && leavesQuietly(region.terminator());
  }

  /** Whether a terminator only changes masks, so that it does nothing where no lane is active. */
  private boolean leavesQuietly(Terminator terminator) {
    return switch (terminator) {
      case Terminator.Yield yield -> true;
      case Terminator.Return end -> true;
      case Terminator.Break out -> target(out.label()).masked;
      case Terminator.Continue next -> target(next.label()).masked;
    };
  }

  // ---- loops

  private @Nullable Exec loop(Op.Loop loop, Exec exec) {
    lanes.allocate(loop.results());
    lanes.allocate(loop.body().parameters());
    if (!lanes.shapes().masked(loop)) {
      return uniformLoop(loop, exec);
    }
    if (PureLoopEmitter.fits(loop, lanes.shapes())) {
      pureLoops.emit(loop, exec);
      return exec;
    }
    if (lanes.emitted() == 1) {
      return maskedLoop(loop, exec);
    }
    lanes.oneByOne(() -> maskedLoop(loop, exec));
    return exec;
  }

  private @Nullable Exec uniformLoop(Op.Loop loop, Exec exec) {
    Target target = new Target(loop, false, code.label(), code.label());
    targets.put(loop.label(), target);
    boolean leaves = hasBreak(loop);
    moves.assign(loop.body().parameters(), loop.initial());
    code.bind(target.head);
    region(loop.body(), exec, (values, left) -> {});
    code.bind(target.end);
    targets.remove(loop.label());
    return leaves ? exec : null;
  }

  private static boolean hasBreak(Op.Loop loop) {
    return hasBreak(loop.body(), loop.label());
  }

  private static boolean hasBreak(Region region, int label) {
    if (region.terminator() instanceof Terminator.Break out && out.label() == label) {
      return true;
    }
    return region.ops().stream()
        .anyMatch(
            op ->
                switch (op) {
                  case Op.If branch ->
                      hasBreak(branch.thenRegion(), label) || hasBreak(branch.elseRegion(), label);
                  case Op.Loop inner -> hasBreak(inner.body(), label);
                  default -> false;
                });
  }

  private void poll(Op.Loop loop) {
    if (loops.polls(loop)) {
      code.longValue(state.cancel);
      code.call("Memory", "getInt");
      code.builder().ifne(cancelled);
    }
  }

  private @Nullable Exec maskedLoop(Op.Loop loop, Exec exec) {
    Label tripEnd = code.label();
    Target target = new Target(loop, true, code.label(), code.label());
    targets.put(loop.label(), target);
    boolean leaves = hasBreak(loop);
    moves.assign(loop.body().parameters(), loop.initial());
    loop.results().forEach(lanes::clear);
    int running = code.local(TypeKind.REFERENCE);
    moves.pushMask(exec);
    code.builder().astore(running);
    target.continuing = code.local(TypeKind.REFERENCE);
    if (lanes.shapes().leavesBeyond(loop)) {
      target.broken = code.local(TypeKind.REFERENCE);
      clearMask(target.broken);
    }
    code.bind(target.head);
    clearMask(target.continuing);
    prepareNext(target);
    scopes.add(tripEnd);
    region(loop.body(), new Exec(running), (values, left) -> {});
    scopes.removeLast();
    code.bind(tripEnd);
    startTrip(target, running);
    code.bind(target.end);
    targets.remove(loop.label());
    return afterLoop(target, exec, leaves);
  }

  /** Locals for the next trip's parameters, set so that they are defined on every path. */
  private void prepareNext(Target target) {
    for (Value parameter : target.loop.body().parameters()) {
      Kind kind = Kind.of(parameter.type());
      Place here = lanes.place(parameter);
      int[] slots = new int[2];
      for (int part = 0; part < moves.parts(parameter); part++) {
        TypeKind type = here.scalar() ? kind.scalar() : TypeKind.REFERENCE;
        slots[part] = code.local(type);
        code.load(type, here.part(part));
        code.store(type, slots[part]);
      }
      target.next.add(here.scalar() ? Place.scalar(slots[0]) : Place.pair(slots[0], slots[1]));
    }
  }

  /** Starts the next trip with the lanes that continue, or leaves. */
  private void startTrip(Target target, int running) {
    jumpIfNone(target.continuing, target.end);
    for (int i = 0; i < target.next.size(); i++) {
      Value parameter = target.loop.body().parameters().get(i);
      for (int part = 0; part < moves.parts(parameter); part++) {
        Place from = target.next.get(i);
        code.load(
            from.scalar() ? Kind.of(parameter.type()).scalar() : TypeKind.REFERENCE,
            from.part(part));
        lanes.store(parameter, part);
      }
    }
    code.vector(target.continuing);
    code.builder().astore(running);
    poll(target.loop);
    code.jump(target.head);
  }

  private @Nullable Exec afterLoop(Target target, Exec exec, boolean leaves) {
    if (target.broken >= 0) {
      if (!leaves) {
        code.jump(scopes.getLast());
        return null;
      }
      jumpIfNone(target.broken, scopes.getLast());
      return new Exec(target.broken);
    }
    if (!leaves) {
      code.jump(scopes.getLast());
      return null;
    }
    return exec;
  }

  private void breakOut(Target target, List<Value> values, Exec exec) {
    List<Value> results = target.loop.results();
    if (!target.masked) {
      moves.assign(results, values);
      code.jump(target.end);
      return;
    }
    moves.pushMask(exec);
    int leaving = code.keepVector();
    for (int i = 0; i < results.size(); i++) {
      moves.blend(results.get(i), values.get(i), leaving);
    }
    if (target.broken >= 0) {
      addLanes(target.broken, exec);
    }
    code.jump(scopes.getLast());
  }

  private void addLanes(int slot, Exec exec) {
    code.vector(slot);
    moves.pushMask(exec);
    code.call("MaskOps", "or");
    code.builder().astore(slot);
  }

  private void startNext(Target target, List<Value> values, Exec exec) {
    if (!target.masked) {
      moves.assign(target.loop.body().parameters(), values);
      poll(target.loop);
      code.jump(target.head);
      return;
    }
    boolean alone = lanes.shapes().continues(target.loop) == 1;
    for (int i = 0; i < values.size(); i++) {
      collectNext(target, i, values.get(i), exec, alone);
    }
    addLanes(target.continuing, exec);
    code.jump(scopes.getLast());
  }

  /**
   * Hands a value to the next trip. With one place to continue from, the lanes that do not come
   * here have left, and what they are given does not matter.
   */
  private void collectNext(Target target, int index, Value value, Exec exec, boolean alone) {
    Value parameter = target.loop.body().parameters().get(index);
    Kind kind = Kind.of(parameter.type());
    Place next = target.next.get(index);
    if (next.scalar()) {
      lanes.scalarInto(value, parameter);
      code.store(kind.scalar(), next.first());
      return;
    }
    for (int part = 0; part < kind.parts(); part++) {
      if (!alone) {
        code.vector(next.part(part));
      }
      lanes.vectorInto(value, parameter, part);
      if (!alone) {
        moves.pushMask(exec);
        if (kind.parts() == 2) {
          code.call("MaskOps", part == 0 ? "low" : "high");
        }
        code.call(kind.ops(), "blend");
      }
      code.builder().astore(next.part(part));
    }
  }
}
