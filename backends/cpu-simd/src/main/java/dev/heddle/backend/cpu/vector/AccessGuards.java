package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.vector.AddressForm.Term;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Value;

/**
 * Where an access goes and whether it may: offsets, the one test of the range that the active lanes
 * touch together, and the slow path that looks at the lanes one by one.
 */
final class AccessGuards {
  static final int NO_TEST = -1;

  private final Code code;
  private final Unit unit;
  private final Lanes lanes;
  private final LaunchState state;

  AccessGuards(Code code, Unit unit, Lanes lanes, LaunchState state) {
    this.code = code;
    this.unit = unit;
    this.lanes = lanes;
    this.state = state;
  }

  /** Pushes the offset without its index. */
  void pushBase(AddressForm form) {
    code.constant(form.constant());
    for (Term term : form.terms()) {
      lanes.scalar(term.value());
      if (term.coefficient() != 1) {
        code.constant(term.coefficient());
        code.builder().lmul();
      }
      code.builder().ladd();
    }
  }

  /** Pushes the first lane's offset, of a form whose index is linear or absent. */
  void pushFirst(AddressForm form) {
    pushBase(form);
    Value index = form.index();
    if (index == null) {
      return;
    }
    lanes.firstLane(index);
    switch (form.kind()) {
      case SIGNED -> code.builder().i2l();
      case UNSIGNED -> code.call("ScalarOps", "zext32");
      case LINEAR64, NONE, OPAQUE -> {}
    }
    code.constant(form.scale());
    code.builder().lmul().ladd();
  }

  /** Leaves the offset of every lane in the stage. */
  void stageOffsets(AccessTask task) {
    AddressForm form = task.form;
    code.longValue(state.stage);
    switch (form.kind()) {
      case NONE -> {
        pushFirst(form);
        code.constant(0L);
        code.call("GatherOps", "linearOffsets");
      }
      case LINEAR64 -> {
        pushFirst(form);
        code.constant(task.stride());
        code.call("GatherOps", "linearOffsets");
      }
      case SIGNED, UNSIGNED -> {
        lanes.vector(task.form.varying(), 0);
        pushBase(form);
        code.constant(form.scale());
        code.constant(task.signed() ? 1 : 0);
        code.call("GatherOps", "offsets");
      }
      case OPAQUE -> {
        lanes.vector(form.varying(), 0);
        lanes.vector(form.varying(), 1);
        code.call("GatherOps", "pairOffsets");
      }
    }
  }

  /**
   * Emits the test of an access of neighbouring elements, or of one place.
   *
   * @param offset the local with lane 0's offset
   * @return a local that is negative if lanes have to be looked at one by one, or NO_TEST
   */
  int guard(AccessTask task, int offset) {
    boolean mayWrap = task.mayWrap();
    if (!task.checked && !mayWrap) {
      return NO_TEST;
    }
    boolean first = true;
    if (task.checked) {
      pushOutside(task, offset);
      first = false;
      if (!task.alignmentKnown()) {
        code.longValue(offset);
        code.constant((long) task.access.alignment());
        code.call("MemoryOps", "misaligned");
        code.builder().lor();
      }
    }
    if (mayWrap) {
      lanes.firstLane(task.form.varying());
      int last = Kind.lanes() * task.vectors - 1;
      code.constant((int) lanes.shape(task.form.varying()).stride() * last);
      code.call("MemoryOps", task.signed() ? "overflows" : "overflowsUnsigned");
      if (!first) {
        code.builder().lor();
      }
    }
    return code.keepLong();
  }

  private void pushOutside(AccessTask task, int offset) {
    boolean alongLanes = !task.uniform();
    if (!alongLanes || task.exec.all()) {
      code.longValue(offset);
      int elements = alongLanes ? Kind.lanes() * task.vectors : task.access.count();
      code.constant((long) task.bytes * elements);
    } else {
      pushActiveRange(task, offset);
    }
    state.pushSize(task.access.root());
    code.call("MemoryOps", "outside");
  }

  /** Pushes offset and length of the range from the first active lane to the last. */
  private void pushActiveRange(AccessTask task, int offset) {
    state.pushActive(task.exec);
    int active = code.keepLong();
    code.longValue(active);
    code.call("MemoryOps", "first");
    int first = code.keepInt();
    code.longValue(offset);
    code.builder().iload(first);
    code.constant(task.bytes);
    code.builder().imul().i2l().ladd();
    code.longValue(active);
    code.call("MemoryOps", "end");
    code.builder().iload(first).isub();
    code.constant(task.bytes);
    code.builder().imul().i2l();
  }

  /** Pushes whether a test failed, as something to branch on with {@code ifge} for success. */
  void pushSign(int test) {
    code.longValue(test);
    code.constant(0L);
    code.builder().lcmp();
  }

  /** Calls a slow path for one element of the access, with the offsets in the stage. */
  void callSlow(AccessTask task, String name, int element) {
    Root root = task.access.root();
    code.longValue(state.stage);
    state.pushActive(task.exec);
    state.pushMemory(root);
    state.pushAddress(root);
    state.pushSpread(root);
    code.constant(state.laneStride(root));
    state.pushSize(root);
    code.constant(task.bytes);
    code.constant(element);
    code.constant(task.access.bytes());
    pushReport(task);
    code.call("SlowPath", name);
  }

  void pushReport(AccessTask task) {
    code.constant((long) task.access.alignment());
    code.constant(task.mode());
    state.pushFaultPlace(task.checked ? FaultBlock.entry(unit.sites().number(task.op)) : 0);
  }
}
