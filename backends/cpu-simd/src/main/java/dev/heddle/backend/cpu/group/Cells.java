package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The memory that values live in between segments, and the ops that reach it. */
final class Cells {
  private static final int UNIFORM_BYTES = 8;

  final Root.Array next = cell("$next", Type.I32);
  private final Predicate<Value> uniform;
  private final Map<Value, Root.Array> items = new LinkedHashMap<>();
  private final List<Value> uniforms = new ArrayList<>();
  private int nextValue;

  /**
   * @param uniform whether a value is the same for a whole work-group
   * @param firstValue the first number free for new values
   */
  Cells(Predicate<Value> uniform, int firstValue) {
    this.uniform = uniform;
    nextValue = firstValue;
  }

  Value fresh(Type type) {
    return new Value(nextValue++, type);
  }

  /** Makes room for a value. */
  void add(Value value) {
    if (uniform.test(value)) {
      if (!uniforms.contains(value)) {
        uniforms.add(value);
      }
    } else {
      items.computeIfAbsent(value, key -> cell("$" + key.id(), key.type()));
    }
  }

  boolean contains(Value value) {
    return items.containsKey(value) || uniforms.contains(value);
  }

  boolean isUniform(Value value) {
    return uniforms.contains(value);
  }

  List<Value> uniformValues() {
    return List.copyOf(uniforms);
  }

  /** The array of the uniform values added so far. */
  Optional<Root.Array> uniforms() {
    if (uniforms.isEmpty()) {
      return Optional.empty();
    }
    long bytes = (long) UNIFORM_BYTES * uniforms.size();
    return Optional.of(new Root.Array("$uniforms", AddressSpace.LOCAL, bytes, UNIFORM_BYTES));
  }

  /** All arrays, for the objects of each segment's function. */
  List<Root> roots() {
    List<Root> roots = new ArrayList<>();
    roots.add(next);
    roots.addAll(items.values());
    uniforms().ifPresent(roots::add);
    return roots;
  }

  /** Stores {@code value} to the room of {@code target}. */
  void store(List<Op> ops, Value target, Value value) {
    Access access =
        isUniform(target)
            ? access(
                ops, uniforms().orElseThrow(), UNIFORM_BYTES * uniforms.indexOf(target), target)
            : access(ops, Objects.requireNonNull(items.get(target)), 0, target);
    ops.add(new Op.Store(access, List.of(value), Span.NONE));
  }

  /** Loads a value that is not uniform. */
  void load(List<Op> ops, Value value) {
    Access access = access(ops, Objects.requireNonNull(items.get(value)), 0, value);
    ops.add(new Op.Load(List.of(value), access, Span.NONE));
  }

  /** Stores the number of the next segment. */
  void storeNext(List<Op> ops, int segment) {
    Value number = constant(ops, Type.I32, segment);
    Access access = access(ops, next, 0, number);
    ops.add(new Op.Store(access, List.of(number), Span.NONE));
  }

  Value loadNext(List<Op> ops) {
    Value number = fresh(Type.I32);
    Access access = access(ops, next, 0, number);
    ops.add(new Op.Load(List.of(number), access, Span.NONE));
    return number;
  }

  Value constant(List<Op> ops, Type type, long bits) {
    Value value = fresh(type);
    ops.add(new Op.Constant(value, bits, Span.NONE));
    return value;
  }

  private Access access(List<Op> ops, Root.Array root, int offset, Value element) {
    Type type = element.type();
    Value at = constant(ops, Type.I64, offset);
    return new Access(root, at, type, 1, type.bytes(), Access.Guard.PROVEN);
  }

  private static Root.Array cell(String name, Type type) {
    return new Root.Array(name, AddressSpace.PRIVATE, type.bytes(), type.bytes());
  }
}
