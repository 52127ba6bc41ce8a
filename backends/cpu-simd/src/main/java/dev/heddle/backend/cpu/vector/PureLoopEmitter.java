package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.util.List;
import java.util.function.Consumer;

/**
 * Emits loops that lanes leave at different times and that do nothing but compute. What a lane
 * computes after it left does not matter, so all run on until none is left: the next trip needs no
 * blends, and all copies take their trips together, which hides the latency of each.
 */
final class PureLoopEmitter {
  private final Code code;
  private final Lanes lanes;
  private final LaunchState state;
  private final Moves moves;
  private final BodyEmitter ops;
  private final Consumer<Op.Loop> poll;

  /**
   * @param poll emits the look at the cancel word, in a loop that needs it
   */
  PureLoopEmitter(
      Code code,
      Lanes lanes,
      LaunchState state,
      Moves moves,
      BodyEmitter ops,
      Consumer<Op.Loop> poll) {
    this.code = code;
    this.lanes = lanes;
    this.state = state;
    this.moves = moves;
    this.ops = ops;
    this.poll = poll;
  }

  /** Whether a loop whose lanes part is of this sort: it starts over in one place, its end. */
  static boolean fits(Op.Loop loop, LaneShapes shapes) {
    return loop.body().terminator() instanceof Terminator.Continue next
        && next.label() == loop.label()
        && shapes.continues(loop) == 1
        && !shapes.leavesBeyond(loop)
        && loop.body().ops().stream().allMatch(op -> fits(op, loop.label()));
  }

  private static boolean fits(Op op, int label) {
    return isPure(op)
        || op instanceof Op.If branch
            && fits(branch.thenRegion(), label)
            && fits(branch.elseRegion(), label);
  }

  private static boolean fits(Region arm, int label) {
    boolean ends =
        switch (arm.terminator()) {
          case Terminator.Yield yield -> true;
          case Terminator.Break out -> out.label() == label;
          case Terminator.Continue next -> false;
          case Terminator.Return end -> false;
        };
    return ends && arm.ops().stream().allMatch(PureLoopEmitter::isPure);
  }

  /** Whether an op only computes, so that it may run for lanes that do not want it. */
  static boolean isPure(Op op) {
    return switch (op) {
      case Op.Constant constant -> true;
      case Op.Unary unary -> true;
      case Op.Binary binary -> !binary.op().divides();
      case Op.Compare compare -> true;
      case Op.Fma fma -> true;
      case Op.Select select -> true;
      case Op.Convert convert -> true;
      case Op.Query query -> true;
      case Op.RootSize size -> true;
      case Op.Builtin builtin -> true;
      case Op.Fence fence -> true;
      case Op.Load load -> false;
      case Op.Store store -> false;
      case Op.Atomic atomic -> false;
      case Op.Barrier barrier -> false;
      case Op.Call call -> false;
      case Op.If branch -> false;
      case Op.Loop loop -> false;
    };
  }

  /** One loop as it is emitted. */
  private final class Trip {
    final Op.Loop loop;
    final Label end = code.label();

    /**
     * For each copy, the local with the bits of the lanes that have not left. Masks that live from
     * trip to trip would cost C2 a vector for each at every safepoint.
     */
    final int[] running = new int[lanes.copies()];

    Trip(Op.Loop loop) {
      this.loop = loop;
    }

    int running() {
      return running[lanes.copy()];
    }

    /** Sets results to values, in the lanes that have not left. */
    void blendResults(List<Value> values) {
      code.longValue(running());
      code.call("MaskOps", "fromBits");
      int mask = code.keepVector();
      for (int i = 0; i < values.size(); i++) {
        moves.blend(loop.results().get(i), values.get(i), mask);
      }
    }
  }

  /** Emits a loop, whose results and parameters have their places. */
  void emit(Op.Loop loop, Exec exec) {
    Trip trip = new Trip(loop);
    moves.assign(loop.body().parameters(), loop.initial());
    lanes.forEachCopy(
        () -> {
          loop.results().forEach(lanes::clear);
          state.pushActive(exec);
          trip.running[lanes.copy()] = code.keepLong();
        });
    Label head = code.label();
    code.bind(head);
    for (Op op : loop.body().ops()) {
      if (op instanceof Op.If branch) {
        branch(branch, trip);
      } else {
        ops.emit(op, Exec.ALL);
      }
    }
    moves.assign(loop.body().parameters(), loop.body().terminator().values());
    poll.accept(loop);
    code.jump(head);
    code.bind(trip.end);
  }

  private void branch(Op.If branch, Trip trip) {
    lanes.allocate(branch.results());
    Value condition = branch.condition();
    if (!lanes.shape(condition).varying()) {
      uniformBranch(branch, trip);
      return;
    }
    Value varying = condition;
    if (breaks(branch.elseRegion())
        && lanes.shapes().definition(condition) instanceof Op.Binary both
        && both.op() == BinaryOp.AND) {
      boolean leftUniform = lanes.shape(both.left()).uniform();
      if (leftUniform || lanes.shape(both.right()).uniform()) {
        // all leave where the uniform half is false; masks are left for the other
        varying = leftUniform ? both.right() : both.left();
        Label others = code.label();
        Label all = code.label();
        lanes.jumpUnless(leftUniform ? both.left() : both.right(), all);
        code.jump(others);
        code.bind(all);
        uniformArm(branch, branch.elseRegion(), trip, others);
        code.bind(others);
      }
    }
    Value deciding = varying;
    lanes.oneByOne(() -> varyingBranch(branch, deciding, trip));
    if (breaks(branch.thenRegion()) || breaks(branch.elseRegion())) {
      leaveIfNone(trip);
    }
  }

  private static boolean breaks(Region arm) {
    return arm.terminator() instanceof Terminator.Break;
  }

  private void uniformBranch(Op.If branch, Trip trip) {
    Label otherwise = code.label();
    Label after = code.label();
    lanes.jumpUnless(branch.condition(), otherwise);
    uniformArm(branch, branch.thenRegion(), trip, after);
    code.bind(otherwise);
    uniformArm(branch, branch.elseRegion(), trip, after);
    code.bind(after);
  }

  private void uniformArm(Op.If branch, Region arm, Trip trip, Label after) {
    emitOps(arm);
    List<Value> values = arm.terminator().values();
    if (breaks(arm)) {
      lanes.forEachCopy(() -> trip.blendResults(values));
      code.jump(trip.end);
    } else {
      moves.assign(branch.results(), values);
      code.jump(after);
    }
  }

  private void emitOps(Region arm) {
    arm.ops().forEach(op -> ops.emit(op, Exec.ALL));
  }

  private void varyingBranch(Op.If branch, Value condition, Trip trip) {
    Region first = branch.thenRegion();
    Region second = branch.elseRegion();
    emitOps(first);
    emitOps(second);
    if (breaks(first)) {
      trip.blendResults(first.terminator().values());
      leave(trip, condition, true);
      if (breaks(second)) {
        trip.blendResults(second.terminator().values());
        code.constant(0L);
        code.builder().lstore(trip.running());
      } else {
        moves.assign(branch.results(), second.terminator().values());
      }
    } else if (breaks(second)) {
      // those that stay are given the values too, and others when they leave
      trip.blendResults(second.terminator().values());
      leave(trip, condition, false);
      moves.assign(branch.results(), first.terminator().values());
    } else {
      merge(branch, condition);
    }
  }

  /** Counts as left the lanes for which the condition holds, or those for which it does not. */
  private void leave(Trip trip, Value condition, boolean holds) {
    lanes.vector(condition, 0);
    if (holds) {
      code.call("MaskOps", "not");
    }
    code.call("MaskOps", "bits");
    code.longValue(trip.running());
    code.builder().land().lstore(trip.running());
  }

  private void merge(Op.If branch, Value condition) {
    moves.assign(branch.results(), branch.elseRegion().terminator().values());
    lanes.vector(condition, 0);
    int mask = code.keepVector();
    List<Value> values = branch.thenRegion().terminator().values();
    for (int i = 0; i < values.size(); i++) {
      moves.blend(branch.results().get(i), values.get(i), mask);
    }
  }

  private void leaveIfNone(Trip trip) {
    code.constant(0L);
    lanes.forEachCopy(
        () -> {
          code.longValue(trip.running());
          code.builder().lor();
        });
    code.constant(0L);
    code.builder().lcmp().ifeq(trip.end);
  }
}
