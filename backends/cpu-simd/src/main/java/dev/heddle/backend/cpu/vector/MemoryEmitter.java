package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.List;

/**
 * Emits loads and stores. What all lanes read at one place is read once; neighbouring elements are
 * one vector; anything else goes lane by lane through the stage. A guard is one test of the range
 * that the active lanes touch together; only where it fails are they looked at one by one.
 *
 * <p>Vectors never meet from two paths here, since C2 would box them: a slow path leaves what it
 * loaded in the stage, and what meets is the address.
 */
final class MemoryEmitter {
  private final Code code;
  private final Unit unit;
  private final Lanes lanes;
  private final LaunchState state;
  private final AccessGuards guards;
  private final VectorTransfer transfer;
  private final ScatteredEmitter scattered;

  MemoryEmitter(Code code, Unit unit, Lanes lanes, LaunchState state, VectorTransfer transfer) {
    this.code = code;
    this.unit = unit;
    this.lanes = lanes;
    this.state = state;
    this.transfer = transfer;
    guards = new AccessGuards(code, unit, lanes, state);
    scattered = new ScatteredEmitter(code, lanes, state, guards, transfer);
  }

  private AccessTask task(Op op, Access access, Exec exec) {
    return new AccessTask(op, access, exec, lanes, state, unit.bounds());
  }

  void load(Op.Load load, Exec exec) {
    AccessTask task = task(load, load.access(), exec);
    lanes.allocate(load.results());
    if (task.uniform() && !task.isPrivate()) {
      loadUniform(task, load.results());
    } else if (task.contiguous()) {
      task.vectors = lanes.emitted();
      loadContiguous(task, load.results());
    } else {
      lanes.forEachCopy(() -> scattered.load(task, load.results()));
    }
  }

  void store(Op.Store store, Exec exec) {
    AccessTask task = task(store, store.access(), exec);
    boolean oneValue = store.values().stream().allMatch(v -> lanes.shape(v).uniform());
    if (task.uniform() && !task.isPrivate() && oneValue) {
      storeUniform(task, store.values());
    } else if (task.contiguous()) {
      task.vectors = lanes.emitted();
      storeContiguous(task, store.values());
    } else {
      lanes.forEachCopy(() -> scattered.store(task, store.values()));
    }
  }

  private void loadUniform(AccessTask task, List<Value> results) {
    guards.pushFirst(task.form);
    int offset = code.keepLong();
    Label end = code.label();
    int test = guards.guard(task, offset);
    if (test != AccessGuards.NO_TEST) {
      Label fast = code.label();
      guards.pushSign(test);
      code.builder().ifge(fast);
      guards.stageOffsets(task);
      for (int i = 0; i < results.size(); i++) {
        guards.callSlow(task, "load", i);
        getScalar(results.get(i), () -> pushFirstActiveValue(task));
      }
      code.jump(end);
      code.bind(fast);
    }
    for (int i = 0; i < results.size(); i++) {
      int element = i;
      getScalar(results.get(i), () -> pushElement(task, offset, element));
    }
    code.bind(end);
  }

  private void pushFirstActiveValue(AccessTask task) {
    code.allMemory();
    Stage.address(code, state.stage, Stage.VALUES);
    state.pushActive(task.exec);
    code.call("MemoryOps", "first");
    code.constant(task.bytes);
    code.builder().imul().i2l().ladd();
  }

  /** Pushes memory and address. */
  private void pushElement(AccessTask task, int offset, int element) {
    state.pushMemory(task.access.root());
    state.pushAddress(task.access.root());
    code.longValue(offset);
    code.builder().ladd();
    if (element > 0) {
      code.constant((long) element * task.bytes);
      code.builder().ladd();
    }
  }

  private void getScalar(Value result, Runnable place) {
    place.run();
    code.call("Elements", LaunchState.scalarGetter(result.type()));
    if (result.type() == Type.BOOL) {
      code.constant(0);
      code.call("ScalarOps", "ne_i");
    }
    lanes.store(result, 0);
  }

  private void storeUniform(AccessTask task, List<Value> values) {
    guards.pushFirst(task.form);
    int offset = code.keepLong();
    Label end = code.label();
    int test = guards.guard(task, offset);
    if (test != AccessGuards.NO_TEST) {
      Label fast = code.label();
      guards.pushSign(test);
      code.builder().ifge(fast);
      scattered.storeSlowly(task, values);
      code.jump(end);
      code.bind(fast);
    }
    for (int i = 0; i < values.size(); i++) {
      lanes.visibleScalar(values.get(i));
      pushElement(task, offset, i);
      code.call("Elements", scalarSetter(values.get(i).type()));
    }
    code.bind(end);
  }

  private static String scalarSetter(Type type) {
    return LaunchState.scalarGetter(type).replace("get", "put");
  }

  private void loadContiguous(AccessTask task, List<Value> results) {
    guards.pushFirst(task.form);
    int offset = code.keepLong();
    int test = guards.guard(task, offset);
    for (int i = 0; i < results.size(); i++) {
      int element = i;
      lanes.forEachCopy(() -> loadContiguous(task, offset, test, results.get(element), element));
    }
  }

  private void loadContiguous(AccessTask task, int offset, int test, Value result, int element) {
    int address = code.local(TypeKind.LONG);
    pushContiguousAddress(task, offset, element);
    code.builder().lstore(address);
    int memory = memory(task.access.root());
    if (test != AccessGuards.NO_TEST) {
      Label ready = code.label();
      guards.pushSign(test);
      code.builder().ifge(ready);
      guards.stageOffsets(task);
      guards.callSlow(task, "load", element);
      useStaged(task, memory, address);
      code.bind(ready);
    }
    transfer.loadVector(result, memory, address, task.exec);
  }

  /** A local with a root's memory, which may be set anew. */
  private int memory(Root root) {
    if (!state.isArray(root)) {
      return VectorTransfer.ALL_MEMORY;
    }
    state.pushMemory(root);
    return code.keepVector();
  }

  /**
   * Makes what a slow path loaded the place to load from: in the stage or, instead of a Java array,
   * in one of the same class.
   */
  private void useStaged(AccessTask task, int memory, int address) {
    if (memory == VectorTransfer.ALL_MEMORY) {
      Stage.address(code, state.stage, Stage.VALUES);
    } else {
      state.pushSpare(task.access.root());
      code.builder().astore(memory);
      code.longValue(state.stage);
      code.vector(memory);
      code.constant(task.bytes);
      code.call("SlowPath", "unstage");
      code.vector(memory);
      code.call("Elements", "begin");
    }
    code.builder().lstore(address);
  }

  private void pushContiguousAddress(AccessTask task, int offset, int element) {
    Root root = task.access.root();
    state.pushAddress(root);
    code.longValue(offset);
    int elements = element + (task.isPrivate() ? 0 : lanes.itemsSinceFirst());
    if (elements > 0) {
      code.constant((long) elements * task.bytes);
      code.builder().ladd();
    }
    if (task.interleaved()) {
      state.pushSpread(root);
      code.builder().lmul();
    }
    code.builder().ladd();
  }

  private void storeContiguous(AccessTask task, List<Value> values) {
    guards.pushFirst(task.form);
    int offset = code.keepLong();
    Label end = code.label();
    int test = guards.guard(task, offset);
    if (test != AccessGuards.NO_TEST) {
      Label fast = code.label();
      guards.pushSign(test);
      code.builder().ifge(fast);
      lanes.forEachCopy(() -> scattered.storeSlowly(task, values));
      code.jump(end);
      code.bind(fast);
    }
    for (int i = 0; i < values.size(); i++) {
      int element = i;
      lanes.forEachCopy(
          () -> {
            pushContiguousAddress(task, offset, element);
            int address = code.keepLong();
            int memory = memory(task.access.root());
            transfer.storeVector(values.get(element), memory, address, task.exec);
          });
    }
    code.bind(end);
  }

  void atomic(Op.Atomic atomic, Exec exec) {
    AccessTask task = task(atomic, atomic.access(), exec);
    lanes.allocate(atomic.result());
    guards.stageOffsets(task);
    transfer.stageValue(atomic.values().getFirst(), Stage.VALUES);
    if (atomic.values().size() > 1) {
      transfer.stageValue(atomic.values().getLast(), Stage.SECOND);
    }
    code.longValue(state.stage);
    state.pushActive(exec);
    state.pushAddress(task.access.root());
    state.pushSize(task.access.root());
    code.constant(task.bytes);
    code.constant(atomic.op().ordinal());
    code.constant(task.access.root().space() == AddressSpace.GLOBAL ? 1 : 0);
    guards.pushReport(task);
    code.call("SlowPath", "atomic");
    transfer.loadStaged(atomic.result());
  }
}
