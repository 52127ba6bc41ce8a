package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The graph that is being lifted, its open node, and what is known of its values. */
final class Lifting {
  /** Nodes that a kernel may have; more is a sign of code that does not belong on a device. */
  private static final int MAX_NODES = 20_000;

  final IrBuilder ir = new IrBuilder();
  final Inputs inputs = new Inputs(ir);
  final List<Root> objects = new ArrayList<>();

  /** The user's, for fields of modules that are not open to this one. */
  final MethodHandles.@Nullable Lookup lookup;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Value, Long> constants = new HashMap<>();
  private final Map<Thrown, Root> thrown = new java.util.LinkedHashMap<>();
  private @Nullable Node open;
  private boolean leaveOnFault;
  private boolean grouped;
  private int arrays;

  Lifting(MethodHandles.@Nullable Lookup lookup) {
    this.lookup = lookup;
  }

  Node newNode() {
    if (nodes.size() >= MAX_NODES) {
      throw new Refusal("the code is too large for a kernel: it has over " + MAX_NODES + " blocks");
    }
    Node node = new Node(nodes.size());
    nodes.add(node);
    return node;
  }

  /** Ops go to that node from now on. */
  void begin(Node node) {
    open = node;
    ir.open(List.of());
  }

  /** The open node is done. */
  void end(Node.Flow flow) {
    Node node = java.util.Objects.requireNonNull(open);
    node.ops = ir.close(new Terminator.Return(List.of())).ops();
    node.flow = flow;
    open = null;
  }

  boolean isOpen() {
    return open != null;
  }

  Node entry() {
    return nodes.getFirst();
  }

  List<Node> nodes() {
    return nodes;
  }

  void at(Span span) {
    ir.at(span);
  }

  // ---- values

  Value constant(Type type, long bits) {
    Value value = ir.constant(type, bits);
    constants.put(value, type.bits() == 64 ? bits : bits & ((1L << type.bits()) - 1));
    return value;
  }

  Operand.Scalar integer(int number) {
    return new Operand.Scalar(constant(Type.I32, number));
  }

  /** The bits of a value where they are known, sign-extended for an int; else null. */
  @Nullable Long known(Value value) {
    Long bits = constants.get(value);
    return bits == null ? null : value.type() == Type.I32 ? Long.valueOf(bits.intValue()) : bits;
  }

  /** A BOOL as the int that the JVM has for it. */
  Value fromBool(Value condition) {
    return ir.select(condition, constant(Type.I32, 1), constant(Type.I32, 0));
  }

  Value convert(ConvertOp op, Type to, Value value) {
    return ir.convert(op, to, value);
  }

  // ---- arrays

  /** An array that each work-item has for itself. */
  Operand.Array localArray(ElementType element, int length) {
    return array(element, length, AddressSpace.PRIVATE);
  }

  /** An array that the work-items of a group share. */
  Operand.Array groupArray(ElementType element, int length) {
    return array(element, length, AddressSpace.LOCAL);
  }

  private Operand.Array array(ElementType element, int length, AddressSpace space) {
    int size = element.type().bytes();
    Root root = new Root.Array("array" + arrays++, space, (long) length * size, size);
    objects.add(root);
    return new Operand.Array(root, element, length);
  }

  /** A table of constants. */
  Operand.Array table(ElementType element, byte[] content) {
    Root root =
        new Root.Table(
            "table" + arrays++, new dev.heddle.compiler.ir.Bytes(content), element.type().bytes());
    objects.add(root);
    return new Operand.Array(root, element, content.length / element.type().bytes());
  }

  /** The array that stands for an exception. */
  private Root thrown(Thrown exception) {
    return thrown.computeIfAbsent(
        exception,
        e -> {
          Root root = new Root.Array("thrown" + thrown.size(), AddressSpace.PRIVATE, 1, 1);
          objects.add(root);
          return root;
        });
  }

  /**
   * Faults in a way that says what is thrown: writes outside the array that stands for it.
   *
   * @param place where: negative, or at least 1
   */
  void raise(Thrown exception, Value place) {
    Access access = new Access(thrown(exception), place, Type.I8, 1, 1, Access.Guard.CHECKED);
    ir.store(access, List.of(constant(Type.I8, 0)));
  }

  /** An unused load would be dropped, and its fault with it; so the fault is told by a store. */
  private void raiseOutOfBounds(Operand.Array array, Value index) {
    Value wide = index.type() == Type.I64 ? index : convert(ConvertOp.SEXT, Type.I64, index);
    Value behind = ir.binary(BinaryOp.ADD, wide, constant(Type.I64, 1));
    Value negative = compare(CompareOp.SLT, wide, constant(Type.I64, 0));
    Thrown thrown =
        new Thrown(
            "java.lang.ArrayIndexOutOfBoundsException", null, array.root().name(), array.length());
    raise(thrown, ir.select(negative, wide, behind));
  }

  /** What was thrown, by the name of the array that stands for it. */
  Map<String, Thrown> thrown() {
    Map<String, Thrown> byName = new java.util.LinkedHashMap<>();
    thrown.forEach((exception, root) -> byName.put(root.name(), exception));
    return byName;
  }

  Value length(Operand.Array array) {
    return array.length() >= 0
        ? constant(Type.I32, array.length())
        : convert(ConvertOp.TRUNC, Type.I32, size(array));
  }

  /** Number of elements, an I64. */
  Value size(Operand.Array array) {
    Value bytes = ir.fresh(Type.I64);
    ir.add(new Op.RootSize(bytes, array.root(), ir.span()));
    int shift = Integer.numberOfTrailingZeros(array.element().type().bytes());
    return shift == 0 ? bytes : ir.binary(BinaryOp.LSHR, bytes, constant(Type.I64, shift));
  }

  /**
   * Work-items wait for each other at barriers: none may leave before the others, and one that
   * faults goes on.
   */
  void group() {
    grouped = true;
  }

  /** Whether a work-item that faults ends there, so that it can't be kept in a loop. */
  void leaveOnFault(boolean leaves) {
    leaveOnFault = leaves;
  }

  /**
   * Where work-items that fault are to end there: adds a branch that does.
   *
   * @param faults writes the condition
   * @param fault writes the op that then faults
   */
  void leaveIf(Supplier<Value> faults, Runnable fault) {
    if (!leaveOnFault || grouped) {
      return;
    }
    Value condition = faults.get();
    ir.open(List.of());
    fault.run();
    Region leaving = ir.close(new Terminator.Return(List.of()));
    Region staying = new Region(List.of(), List.of(), new Terminator.Yield(List.of()));
    ir.add(new Op.If(List.of(), condition, leaving, staying, ir.span()));
  }

  private Value outside(Operand.Array array, Value index) {
    Value wide = index.type() == Type.I64 ? index : convert(ConvertOp.SEXT, Type.I64, index);
    Value size = array.length() >= 0 ? constant(Type.I64, array.length()) : size(array);
    return compare(CompareOp.UGE, wide, size);
  }

  Value load(Operand.Array array, Value index) {
    leaveIf(() -> outside(array, index), () -> raiseOutOfBounds(array, index));
    Value raw = ir.load(access(array, index)).getFirst();
    return widen(array.element(), raw);
  }

  void store(Operand.Array array, Value index, Value value) {
    Value narrow = narrow(array.element(), value);
    leaveIf(() -> outside(array, index), () -> raiseOutOfBounds(array, index));
    ir.store(access(array, index), List.of(narrow));
  }

  /** The element before an atomic operation on it. */
  Value atomic(AtomicOp op, Operand.Array array, Value index, List<Value> values) {
    leaveIf(() -> outside(array, index), () -> raiseOutOfBounds(array, index));
    return ir.atomic(op, access(array, index), values);
  }

  /** What lies at a byte offset of an array of bytes. */
  Value load(Operand.Array bytes, Value offset, ElementType element, int alignment) {
    leave(bytes, offset, element);
    return widen(element, ir.load(access(bytes, offset, element, alignment)).getFirst());
  }

  void store(Operand.Array bytes, Value offset, ElementType element, int alignment, Value value) {
    Value narrow = narrow(element, value);
    leave(bytes, offset, element);
    ir.store(access(bytes, offset, element, alignment), List.of(narrow));
  }

  private void leave(Operand.Array bytes, Value offset, ElementType element) {
    leaveIf(
        () -> {
          Value room = constant(Type.I64, element.type().bytes() - 1L);
          Value end = ir.binary(BinaryOp.SUB, size(bytes), room);
          Value fits =
              ir.binary(
                  BinaryOp.AND,
                  fromBool(compare(CompareOp.SLT, offset, end)),
                  fromBool(compare(CompareOp.SGE, offset, constant(Type.I64, 0))));
          return compare(CompareOp.EQ, fits, constant(Type.I32, 0));
        },
        () -> raiseOutOfBounds(bytes, offset));
  }

  private static Access access(
      Operand.Array bytes, Value offset, ElementType element, int alignment) {
    return new Access(bytes.root(), offset, element.type(), 1, alignment, Access.Guard.CHECKED);
  }

  private Access access(Operand.Array array, Value index) {
    Type element = array.element().type();
    Value wide = index.type() == Type.I64 ? index : convert(ConvertOp.SEXT, Type.I64, index);
    Value offset =
        element.bytes() == 1
            ? wide
            : ir.binary(BinaryOp.MUL, wide, constant(Type.I64, element.bytes()));
    return new Access(array.root(), offset, element, 1, element.bytes(), Access.Guard.CHECKED);
  }

  /** What the JVM computes with in place of an element. */
  Value widen(ElementType element, Value value) {
    return switch (element) {
      case CHAR, SHORT -> convert(ConvertOp.SEXT, Type.I32, value);
      case UCHAR, USHORT, BOOL -> convert(ConvertOp.ZEXT, Type.I32, value);
      case INT, LONG, FLOAT, DOUBLE -> value;
      case UINT, ULONG, HALF -> throw new IllegalArgumentException(element.text());
    };
  }

  /** An element from what the JVM computes with. */
  Value narrow(ElementType element, Value value) {
    return switch (element) {
      case CHAR -> convert(ConvertOp.TRUNC, Type.I8, value);
      case UCHAR ->
          convert(ConvertOp.TRUNC, Type.I8, ir.binary(BinaryOp.AND, value, constant(Type.I32, 1)));
      case SHORT, USHORT -> convert(ConvertOp.TRUNC, Type.I16, value);
      case INT, LONG, FLOAT, DOUBLE -> value;
      case BOOL, UINT, ULONG, HALF -> throw new IllegalArgumentException(element.text());
    };
  }

  /** The number as a wider type, as Java widens it; the number itself if it has the type. */
  Value widened(Value value, Type wanted) {
    if (value.type() == wanted) {
      return value;
    }
    return switch (wanted) {
      case I64 -> convert(ConvertOp.SEXT, wanted, value);
      case F32 -> convert(ConvertOp.S_TO_F, wanted, value);
      case F64 ->
          convert(value.type() == Type.F32 ? ConvertOp.F_EXTEND : ConvertOp.S_TO_F, wanted, value);
      case BOOL, I8, I16, I32, F16 ->
          throw new IllegalArgumentException(value.type() + " to " + wanted);
    };
  }

  Value compare(CompareOp op, Value left, Value right) {
    return ir.compare(op, left, right);
  }
}
