package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Emits the handing over of values to results and parameters of ifs and loops. */
final class Moves {
  private final Code code;
  private final Lanes lanes;

  Moves(Code code, Lanes lanes) {
    this.code = code;
    this.lanes = lanes;
  }

  /** Number of locals that a value takes in a copy. */
  int parts(Value value) {
    return lanes.shape(value).varying() ? Kind.of(value.type()).parts() : 1;
  }

  /** Sets results to values, for all lanes; at once, since one may be among the others. */
  void assign(List<Value> results, List<Value> values) {
    List<Runnable> stores = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Value result = results.get(i);
      Value value = values.get(i);
      if (lanes.shape(result).varying()) {
        lanes.forEachCopy(() -> push(value, result, stores));
      } else {
        push(value, result, stores);
      }
    }
    stores.reversed().forEach(Runnable::run);
  }

  /** Pushes a value, and notes how to store what is on the stack then. */
  private void push(Value value, Value result, List<Runnable> stores) {
    Place place = lanes.place(result);
    for (int part = 0; part < parts(result); part++) {
      int at = part;
      push(value, result, part);
      stores.add(() -> lanes.store(result, place, at));
    }
  }

  private void push(Value value, Value result, int part) {
    if (lanes.shape(result).varying()) {
      lanes.vectorInto(value, result, part);
    } else {
      lanes.scalarInto(value, result);
    }
  }

  /**
   * Sets a result to a value in some lanes of the copy at hand.
   *
   * @param mask the local with the lanes
   */
  void blend(Value result, Value value, int mask) {
    if (!lanes.shape(result).varying()) {
      // all that set it set it to the same
      lanes.scalarInto(value, result);
      lanes.store(result, 0);
      return;
    }
    Kind kind = Kind.of(result.type());
    for (int part = 0; part < kind.parts(); part++) {
      lanes.vector(result, part);
      lanes.vectorInto(value, result, part);
      code.vector(mask);
      if (kind.parts() == 2) {
        code.call("MaskOps", part == 0 ? "low" : "high");
      }
      code.call(kind.ops(), "blend");
      lanes.store(result, part);
    }
  }

  /** Pushes the mask of lanes. */
  void pushMask(Exec exec) {
    if (exec.all()) {
      code.constant(1);
      code.call("MaskOps", "broadcast");
    } else {
      code.vector(exec.slot());
    }
  }
}
