package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.vector.AddressForm.IndexKind;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.util.List;

/** Accesses that go all over a root: lane by lane, by a gather where that is safe. */
final class ScatteredEmitter {
  private final Code code;
  private final Lanes lanes;
  private final LaunchState state;
  private final AccessGuards guards;
  private final VectorTransfer transfer;

  ScatteredEmitter(
      Code code, Lanes lanes, LaunchState state, AccessGuards guards, VectorTransfer transfer) {
    this.code = code;
    this.lanes = lanes;
    this.state = state;
    this.guards = guards;
    this.transfer = transfer;
  }

  private boolean gathers(AccessTask task) {
    long scale =
        switch (task.form.kind()) {
          case NONE -> task.bytes;
          case LINEAR64 -> task.stride();
          case SIGNED, UNSIGNED, OPAQUE -> task.form.scale();
        };
    return !task.isPrivate()
        && task.form.kind() != IndexKind.OPAQUE
        && scale > 0
        && (!task.checked || task.alignmentKnown());
  }

  /** The locals of a gather: a vector of indices, and the offset that they count from. */
  private record Indices(int vector, int base, long scale, boolean signed) {}

  private Indices indices(AccessTask task) {
    AddressForm form = task.form;
    if (task.indexed32()) {
      lanes.vector(form.varying(), 0);
      int vector = code.keepVector();
      guards.pushBase(form);
      return new Indices(vector, code.keepLong(), form.scale(), task.signed());
    }
    boolean one = task.uniform();
    code.constant(0);
    code.constant(one ? 0 : 1);
    code.call("IntOps", "linear");
    int vector = code.keepVector();
    guards.pushFirst(form);
    return new Indices(vector, code.keepLong(), one ? task.bytes : task.stride(), true);
  }

  private void pushAnyOutside(AccessTask task, Indices indices, int active) {
    code.vector(indices.vector());
    code.longValue(active);
    code.longValue(indices.base());
    code.constant(indices.scale());
    code.constant((long) task.access.bytes());
    state.pushSize(task.access.root());
    code.constant(indices.signed() ? 1 : 0);
    code.call("GatherOps", "anyOutside");
  }

  private void callGather(AccessTask task, String name, Indices indices, int active, int element) {
    code.longValue(state.stage);
    code.vector(indices.vector());
    code.longValue(active);
    state.pushMemory(task.access.root());
    if (task.checked) {
      state.pushAddressAnew(task.access.root());
    } else {
      state.pushAddress(task.access.root());
    }
    code.longValue(indices.base());
    code.builder().ladd();
    if (element > 0) {
      code.constant((long) element * task.bytes);
      code.builder().ladd();
    }
    code.constant(indices.scale());
    code.constant(indices.signed() ? 1 : 0);
    code.constant(task.bytes);
    code.call("GatherOps", name);
  }

  void load(AccessTask task, List<Value> results) {
    if (!gathers(task)) {
      guards.stageOffsets(task);
      for (int i = 0; i < results.size(); i++) {
        guards.callSlow(task, "load", i);
        transfer.loadStaged(results.get(i));
      }
      return;
    }
    Indices indices = indices(task);
    state.pushActive(task.exec);
    int active = code.keepLong();
    int slow = keepSlow(task, indices, active);
    for (int i = 0; i < results.size(); i++) {
      Label end = code.label();
      if (task.checked) {
        Label fast = code.label();
        code.builder().iload(slow).ifeq(fast);
        guards.stageOffsets(task);
        guards.callSlow(task, "load", i);
        code.jump(end);
        code.bind(fast);
      }
      callGather(task, "gather", indices, active, i);
      code.bind(end);
      transfer.loadStaged(results.get(i));
    }
  }

  private int keepSlow(AccessTask task, Indices indices, int active) {
    if (!task.checked) {
      return AccessGuards.NO_TEST;
    }
    pushAnyOutside(task, indices, active);
    return code.keepInt();
  }

  void store(AccessTask task, List<Value> values) {
    if (!gathers(task)) {
      storeSlowly(task, values);
      return;
    }
    Indices indices = indices(task);
    state.pushActive(task.exec);
    int active = code.keepLong();
    Label end = code.label();
    if (task.checked) {
      Label fast = code.label();
      pushAnyOutside(task, indices, active);
      code.builder().ifeq(fast);
      storeSlowly(task, values);
      code.jump(end);
      code.bind(fast);
    }
    for (int i = 0; i < values.size(); i++) {
      transfer.stageValue(values.get(i), Stage.VALUES);
      callGather(task, "scatter", indices, active, i);
    }
    code.bind(end);
  }

  void storeSlowly(AccessTask task, List<Value> values) {
    guards.stageOffsets(task);
    for (int i = 0; i < values.size(); i++) {
      transfer.stageValue(values.get(i), Stage.VALUES);
      guards.callSlow(task, "store", i);
    }
  }
}
