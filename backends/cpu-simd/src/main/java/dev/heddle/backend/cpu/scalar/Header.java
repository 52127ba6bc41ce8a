package dev.heddle.backend.cpu.scalar;

import dev.heddle.backend.cpu.code.ArrayParameters;
import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.Definitions;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What generated code reads from its frame once, at its entry, into variables: ranges, addresses,
 * sizes, scalars. {@link #request} all of it first, then {@link #emit}, then {@link #slot}.
 */
final class Header {
  /** A fact about the launch that is the same for all work-items of a call. */
  sealed interface Fact {
    /** A 64-bit entry of the frame. */
    record Entry(int offset) implements Fact {}

    /** Absolute address of a root's byte 0; of a private array: of slot 0's. */
    record Address(Root root) implements Fact {}

    /** The Java array that is the root. */
    record Array(Root.Buffer root) implements Fact {}

    /** Size of a root in bytes. */
    record Size(Root root) implements Fact {}

    /** The first offset at which an access of so many bytes is out of range. */
    record Limit(Root root, int bytes) implements Fact {}

    /** A scalar parameter. */
    record Scalar(Value value, int parameter) implements Fact {}
  }

  private final Unit unit;
  private final Frame frame;
  private final Locals locals;
  private final Map<Fact, Integer> slots = new LinkedHashMap<>();
  private final Map<Value, Fact.Scalar> scalars = new HashMap<>();
  private final Set<Value> pointerOffsets = new HashSet<>();

  Header(Unit unit, Locals locals) {
    this.unit = unit;
    this.frame = unit.frame();
    this.locals = locals;
    for (int i = 0; i < unit.function().parameters().size(); i++) {
      if (unit.function().parameters().get(i) instanceof Parameter.Scalar scalar) {
        scalars.put(scalar.value(), new Fact.Scalar(scalar.value(), i));
      }
    }
  }

  /** Asks for everything that the ops of the function may need. */
  void requestAll() {
    for (Parameter parameter : unit.function().parameters()) {
      if (parameter instanceof Parameter.Pointer pointer) {
        // a kernel's pointer starts at byte 0 of its root
        pointerOffsets.add(pointer.offset());
      }
    }
    visit(unit.function().body());
  }

  /** Whether the value is a pointer parameter's offset, which is 0. */
  boolean isZero(Value value) {
    return pointerOffsets.contains(value);
  }

  /** Whether the value is a scalar parameter. */
  boolean isScalar(Value value) {
    return scalars.containsKey(value);
  }

  void request(Fact fact) {
    if (!slots.containsKey(fact)) {
      slots.put(fact, locals.take(kind(fact)));
    }
  }

  boolean requested(Fact fact) {
    return slots.containsKey(fact);
  }

  private int slot(Fact fact) {
    return Objects.requireNonNull(slots.get(fact));
  }

  void load(CodeBuilder code, Fact fact) {
    code.loadLocal(kind(fact), slot(fact));
  }

  void loadScalar(CodeBuilder code, Value value) {
    load(code, Objects.requireNonNull(scalars.get(value)));
  }

  private static TypeKind kind(Fact fact) {
    return switch (fact) {
      case Fact.Scalar scalar -> Kinds.kind(scalar.value().type());
      case Fact.Array array -> TypeKind.REFERENCE;
      case Fact.Entry entry -> TypeKind.LONG;
      case Fact.Address address -> TypeKind.LONG;
      case Fact.Size size -> TypeKind.LONG;
      case Fact.Limit limit -> TypeKind.LONG;
    };
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      op.operands().forEach(this::value);
      visit(op);
      Definitions.regions(op).forEach(this::visit);
    }
    region.terminator().values().forEach(this::value);
  }

  private void value(Value value) {
    if (scalars.containsKey(value)) {
      request(scalars.get(value));
    }
  }

  private void visit(Op op) {
    switch (op) {
      case Op.Load load -> access(load.access());
      case Op.Store store -> access(store.access());
      case Op.Atomic atomic -> access(atomic.access());
      case Op.RootSize size -> {
        if (!isStatic(size.root())) {
          request(new Fact.Size(size.root()));
        }
      }
      case Op.Query query -> query(query);
      default -> {}
    }
  }

  private void access(Access access) {
    request(place(access.root()));
    if (access.guard() == Access.Guard.CHECKED && !isStatic(access.root())) {
      request(new Fact.Limit(access.root(), access.bytes()));
    }
  }

  /** Where a root is. */
  Fact place(Root root) {
    return root instanceof Root.Buffer buffer && unit.arrays().contains(buffer.parameter())
        ? new Fact.Array(buffer)
        : new Fact.Address(root);
  }

  private void query(Op.Query query) {
    int d = query.dimension();
    switch (query.op()) {
      case GLOBAL_ID -> request(new Fact.Entry(Frame.GLOBAL_OFFSET + 8 * d));
      case LOCAL_ID -> request(new Fact.Entry(Frame.GROUP_START + 8 * d));
      default -> request(new Fact.Entry(Frame.query(query.op(), d)));
    }
  }

  /** Whether the size of the root is known when the code is generated. */
  static boolean isStatic(Root root) {
    return root instanceof Root.Array || root instanceof Root.Table;
  }

  static long staticSize(Root root) {
    return switch (root) {
      case Root.Array array -> array.bytes();
      case Root.Table table -> table.content().length();
      case Root.Buffer buffer -> throw new IllegalArgumentException(root.name());
      case Root.LocalParameter local -> throw new IllegalArgumentException(root.name());
      case Root.Formal formal -> throw new IllegalArgumentException(root.name());
    };
  }

  void emit(CodeBuilder code) {
    slots.forEach(
        (fact, slot) -> {
          emit(code, fact);
          code.storeLocal(kind(fact), slot);
        });
  }

  private void emit(CodeBuilder code, Fact fact) {
    switch (fact) {
      case Fact.Entry entry -> entry(code, entry.offset(), Type.I64);
      case Fact.Scalar scalar ->
          entry(code, frame.argument(scalar.parameter()), scalar.value().type());
      case Fact.Size size -> size(code, size.root());
      case Fact.Address address -> address(code, address.root());
      case Fact.Array array -> array(code, array.root());
      case Fact.Limit limit -> {
        size(code, limit.root());
        code.loadConstant((long) limit.bytes() - 1).lsub().lconst_0();
        Calls.same(Math.class, "max", Type.I64, 2).emit(code);
      }
    }
  }

  private void entry(CodeBuilder code, int offset, Type type) {
    code.lload(BodyWriter.FRAME).loadConstant((long) offset).ladd();
    Calls.load(type).emit(code);
  }

  private void array(CodeBuilder code, Root.Buffer buffer) {
    Parameter parameter = unit.function().parameters().get(buffer.parameter());
    ClassDesc component = ArrayParameters.component(((Parameter.Pointer) parameter).element());
    code.aload(BodyWriter.ARRAYS).checkcast(ConstantDescs.CD_Object.arrayType());
    code.loadConstant(ArrayParameters.array(buffer.parameter()));
    code.aaload().checkcast(component.arrayType());
  }

  private void size(CodeBuilder code, Root root) {
    int parameter =
        switch (root) {
          case Root.Buffer buffer -> buffer.parameter();
          case Root.LocalParameter local -> local.parameter();
          case Root.Array array -> throw new IllegalArgumentException(root.name());
          case Root.Table table -> throw new IllegalArgumentException(root.name());
          case Root.Formal formal -> throw new IllegalArgumentException(root.name());
        };
    entry(code, frame.argumentSize(parameter), Type.I64);
  }

  private void address(CodeBuilder code, Root root) {
    switch (root) {
      case Root.Buffer buffer -> entry(code, frame.argument(buffer.parameter()), Type.I64);
      case Root.LocalParameter local -> entry(code, frame.argument(local.parameter()), Type.I64);
      case Root.Table table -> entry(code, frame.object(table), Type.I64);
      case Root.Array array -> {
        switch (array.space()) {
          case PRIVATE -> privateAddress(code, array);
          case LOCAL -> entry(code, frame.object(array), Type.I64);
          case GLOBAL, CONSTANT -> throw new IllegalArgumentException(root.name());
        }
      }
      case Root.Formal formal -> throw new IllegalArgumentException("formal " + root.name());
    }
  }

  private void privateAddress(CodeBuilder code, Root.Array array) {
    entry(code, Frame.SCRATCH, Type.I64);
    if (unit.stateful()) {
      entry(code, Frame.CAPACITY, Type.I64);
      code.loadConstant(unit.privates().prefix(array)).lmul().ladd();
    } else {
      code.loadConstant(unit.privates().prefix(array)).ladd();
    }
  }

  /** The global offset along a dimension. */
  static Fact offsetAlong(int dimension) {
    return new Fact.Entry(Frame.GLOBAL_OFFSET + 8 * dimension);
  }
}
