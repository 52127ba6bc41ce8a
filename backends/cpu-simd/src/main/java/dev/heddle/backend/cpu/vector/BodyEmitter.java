package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.LoopFacts;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.util.HashSet;
import java.util.Set;

/** Emits the work of one vector of work-items: walks the ops and gives each to its emitter. */
final class BodyEmitter {
  private final Lanes lanes;
  private final LaunchState state;
  private final Demand demand;
  private final boolean together;
  private final ArithmeticEmitter arithmetic;
  private final SpeculationEmitter speculation;
  private final ConvertEmitter conversions;
  private final MemoryEmitter memory;
  private final DivisionEmitter divisions;
  private final ControlEmitter control;

  /**
   * @param differs where to go if a value does not have the shape that it was taken to have
   * @param cancelled where to go if the launch was cancelled
   */
  BodyEmitter(
      Code code,
      Unit unit,
      Lanes lanes,
      LaunchState state,
      LoopFacts loops,
      Label differs,
      Label cancelled) {
    this.lanes = lanes;
    this.state = state;
    together = unit.together() > 0;
    demand = new Demand(unit.function(), lanes.shapes());
    Set<Value> steps = new HashSet<>();
    collectSteps(unit.function().body(), steps);
    arithmetic = new ArithmeticEmitter(code, lanes, steps, state.one);
    speculation = new SpeculationEmitter(code, lanes, differs);
    conversions = new ConvertEmitter(code, lanes, state.stage);
    VectorTransfer transfer = new VectorTransfer(code, lanes, state);
    memory = new MemoryEmitter(code, unit, lanes, state, transfer);
    divisions = new DivisionEmitter(code, unit, lanes, state, transfer);
    control = new ControlEmitter(code, lanes, state, loops, this, cancelled);
  }

  /** Emits the body of a function; control goes to {@code end} when no lane has more to do. */
  void emit(Region body, Exec exec, Label end) {
    control.body(body, exec, end);
  }

  private static void collectSteps(Region region, Set<Value> steps) {
    for (Op op : region.ops()) {
      if (op instanceof Op.If branch) {
        collectSteps(branch.thenRegion(), steps);
        collectSteps(branch.elseRegion(), steps);
      } else if (op instanceof Op.Loop loop) {
        collectSteps(loop.body(), steps);
      }
    }
    if (region.terminator() instanceof Terminator.Continue next) {
      steps.addAll(next.values());
    }
  }

  /** Emits an op that is neither an if nor a loop. */
  void emit(Op op, Exec exec) {
    if (perCopy(op)) {
      lanes.forEachCopy(() -> emitOnce(op, exec));
    } else {
      emitOnce(op, exec);
    }
  }

  /** Whether an op is emitted for each copy; loads and stores see to that themselves. */
  private boolean perCopy(Op op) {
    return switch (op) {
      case Op.Load load -> false;
      case Op.Store store -> false;
      default -> op.results().stream().anyMatch(result -> lanes.shape(result).varying());
    };
  }

  private void emitOnce(Op op, Exec exec) {
    if (lanes.shapes().speculated(op)) {
      speculation.emit(op);
      return;
    }
    switch (op) {
      case Op.Constant constant -> {}
      case Op.Unary unary -> arithmetic.unary(unary);
      case Op.Binary binary -> binary(binary, exec);
      case Op.Compare compare -> arithmetic.compare(compare);
      case Op.Fma fma -> arithmetic.fma(fma);
      case Op.Select select -> arithmetic.select(select);
      case Op.Convert convert -> {
        if (demand.needs(convert)) {
          conversions.convert(convert);
        }
      }
      case Op.Query query -> {
        state.pushQuery(query.op(), query.dimension());
        keepScalar(query.result());
      }
      case Op.RootSize size -> {
        state.pushSize(size.root());
        keepScalar(size.result());
      }
      case Op.Load load -> memory.load(load, exec);
      case Op.Store store -> memory.store(store, exec);
      case Op.Atomic atomic -> memory.atomic(atomic, exec);
      case Op.Fence fence -> {}
      case Op.Barrier barrier -> {
        // only in code for a whole work-group, whose work-items are all here
        if (!together) {
          throw new IllegalArgumentException("barrier in a segment");
        }
      }
      case Op.Builtin builtin ->
          throw new IllegalArgumentException("builtin " + builtin.op().text());
      case Op.Call call -> throw new IllegalArgumentException("call of " + call.callee());
      case Op.If branch -> throw new IllegalArgumentException("if is control flow");
      case Op.Loop loop -> throw new IllegalArgumentException("loop is control flow");
    }
  }

  private void binary(Op.Binary binary, Exec exec) {
    if (binary.op().divides()) {
      divisions.divide(binary, exec, () -> arithmetic.binary(binary));
    } else if (demand.needs(binary)) {
      arithmetic.binary(binary);
    }
  }

  private void keepScalar(Value value) {
    lanes.allocate(value);
    lanes.store(value, 0);
  }
}
