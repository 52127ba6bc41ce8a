package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.LoopFacts;
import dev.heddle.backend.cpu.group.NanFlow;
import dev.heddle.backend.cpu.scalar.Header.Fact;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the one method of a unit: loops over the rows and the work-items of the call, and inside
 * them the function's body with its structured control flow.
 */
final class BodyWriter {
  /** A parameter of the method: the Java arrays, see {@code ArrayParameters}. */
  static final int ARRAYS = 1;

  /** A parameter of the method: the address of the frame. */
  static final int FRAME = 2;

  private static final int FIRST_FREE = 4;

  /** Where an if's arm hands its values over to. */
  private record Join(List<Value> results, Label end) {}

  /** A loop that is being written. */
  private record Target(Op.Loop loop, Label head, Label exit) {}

  final CodeBuilder code;
  final Unit unit;
  final NanFlow nans;
  final Locals locals = new Locals(FIRST_FREE);
  final Header header;
  private final LoopFacts loopFacts;
  private final Stacking stacking;
  private final AccessWriter accesses;
  private final Map<Value, Integer> slots = new HashMap<>();
  private final Map<Integer, Target> targets = new HashMap<>();
  private final Label itemEnd;
  private final Label leave;
  private final int item;
  private final int count;
  private final int firstX;
  private final int y;
  private final int slot;

  BodyWriter(CodeBuilder code, Unit unit) {
    this.code = code;
    this.unit = unit;
    nans = new NanFlow(unit.function());
    loopFacts = new LoopFacts(unit.function());
    stacking = new Stacking(unit.function());
    header = new Header(unit, locals);
    item = locals.take(TypeKind.INT);
    count = locals.take(TypeKind.INT);
    firstX = locals.take(TypeKind.LONG);
    y = locals.take(TypeKind.LONG);
    slot = locals.take(TypeKind.LONG);
    itemEnd = code.newLabel();
    leave = code.newLabel();
    accesses = new AccessWriter(this);
  }

  void write() {
    for (int d = 0; d < 3; d++) {
      header.request(Header.offsetAlong(d));
    }
    for (int entry :
        new int[] {
          Frame.Z,
          Frame.Y_END,
          Frame.FAULTS,
          Frame.CANCEL,
          Frame.CAPACITY,
          Frame.SLOT_BASE,
          Frame.SLOT_ROW
        }) {
      header.request(new Fact.Entry(entry));
    }
    header.requestAll();
    header.emit(code);
    range();
    rows();
    code.labelBinding(leave).return_();
  }

  private void range() {
    code.lload(FRAME).loadConstant((long) Frame.X_BEGIN).ladd();
    Calls.load(Type.I64).emit(code);
    code.lstore(firstX);
    code.lload(FRAME).loadConstant((long) Frame.X_END).ladd();
    Calls.load(Type.I64).emit(code);
    code.lload(firstX).lsub().l2i().istore(count);
    code.lload(FRAME).loadConstant((long) Frame.Y_BEGIN).ladd();
    Calls.load(Type.I64).emit(code);
    code.lstore(y);
  }

  private void rows() {
    Label row = code.newBoundLabel();
    code.lload(y);
    header.load(code, new Fact.Entry(Frame.Y_END));
    code.lcmp().ifge(leave);
    code.iconst_0().istore(item);
    items();
    code.lload(y).lconst_1().ladd().lstore(y);
    code.goto_(row);
  }

  private void items() {
    Label end = code.newLabel();
    Label head = code.newBoundLabel();
    code.iload(item).iload(count).if_icmpge(end);
    if (loopFacts.itemsPoll()) {
      poll();
      code.ifne(leave);
    }
    if (unit.stateful()) {
      header.load(code, new Fact.Entry(Frame.SLOT_BASE));
      code.lload(y);
      header.load(code, new Fact.Entry(Frame.SLOT_ROW));
      code.lmul().ladd();
      pushX();
      code.ladd().lstore(slot);
    } else {
      zeroPrivates();
    }
    region(unit.function().body(), new Join(List.of(), itemEnd));
    code.labelBinding(itemEnd);
    code.iinc(item, 1).goto_(head);
    code.labelBinding(end);
  }

  private void zeroPrivates() {
    for (Root.Array array : unit.privates().arrays()) {
      if (unit.privates().zeroed(array) && header.requested(new Fact.Address(array))) {
        header.load(code, new Fact.Address(array));
        code.loadConstant(array.bytes());
        Calls.ZERO.emit(code);
      }
    }
  }

  /** Pushes the cancel word. */
  private void poll() {
    header.load(code, new Fact.Entry(Frame.CANCEL));
    Calls.load(Type.I32).emit(code);
  }

  /** Pushes the work-item's index along x, counted over the NDRange. */
  private void pushX() {
    code.lload(firstX).iload(item).i2l().ladd();
  }

  /** Pushes the work-item's index along a dimension. */
  private void pushIndex(int dimension) {
    switch (dimension) {
      case 0 -> pushX();
      case 1 -> code.lload(y);
      default -> header.load(code, new Fact.Entry(Frame.Z));
    }
  }

  void pushGlobalId(int dimension) {
    header.load(code, Header.offsetAlong(dimension));
    pushIndex(dimension);
    code.ladd();
  }

  /** Pushes the work-item's slot in private memory; of a stateful unit. */
  void pushSlot() {
    code.lload(slot);
  }

  // regions

  private void region(Region region, Join join) {
    List<Value> defined = new ArrayList<>();
    for (Op op : region.ops()) {
      if (op.results().isEmpty() || !stacking.stacked(op.results().getFirst())) {
        op(op);
        defined.addAll(op.results());
      }
      stacking.dyingAfter(op).forEach(this::release);
    }
    terminator(region.terminator(), join);
    defined.forEach(this::release);
  }

  private void release(Value value) {
    Integer variable = slots.remove(value);
    if (variable != null) {
      locals.release(Kinds.kind(value.type()), variable);
    }
  }

  private void terminator(Terminator terminator, Join join) {
    switch (terminator) {
      case Terminator.Yield yield -> {
        move(yield.values(), join.results());
        code.goto_(join.end());
      }
      case Terminator.Break leaving -> {
        Target target = Objects.requireNonNull(targets.get(leaving.label()));
        move(leaving.values(), target.loop().results());
        code.goto_(target.exit());
      }
      case Terminator.Continue again -> {
        Target target = Objects.requireNonNull(targets.get(again.label()));
        move(again.values(), target.loop().body().parameters());
        if (loopFacts.polls(target.loop())) {
          poll();
          code.ifeq(target.head()).goto_(leave);
        } else {
          code.goto_(target.head());
        }
      }
      case Terminator.Return end -> code.goto_(itemEnd);
    }
  }

  /** Assigns all of {@code to} at once: some may be read by {@code from}. */
  private void move(List<Value> from, List<Value> to) {
    List<Value> assigned = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      Value target = to.get(i);
      if (stacking.used(target) && !target.equals(from.get(i))) {
        pushInto(from.get(i), target);
        assigned.add(target);
      }
    }
    for (Value target : assigned.reversed()) {
      store(target);
    }
  }

  private void branch(Op.If op) {
    Label otherwise = code.newLabel();
    Label end = code.newLabel();
    op.results().forEach(this::declare);
    branchUnless(op.condition(), otherwise);
    Join join = new Join(op.results(), end);
    region(op.thenRegion(), join);
    code.labelBinding(otherwise);
    region(op.elseRegion(), join);
    code.labelBinding(end);
  }

  private void loop(Op.Loop op) {
    op.results().forEach(this::declare);
    op.body().parameters().forEach(this::declare);
    move(op.initial(), op.body().parameters());
    Label exit = code.newLabel();
    Label head = code.newBoundLabel();
    targets.put(op.label(), new Target(op, head, exit));
    region(op.body(), new Join(List.of(), exit));
    code.labelBinding(exit);
    op.body().parameters().forEach(this::release);
  }

  // values

  /** Gives a value a variable. */
  private void declare(Value value) {
    slots.put(value, locals.take(Kinds.kind(value.type())));
  }

  /** Pops the stack into the value's variable, which it gets if it has none. */
  void store(Value value) {
    if (!slots.containsKey(value)) {
      declare(value);
    }
    code.storeLocal(Kinds.kind(value.type()), Objects.requireNonNull(slots.get(value)));
  }

  boolean used(Value value) {
    return stacking.used(value);
  }

  /** Whether the value is computed where it is used, once. */
  boolean stacked(Value value) {
    return stacking.stacked(value);
  }

  void push(Value value) {
    if (stacking.stacked(value)) {
      compute(stacking.op(value));
    } else if (header.isScalar(value)) {
      header.loadScalar(code, value);
    } else if (header.isZero(value)) {
      code.lconst_0();
    } else {
      code.loadLocal(Kinds.kind(value.type()), Objects.requireNonNull(slots.get(value)));
    }
  }

  /** Pushes a value whose bits are about to be seen. */
  void pushSeen(Value value) {
    push(value);
    if (nans.loose(value)) {
      Calls.canonical(value.type()).emit(code);
    }
  }

  private void pushInto(Value value, Value target) {
    push(value);
    if (nans.canonicalInto(value, target)) {
      Calls.canonical(value.type()).emit(code);
    }
  }

  // ops

  private void op(Op op) {
    switch (op) {
      case Op.If branch -> branch(branch);
      case Op.Loop loop -> loop(loop);
      case Op.Load load -> accesses.load(load);
      case Op.Store store -> accesses.store(store);
      case Op.Atomic atomic -> accesses.atomic(atomic);
      case Op.Binary binary when binary.op().divides() -> divide(binary);
      case Op.Fence fence -> fence(fence);
      case Op.Barrier barrier -> throw new IllegalArgumentException("barrier in a segment");
      case Op.Call call -> throw new IllegalArgumentException("call of " + call.callee());
      default -> {
        if (stacking.used(op.results().getFirst())) {
          compute(op);
          store(op.results().getFirst());
        }
      }
    }
  }

  /** Pushes the result of an op that neither branches nor touches memory. */
  private void compute(Op op) {
    switch (op) {
      case Op.Constant constant -> Kinds.constant(code, constant.result().type(), constant.bits());
      case Op.Unary unary -> {
        pushInto(unary.operand(), unary.result());
        Instructions.unary(code, unary.op(), unary.result().type(), nans.seen(unary.result()));
      }
      case Op.Binary binary -> {
        push(binary.left());
        unsignedFor(binary);
        push(binary.right());
        unsignedFor(binary);
        Instructions.binary(code, binary.op(), binary.result().type());
      }
      case Op.Compare compare -> truth(compare);
      case Op.Fma fma -> {
        push(fma.a());
        push(fma.b());
        push(fma.c());
        Instructions.fma(code, fma.result().type());
      }
      case Op.Select select -> select(select);
      case Op.Convert convert -> {
        switch (convert.op()) {
          case BITCAST -> pushSeen(convert.operand());
          default -> push(convert.operand());
        }
        Instructions.convert(code, convert.op(), convert.operand().type(), convert.result().type());
      }
      case Op.Query query -> query(query);
      case Op.RootSize size -> {
        if (Header.isStatic(size.root())) {
          code.loadConstant(Header.staticSize(size.root()));
        } else {
          header.load(code, new Fact.Size(size.root()));
        }
      }
      case Op.Builtin builtin -> {
        builtin.operands().forEach(this::push);
        FastMath.emit(code, builtin.op(), builtin.result().type());
      }
      default -> throw new IllegalArgumentException("op " + op);
    }
  }

  private void unsignedFor(Op.Binary binary) {
    if (Instructions.takesUnsigned(binary.op(), binary.result().type())) {
      Kinds.unsigned(code, binary.result().type());
    }
  }

  private void query(Op.Query query) {
    if (query.op() == QueryOp.GLOBAL_ID) {
      pushGlobalId(query.dimension());
    } else if (query.op() == QueryOp.LOCAL_ID) {
      pushIndex(query.dimension());
      header.load(code, new Fact.Entry(Frame.GROUP_START + 8 * query.dimension()));
      code.lsub();
    } else {
      header.load(code, new Fact.Entry(Frame.query(query.op(), query.dimension())));
    }
  }

  private void select(Op.Select op) {
    Label otherwise = code.newLabel();
    Label end = code.newLabel();
    branchUnless(op.condition(), otherwise);
    pushInto(op.ifTrue(), op.result());
    code.goto_(end);
    code.labelBinding(otherwise);
    pushInto(op.ifFalse(), op.result());
    code.labelBinding(end);
  }

  private void truth(Op.Compare op) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    branchUnless(op, no);
    code.iconst_1().goto_(end);
    code.labelBinding(no).iconst_0();
    code.labelBinding(end);
  }

  private void branchUnless(Value condition, Label target) {
    if (stacking.stacked(condition) && stacking.op(condition) instanceof Op.Compare compare) {
      branchUnless(compare, target);
    } else {
      push(condition);
      code.ifeq(target);
    }
  }

  private void branchUnless(Op.Compare op, Label target) {
    push(op.left());
    push(op.right());
    Type type = op.left().type();
    switch (type) {
      case I64 -> {
        if (isUnsigned(op.op())) {
          Calls.COMPARE_UNSIGNED_LONG.emit(code);
        } else {
          code.lcmp();
        }
        zeroBranch(op.op(), target);
      }
      case F32, F64 -> floatBranch(op.op(), type, target);
      case BOOL, I8, I16, I32, F16 -> {
        if (isUnsigned(op.op())) {
          Calls.COMPARE_UNSIGNED_INT.emit(code);
          zeroBranch(op.op(), target);
        } else {
          intBranch(op.op(), target);
        }
      }
    }
  }

  private static boolean isUnsigned(CompareOp op) {
    return switch (op) {
      case ULT, ULE, UGT, UGE -> true;
      default -> false;
    };
  }

  private void intBranch(CompareOp op, Label target) {
    switch (op) {
      case EQ -> code.if_icmpne(target);
      case NE -> code.if_icmpeq(target);
      case SLT -> code.if_icmpge(target);
      case SLE -> code.if_icmpgt(target);
      case SGT -> code.if_icmple(target);
      case SGE -> code.if_icmplt(target);
      default -> throw new IllegalArgumentException(op.text());
    }
  }

  /** Leaves if the relation of what was compared to 0 is not {@code op}. */
  private void zeroBranch(CompareOp op, Label target) {
    switch (op) {
      case EQ, FEQ -> code.ifne(target);
      case NE, FNE -> code.ifeq(target);
      case SLT, ULT, FLT -> code.ifge(target);
      case SLE, ULE, FLE -> code.ifgt(target);
      case SGT, UGT, FGT -> code.ifle(target);
      case SGE, UGE, FGE -> code.iflt(target);
    }
  }

  /** A NaN compares so that the relation does not hold. */
  private void floatBranch(CompareOp op, Type type, Label target) {
    boolean less = op == CompareOp.FLT || op == CompareOp.FLE;
    if (type == Type.F32) {
      if (less) {
        code.fcmpg();
      } else {
        code.fcmpl();
      }
    } else if (less) {
      code.dcmpg();
    } else {
      code.dcmpl();
    }
    zeroBranch(op, target);
  }

  private void fence(Op.Fence fence) {
    if (fence.global()) {
      Calls.FENCE.emit(code);
    }
  }

  /** A division whose divisor may be zero, which is a fault that gives 0. */
  private void divide(Op.Binary op) {
    Type type = op.result().type();
    TypeKind kind = Kinds.kind(type);
    int divisor = locals.take(kind);
    Label zero = code.newLabel();
    Label end = code.newLabel();
    push(op.right());
    code.storeLocal(kind, divisor);
    code.loadLocal(kind, divisor);
    if (type == Type.I64) {
      code.lconst_0().lcmp();
    }
    code.ifeq(zero);
    push(op.left());
    unsignedFor(op);
    code.loadLocal(kind, divisor);
    unsignedFor(op);
    Instructions.binary(code, op.op(), type);
    code.goto_(end);
    code.labelBinding(zero);
    code.lconst_0();
    recordFault(op);
    Kinds.constant(code, type, 0);
    code.labelBinding(end);
    store(op.result());
    locals.release(kind, divisor);
  }

  /** Records a fault of {@code op}; its offset, a long, is on the stack. */
  void recordFault(Op op) {
    int offset = locals.take(TypeKind.LONG);
    code.lstore(offset);
    header.load(code, new Fact.Entry(Frame.FAULTS));
    code.loadConstant(unit.sites().number(op));
    code.lload(offset);
    pushGlobalId(0);
    pushGlobalId(1);
    pushGlobalId(2);
    Calls.RECORD_FAULT.emit(code);
    locals.release(TypeKind.LONG, offset);
  }
}
