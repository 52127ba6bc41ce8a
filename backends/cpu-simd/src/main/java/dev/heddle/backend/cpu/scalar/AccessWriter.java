package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.code.ArrayParameters;
import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.group.Alignments;
import dev.heddle.backend.cpu.group.Definitions;
import dev.heddle.backend.cpu.group.PrivateLayout;
import dev.heddle.backend.cpu.scalar.Header.Fact;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.List;
import java.util.OptionalInt;

/** Writes loads, stores and atomics: the guard, the address, the access. */
final class AccessWriter {
  /** A 32-bit index times less fits into 64 bits. */
  private static final long LEAST_OVERFLOWING = 1L << 31;

  private final BodyWriter body;
  private final CodeBuilder code;
  private final Definitions definitions;
  private final Alignments alignments;

  AccessWriter(BodyWriter body) {
    this.body = body;
    code = body.code;
    definitions = new Definitions(body.unit.function());
    alignments = new Alignments(definitions);
  }

  void load(Op.Load op) {
    List<Value> used = op.results().stream().filter(body::used).toList();
    guarded(
        op,
        op.access(),
        offset -> {
          for (Value result : used) {
            pushPlace(op.access(), offset, op.results().indexOf(result));
            read(op.access().root(), result.type());
            body.store(result);
          }
        },
        () ->
            used.forEach(
                result -> {
                  Kinds.constant(code, result.type(), 0);
                  body.store(result);
                }));
  }

  void store(Op.Store op) {
    guarded(
        op,
        op.access(),
        offset -> {
          for (int i = 0; i < op.values().size(); i++) {
            pushPlace(op.access(), offset, i);
            body.pushSeen(op.values().get(i));
            write(op.access().root(), op.access().element());
          }
        },
        () -> {});
  }

  void atomic(Op.Atomic op) {
    Type type = op.access().element();
    guarded(
        op,
        op.access(),
        offset -> {
          if (op.access().root().space() == AddressSpace.GLOBAL) {
            pushAddress(op.access(), offset, 0);
            op.values().forEach(body::push);
            Calls.atomic(op.op(), type).emit(code);
          } else {
            plainAtomic(op, offset);
          }
          body.store(op.result());
        },
        () -> {
          Kinds.constant(code, type, 0);
          body.store(op.result());
        });
  }

  /** On memory that no other thread sees. Leaves the old value on the stack. */
  private void plainAtomic(Op.Atomic op, Offset offset) {
    Type type = op.access().element();
    TypeKind kind = Kinds.kind(type);
    int old = body.locals.take(kind);
    pushAddress(op.access(), offset, 0);
    Calls.load(type).emit(code);
    code.storeLocal(kind, old);
    Label unchanged = code.newLabel();
    if (op.op() == AtomicOp.COMPARE_EXCHANGE) {
      code.loadLocal(kind, old);
      body.push(op.values().getFirst());
      if (type == Type.I64) {
        code.lcmp().ifne(unchanged);
      } else {
        code.if_icmpne(unchanged);
      }
    }
    pushAddress(op.access(), offset, 0);
    if (op.op() != AtomicOp.EXCHANGE && op.op() != AtomicOp.COMPARE_EXCHANGE) {
      code.loadLocal(kind, old);
    }
    body.push(op.values().getLast());
    combine(op.op(), type);
    Calls.store(type).emit(code);
    code.labelBinding(unchanged);
    code.loadLocal(kind, old);
    body.locals.release(kind, old);
  }

  private void combine(AtomicOp op, Type type) {
    switch (op) {
      case ADD -> Instructions.binary(code, BinaryOp.ADD, type);
      case SUB -> Instructions.binary(code, BinaryOp.SUB, type);
      case AND -> Instructions.binary(code, BinaryOp.AND, type);
      case OR -> Instructions.binary(code, BinaryOp.OR, type);
      case XOR -> Instructions.binary(code, BinaryOp.XOR, type);
      case SMIN -> Instructions.binary(code, BinaryOp.SMIN, type);
      case SMAX -> Instructions.binary(code, BinaryOp.SMAX, type);
      case UMIN -> Instructions.binary(code, BinaryOp.UMIN, type);
      case UMAX -> Instructions.binary(code, BinaryOp.UMAX, type);
      case EXCHANGE, COMPARE_EXCHANGE -> {}
    }
  }

  /** The byte offset of an access, as code gets hold of it. */
  private interface Offset {
    void push();
  }

  private interface Accessing {
    void write(Offset offset);
  }

  private void guarded(Op op, Access access, Accessing good, Runnable bad) {
    BoundsMode mode = body.unit.bounds();
    if (mode == BoundsMode.OFF || !needsGuard(access)) {
      unguarded(access, good);
      return;
    }
    Place place = place(access);
    Label outside = code.newLabel();
    Label end = code.newLabel();
    check(access, place, outside);
    if (mode == BoundsMode.CLAMP) {
      outside = clamp(access, place, outside);
      good.write(() -> code.lload(place.local()));
    } else {
      good.write(() -> pushOffset(place));
    }
    code.goto_(end);
    code.labelBinding(outside);
    if (mode == BoundsMode.TRAP) {
      pushOffset(place);
      body.recordFault(op);
    }
    bad.run();
    code.labelBinding(end);
    body.locals.release(TypeKind.LONG, place.local());
  }

  /**
   * Where an access goes.
   *
   * @param local a variable with an index
   * @param shift by so many bits to the left that is the offset; it can't overflow
   */
  private record Place(int local, int shift) {}

  /**
   * Stores the index apart from its shift if nothing else wants the offset: the shift is then part
   * of the address that the processor computes, and costs nothing.
   */
  private Place place(Access access) {
    OptionalInt shift = shift(access.offset());
    if (shift.isPresent() && alignments.aligned(access)) {
      body.push(product(access.offset()).left());
    } else {
      body.push(access.offset());
      shift = OptionalInt.empty();
    }
    int local = body.locals.take(TypeKind.LONG);
    code.lstore(local);
    return new Place(local, shift.orElse(0));
  }

  private Op.Binary product(Value offset) {
    return (Op.Binary) definitions.of(offset).orElseThrow();
  }

  /** By how many bits a 32-bit index is shifted to make an offset that is used once; or empty. */
  private OptionalInt shift(Value offset) {
    boolean product =
        body.stacked(offset)
            && definitions.of(offset).orElse(null) instanceof Op.Binary binary
            && binary.op() == BinaryOp.MUL
            && definitions.of(binary.left()).orElse(null) instanceof Op.Convert index
            && index.operand().type() == Type.I32
            && (index.op() == ConvertOp.SEXT || index.op() == ConvertOp.ZEXT);
    long factor = product ? definitions.constant(product(offset).right()).orElse(0L) : 0;
    return factor > 0 && factor < LEAST_OVERFLOWING && Long.bitCount(factor) == 1
        ? OptionalInt.of(Long.numberOfTrailingZeros(factor))
        : OptionalInt.empty();
  }

  private void pushOffset(Place place) {
    code.lload(place.local());
    if (place.shift() > 0) {
      code.loadConstant(place.shift()).lshl();
    }
  }

  private void unguarded(Access access, Accessing good) {
    if (access.count() == 1) {
      good.write(() -> body.push(access.offset()));
      return;
    }
    int offset = body.locals.take(TypeKind.LONG);
    body.push(access.offset());
    code.lstore(offset);
    good.write(() -> code.lload(offset));
    body.locals.release(TypeKind.LONG, offset);
  }

  private boolean needsGuard(Access access) {
    if (access.guard() == Access.Guard.PROVEN) {
      return false;
    }
    boolean proven =
        Header.isStatic(access.root())
            && alignments.aligned(access)
            && definitions
                .constant(access.offset())
                .filter(at -> at >= 0 && at <= Header.staticSize(access.root()) - access.bytes())
                .isPresent();
    return !proven;
  }

  private void check(Access access, Place place, Label outside) {
    code.lload(place.local());
    pushLimit(access);
    if (place.shift() > 0) {
      // the first index out of range; C2 takes this out of loops
      code.loadConstant((1L << place.shift()) - 1).ladd();
      code.loadConstant(place.shift()).lushr();
    }
    Calls.COMPARE_UNSIGNED_LONG.emit(code);
    code.ifge(outside);
    if (!alignments.aligned(access)) {
      code.lload(place.local()).loadConstant((long) access.alignment() - 1).land();
      code.lconst_0().lcmp().ifne(outside);
    }
  }

  /**
   * Leaves in the variable the offset to access: that of an access in range as it is, else the
   * nearest one.
   *
   * @param outside where a failed check goes
   * @return where to go if no offset is in range
   */
  private Label clamp(Access access, Place place, Label outside) {
    Label inside = code.newLabel();
    Label none = code.newLabel();
    pushOffset(place);
    code.goto_(inside);
    code.labelBinding(outside);
    pushLimit(access);
    code.lconst_0().lcmp().ifle(none);
    pushOffset(place);
    pushLimit(access);
    code.loadConstant(access.alignment());
    Calls.CLAMP.emit(code);
    code.labelBinding(inside);
    code.lstore(place.local());
    return none;
  }

  /** Pushes the first offset out of range; 0 if there is none in range. */
  private void pushLimit(Access access) {
    if (Header.isStatic(access.root())) {
      code.loadConstant(Math.max(0, Header.staticSize(access.root()) - access.bytes() + 1));
    } else {
      body.header.load(code, new Fact.Limit(access.root(), access.bytes()));
    }
  }

  /** Pushes what {@link #read} and {@link #write} need for element {@code index} of the access. */
  private void pushPlace(Access access, Offset offset, int index) {
    if (body.header.place(access.root()) instanceof Fact.Array array) {
      body.header.load(code, array);
      offset.push();
      code.loadConstant(Integer.numberOfTrailingZeros(access.element().bytes())).lshr().l2i();
      if (index > 0) {
        code.loadConstant(index).iadd();
      }
    } else {
      pushAddress(access, offset, index);
    }
  }

  private void read(Root root, Type type) {
    if (body.header.place(root) instanceof Fact.Array array) {
      code.arrayLoad(elementKind(array));
      Kinds.narrow(code, type);
    } else {
      Calls.load(type).emit(code);
    }
  }

  private void write(Root root, Type type) {
    if (body.header.place(root) instanceof Fact.Array array) {
      code.arrayStore(elementKind(array));
    } else {
      Calls.store(type).emit(code);
    }
  }

  private TypeKind elementKind(Fact.Array array) {
    Parameter parameter = body.unit.function().parameters().get(array.root().parameter());
    return TypeKind.from(ArrayParameters.component(((Parameter.Pointer) parameter).element()));
  }

  /** Pushes the absolute address of element {@code index} of the access. */
  private void pushAddress(Access access, Offset offset, int index) {
    long within = (long) index * access.element().bytes();
    body.header.load(code, new Fact.Address(access.root()));
    offset.push();
    if (access.root() instanceof Root.Array array
        && array.space() == AddressSpace.PRIVATE
        && body.unit.stateful()) {
      pushInSlot(array, within);
    } else if (within != 0) {
      code.loadConstant(within).ladd();
    }
    code.ladd();
  }

  /** Turns the offset on the stack into a distance from the address of slot 0's byte 0. */
  private void pushInSlot(Root.Array array, long within) {
    PrivateLayout privates = body.unit.privates();
    if (within != 0) {
      code.loadConstant(within).ladd();
    }
    long step = privates.stride(array);
    if (privates.interleaved(array)) {
      body.header.load(code, new Fact.Entry(Frame.CAPACITY));
      code.lmul();
      step = privates.granule(array);
    }
    body.pushSlot();
    code.loadConstant(step).lmul().ladd();
  }
}
