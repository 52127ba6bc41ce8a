package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.vector.AddressForm.IndexKind;
import dev.heddle.backend.cpu.vector.AddressForm.Term;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
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
  private static final int NO_TEST = -1;

  /** In place of the local with a memory: {@link Code#allMemory}. */
  private static final int ALL_MEMORY = -1;

  private final Code code;
  private final Unit unit;
  private final Lanes lanes;
  private final LaunchState state;

  MemoryEmitter(Code code, Unit unit, Lanes lanes, LaunchState state) {
    this.code = code;
    this.unit = unit;
    this.lanes = lanes;
    this.state = state;
  }

  /** One access on its way: what is the same for all the steps of its emission. */
  private final class Task {
    final Op op;
    final Access access;
    final AddressForm form;
    final Exec exec;
    final boolean checked;
    final int bytes;

    /** Number of vectors that it is for at once. */
    int vectors = 1;

    Task(Op op, Access access, Exec exec) {
      this.op = op;
      this.access = access;
      this.exec = exec;
      form = AddressForm.of(access.offset(), lanes.shapes());
      checked = access.guard() == Access.Guard.CHECKED && unit.bounds() != BoundsMode.OFF;
      bytes = access.element().bytes();
    }

    boolean isPrivate() {
      return access.root().space() == AddressSpace.PRIVATE;
    }

    boolean interleaved() {
      return access.root() instanceof Root.Array array && state.isInterleaved(array);
    }

    /** What the offset grows by from lane to lane, unless a 32-bit index wraps; 0 if unknown. */
    long stride() {
      Value index = form.index();
      return index == null ? 0 : form.scale() * lanes.shape(index).stride();
    }

    boolean uniform() {
      return form.kind() == IndexKind.NONE;
    }

    /** Whether the lanes touch neighbouring elements. */
    boolean contiguous() {
      if (isPrivate()) {
        return interleaved() && uniform();
      }
      return access.count() == 1 && stride() == bytes && form.kind() != IndexKind.OPAQUE;
    }

    boolean indexed32() {
      return form.kind() == IndexKind.SIGNED || form.kind() == IndexKind.UNSIGNED;
    }

    /**
     * Whether the 32-bit index of one lane may be past the end of those numbers while that of a
     * lane before it is not. It cannot where every access is proven to be in range and the index
     * alone decides: the index it would have is so low that the offset were negative.
     */
    boolean mayWrap() {
      boolean proven =
          access.guard() == Access.Guard.PROVEN
              && form.kind() == IndexKind.SIGNED
              && form.terms().isEmpty()
              && form.constant() < form.scale() * (1L << 30);
      return indexed32() && !proven;
    }

    boolean signed() {
      return form.kind() != IndexKind.UNSIGNED;
    }

    boolean alignmentKnown() {
      return access.alignment() == 1 || form.aligned(access.alignment());
    }

    int mode() {
      return checked ? unit.bounds().ordinal() : BoundsMode.OFF.ordinal();
    }
  }

  void load(Op.Load load, Exec exec) {
    Task task = new Task(load, load.access(), exec);
    lanes.allocate(load.results());
    if (task.uniform() && !task.isPrivate()) {
      loadUniform(task, load.results());
    } else if (task.contiguous()) {
      task.vectors = lanes.emitted();
      loadContiguous(task, load.results());
    } else {
      lanes.forEachCopy(() -> loadScattered(task, load.results()));
    }
  }

  void store(Op.Store store, Exec exec) {
    Task task = new Task(store, store.access(), exec);
    boolean oneValue = store.values().stream().allMatch(v -> lanes.shape(v).uniform());
    if (task.uniform() && !task.isPrivate() && oneValue) {
      storeUniform(task, store.values());
    } else if (task.contiguous()) {
      task.vectors = lanes.emitted();
      storeContiguous(task, store.values());
    } else {
      lanes.forEachCopy(() -> storeScattered(task, store.values()));
    }
  }

  // ---- offsets

  /** Pushes the offset without its index. */
  private void pushBase(AddressForm form) {
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
  private void pushFirst(AddressForm form) {
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
  private void stageOffsets(Task task) {
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

  // ---- guards

  /**
   * Emits the test of an access of neighbouring elements, or of one place.
   *
   * @param offset the local with lane 0's offset
   * @return a local that is negative if lanes have to be looked at one by one, or NO_TEST
   */
  private int guard(Task task, int offset) {
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

  private void pushOutside(Task task, int offset) {
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
  private void pushActiveRange(Task task, int offset) {
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
  private void pushSign(int test) {
    code.longValue(test);
    code.constant(0L);
    code.builder().lcmp();
  }

  // ---- lane by lane

  /** Calls a slow path for one element of the access, with the offsets in the stage. */
  private void callSlow(Task task, String name, int element) {
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

  private void pushReport(Task task) {
    code.constant((long) task.access.alignment());
    code.constant(task.mode());
    state.pushFaultPlace(task.checked ? FaultBlock.entry(unit.sites().number(task.op)) : 0);
  }

  // ---- one place for all lanes

  private void loadUniform(Task task, List<Value> results) {
    pushFirst(task.form);
    int offset = code.keepLong();
    Label end = code.label();
    int test = guard(task, offset);
    if (test != NO_TEST) {
      Label fast = code.label();
      pushSign(test);
      code.builder().ifge(fast);
      stageOffsets(task);
      for (int i = 0; i < results.size(); i++) {
        callSlow(task, "load", i);
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

  private void pushFirstActiveValue(Task task) {
    code.allMemory();
    Stage.address(code, state.stage, Stage.VALUES);
    state.pushActive(task.exec);
    code.call("MemoryOps", "first");
    code.constant(task.bytes);
    code.builder().imul().i2l().ladd();
  }

  /** Pushes memory and address. */
  private void pushElement(Task task, int offset, int element) {
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

  private void storeUniform(Task task, List<Value> values) {
    pushFirst(task.form);
    int offset = code.keepLong();
    Label end = code.label();
    int test = guard(task, offset);
    if (test != NO_TEST) {
      Label fast = code.label();
      pushSign(test);
      code.builder().ifge(fast);
      storeSlowly(task, values);
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

  private void storeSlowly(Task task, List<Value> values) {
    stageOffsets(task);
    for (int i = 0; i < values.size(); i++) {
      stageValue(values.get(i), Stage.VALUES);
      callSlow(task, "store", i);
    }
  }

  // ---- neighbouring elements

  private void loadContiguous(Task task, List<Value> results) {
    pushFirst(task.form);
    int offset = code.keepLong();
    int test = guard(task, offset);
    for (int i = 0; i < results.size(); i++) {
      int element = i;
      lanes.forEachCopy(() -> loadContiguous(task, offset, test, results.get(element), element));
    }
  }

  private void loadContiguous(Task task, int offset, int test, Value result, int element) {
    int address = code.local(TypeKind.LONG);
    pushContiguousAddress(task, offset, element);
    code.builder().lstore(address);
    int memory = memory(task.access.root());
    if (test != NO_TEST) {
      Label ready = code.label();
      pushSign(test);
      code.builder().ifge(ready);
      stageOffsets(task);
      callSlow(task, "load", element);
      useStaged(task, memory, address);
      code.bind(ready);
    }
    loadVector(result, memory, address, task.exec);
  }

  /** A local with a root's memory, which may be set anew. */
  private int memory(Root root) {
    if (!state.isArray(root)) {
      return ALL_MEMORY;
    }
    state.pushMemory(root);
    return code.keepVector();
  }

  /**
   * Makes what a slow path loaded the place to load from: in the stage or, instead of a Java array,
   * in one of the same class.
   */
  private void useStaged(Task task, int memory, int address) {
    if (memory == ALL_MEMORY) {
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

  private void pushContiguousAddress(Task task, int offset, int element) {
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

  private void storeContiguous(Task task, List<Value> values) {
    pushFirst(task.form);
    int offset = code.keepLong();
    Label end = code.label();
    int test = guard(task, offset);
    if (test != NO_TEST) {
      Label fast = code.label();
      pushSign(test);
      code.builder().ifge(fast);
      lanes.forEachCopy(() -> storeSlowly(task, values));
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
            storeVector(values.get(element), memory, address, task.exec);
          });
    }
    code.bind(end);
  }

  // ---- all over the root

  private boolean gathers(Task task) {
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

  private Indices indices(Task task) {
    AddressForm form = task.form;
    if (task.indexed32()) {
      lanes.vector(form.varying(), 0);
      int vector = code.keepVector();
      pushBase(form);
      return new Indices(vector, code.keepLong(), form.scale(), task.signed());
    }
    boolean one = task.uniform();
    code.constant(0);
    code.constant(one ? 0 : 1);
    code.call("IntOps", "linear");
    int vector = code.keepVector();
    pushFirst(form);
    return new Indices(vector, code.keepLong(), one ? task.bytes : task.stride(), true);
  }

  private void pushAnyOutside(Task task, Indices indices, int active) {
    code.vector(indices.vector());
    code.longValue(active);
    code.longValue(indices.base());
    code.constant(indices.scale());
    code.constant((long) task.access.bytes());
    state.pushSize(task.access.root());
    code.constant(indices.signed() ? 1 : 0);
    code.call("GatherOps", "anyOutside");
  }

  private void callGather(Task task, String name, Indices indices, int active, int element) {
    code.longValue(state.stage);
    code.vector(indices.vector());
    code.longValue(active);
    state.pushMemory(task.access.root());
    state.pushAddress(task.access.root());
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

  private void loadScattered(Task task, List<Value> results) {
    if (!gathers(task)) {
      stageOffsets(task);
      for (int i = 0; i < results.size(); i++) {
        callSlow(task, "load", i);
        loadStaged(results.get(i));
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
        stageOffsets(task);
        callSlow(task, "load", i);
        code.jump(end);
        code.bind(fast);
      }
      callGather(task, "gather", indices, active, i);
      code.bind(end);
      loadStaged(results.get(i));
    }
  }

  private int keepSlow(Task task, Indices indices, int active) {
    if (!task.checked) {
      return NO_TEST;
    }
    pushAnyOutside(task, indices, active);
    return code.keepInt();
  }

  private void storeScattered(Task task, List<Value> values) {
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
      stageValue(values.get(i), Stage.VALUES);
      callGather(task, "scatter", indices, active, i);
    }
    code.bind(end);
  }

  // ---- vectors and memory

  private void loadStaged(Value result) {
    Stage.address(code, state.stage, Stage.VALUES);
    loadVector(result, ALL_MEMORY, code.keepLong(), Exec.ALL);
  }

  private void loadVector(Value result, int memory, int address, Exec exec) {
    Kind kind = Kind.of(result.type());
    for (int part = 0; part < kind.parts(); part++) {
      pushPart(memory, address, part);
      String name = "load" + memoryName(result.type());
      if (exec.all()) {
        code.call("MemoryOps", name);
      } else {
        pushMask(exec, kind, part);
        code.call("MemoryOps", name + "Masked");
      }
      if (kind == Kind.BOOL) {
        code.call("IntOps", "nonZero");
      }
      lanes.store(result, part);
    }
  }

  private void storeVector(Value value, int memory, int address, Exec exec) {
    Kind kind = Kind.of(value.type());
    for (int part = 0; part < kind.parts(); part++) {
      pushVisible(value, part);
      pushPart(memory, address, part);
      String name = "store" + memoryName(value.type());
      if (exec.all()) {
        code.call("MemoryOps", name);
      } else {
        pushMask(exec, kind, part);
        code.call("MemoryOps", name + "Masked");
      }
    }
  }

  private void pushVisible(Value value, int part) {
    lanes.visibleVector(value, part);
    if (value.type() == Type.BOOL) {
      code.call("IntOps", "fromMask");
    }
  }

  /** Pushes memory and address. */
  private void pushPart(int memory, int address, int part) {
    if (memory == ALL_MEMORY) {
      code.allMemory();
    } else {
      code.vector(memory);
    }
    code.longValue(address);
    if (part == 1) {
      code.constant(4L * Kind.lanes());
      code.builder().ladd();
    }
  }

  private void pushMask(Exec exec, Kind kind, int part) {
    code.vector(exec.slot());
    if (kind.parts() == 2) {
      code.call("MaskOps", part == 0 ? "low" : "high");
    }
  }

  private void stageValue(Value value, int offset) {
    Stage.address(code, state.stage, offset);
    storeVector(value, ALL_MEMORY, code.keepLong(), Exec.ALL);
  }

  private static String memoryName(Type type) {
    return switch (type) {
      case BOOL, I8 -> "8";
      case I16, F16 -> "16";
      case I32 -> "32";
      case I64 -> "64";
      case F32 -> "F32";
      case F64 -> "F64";
    };
  }

  // ---- atomics

  void atomic(Op.Atomic atomic, Exec exec) {
    Task task = new Task(atomic, atomic.access(), exec);
    lanes.allocate(atomic.result());
    stageOffsets(task);
    stageValue(atomic.values().getFirst(), Stage.VALUES);
    if (atomic.values().size() > 1) {
      stageValue(atomic.values().getLast(), Stage.SECOND);
    }
    code.longValue(state.stage);
    state.pushActive(exec);
    state.pushAddress(task.access.root());
    state.pushSize(task.access.root());
    code.constant(task.bytes);
    code.constant(atomic.op().ordinal());
    code.constant(task.access.root().space() == AddressSpace.GLOBAL ? 1 : 0);
    pushReport(task);
    code.call("SlowPath", "atomic");
    loadStaged(atomic.result());
  }

  // ---- divisions

  /** Emits an integer division or remainder; a zero divisor of an active lane is a fault. */
  void divide(Op.Binary op, Exec exec, Runnable quotient) {
    Long divisor = lanes.shapes().constant(op.right());
    if (divisor == null || divisor == 0) {
      faultOnZero(op, exec);
    }
    Kind kind = Kind.of(op.result().type());
    if (kind == Kind.LONG && lanes.shape(op.result()).varying()) {
      divideStaged(op);
    } else {
      quotient.run();
    }
  }

  private void faultOnZero(Op.Binary op, Exec exec) {
    Label fine = code.label();
    if (lanes.shape(op.right()).uniform()) {
      pushZeroTest(op.right());
      code.builder().ifeq(fine);
      state.pushActive(exec);
    } else {
      pushZeroMask(op.right(), exec);
    }
    int active = code.keepLong();
    code.longValue(active);
    code.constant(0L);
    code.builder().lcmp().ifeq(fine);
    code.longValue(active);
    state.pushFaultPlace(FaultBlock.entry(unit.sites().number(op)));
    code.call("SlowPath", "divisionByZero");
    code.bind(fine);
  }

  private void pushZeroTest(Value divisor) {
    lanes.scalar(divisor);
    if (Kind.of(divisor.type()) == Kind.LONG) {
      code.constant(0L);
      code.call("ScalarOps", "eq_l");
    } else {
      code.constant(0);
      code.call("ScalarOps", "eq_i");
    }
  }

  private void pushZeroMask(Value divisor, Exec exec) {
    Kind kind = Kind.of(divisor.type());
    for (int part = 0; part < kind.parts(); part++) {
      lanes.vector(divisor, part);
      if (kind == Kind.LONG) {
        code.constant(0L);
      } else {
        code.constant(0);
      }
      code.call(kind.ops(), "broadcast");
      code.call(kind.ops(), "eq");
    }
    if (kind == Kind.LONG) {
      code.call("MaskOps", "join");
    }
    if (!exec.all()) {
      code.vector(exec.slot());
      code.call("MaskOps", "and");
    }
    code.call("MaskOps", "bits");
  }

  private void divideStaged(Op.Binary op) {
    lanes.allocate(op.result());
    stageValue(op.left(), Stage.VALUES);
    stageValue(op.right(), Stage.SECOND);
    code.longValue(state.stage);
    code.constant(
        switch (op.op()) {
          case SDIV -> 0;
          case SREM -> 1;
          case UDIV -> 2;
          case UREM -> 3;
          default -> throw new IllegalArgumentException(op.op().text());
        });
    code.call("SlowPath", "divide");
    loadStaged(op.result());
  }
}
