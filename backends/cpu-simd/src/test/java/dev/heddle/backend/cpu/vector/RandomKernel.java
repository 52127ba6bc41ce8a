package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A kernel of random ops and control flow, from a seed. Each work-item writes to places of its own
 * in {@code out}, reads anywhere in {@code in}, and may read or write out of bounds.
 */
final class RandomKernel {
  /** Eight-byte places per work-item in {@code out}. */
  static final int PLACES = 12;

  static final int IN_BYTES = 1024;
  private static final List<Type> TYPES =
      List.of(Type.BOOL, Type.I8, Type.I16, Type.I32, Type.I64, Type.F32, Type.F64);
  private static final List<Type> INTEGERS = List.of(Type.I8, Type.I16, Type.I32, Type.I64);

  private final Random random;
  private final IrBuilder ir = new IrBuilder();
  private final Root.Buffer in = new Root.Buffer("in", AddressSpace.GLOBAL, 0);
  private final Root.Buffer out = new Root.Buffer("out", AddressSpace.GLOBAL, 1);
  private final Root.Array memory = new Root.Array("m", AddressSpace.PRIVATE, 32, 8);
  private final Root.Array bytes = new Root.Array("b", AddressSpace.PRIVATE, 32, 8);
  private Map<Type, List<Value>> pool = new EnumMap<>(Type.class);
  private final List<LoopTarget> loops = new ArrayList<>();
  private int budget = 45;
  private int place;

  private record LoopTarget(
      int label, Value counter, Value one, List<Type> carried, List<Type> results) {}

  private RandomKernel(long seed) {
    random = new Random(seed);
  }

  static Function make(long seed) {
    return new RandomKernel(seed).function(seed);
  }

  private Function function(long seed) {
    Value inOffset = ir.fresh(Type.I64);
    Value outOffset = ir.fresh(Type.I64);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(new Parameter.Pointer("in", ElementType.INT, 1, in, inOffset, true));
    parameters.add(new Parameter.Pointer("out", ElementType.LONG, 1, out, outOffset, false));
    for (ElementType type :
        List.of(
            ElementType.INT,
            ElementType.LONG,
            ElementType.FLOAT,
            ElementType.DOUBLE,
            ElementType.UCHAR)) {
      Value value = ir.fresh(type.type());
      parameters.add(new Parameter.Scalar("p" + type.text(), type, value));
      add(value);
    }
    ir.open(List.of());
    Value x = ir.query(QueryOp.GLOBAL_ID, 0);
    add(x);
    add(ir.convert(ConvertOp.TRUNC, Type.I32, x));
    add(ir.query(QueryOp.GLOBAL_ID, 1));
    add(ir.query(QueryOp.GLOBAL_SIZE, 0));
    ops(20, 0);
    while (place < PLACES) {
      store();
    }
    Region body = ir.close(new Terminator.Return(List.of()));
    return new Function(
        "random" + seed,
        true,
        parameters,
        List.of(memory, bytes),
        List.of(),
        Optional.empty(),
        body,
        Span.NONE);
  }

  private void add(Value value) {
    pool.computeIfAbsent(value.type(), type -> new ArrayList<>()).add(value);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Value any(Type type) {
    List<Value> values = pool.getOrDefault(type, List.of());
    if (values.isEmpty() || random.nextInt(8) == 0) {
      Value constant = ir.constant(type, interesting(type));
      add(constant);
      return constant;
    }
    // late ones are more likely, so that long chains appear
    int index = Math.max(random.nextInt(values.size()), random.nextInt(values.size()));
    return values.get(index);
  }

  private long interesting(Type type) {
    return switch (type) {
      case F32 ->
          Float.floatToRawIntBits(
              pick(List.of(0f, -0f, 1f, -1.5f, 3e9f, -3e9f, 1e20f, 0.3f, Float.NaN, 1e-40f)));
      case F64 ->
          Double.doubleToRawLongBits(
              pick(List.of(0d, -0d, 1d, -2.5d, 3e9, -3e9, 1e200, 0.7, Double.NaN, 1e-310)));
      default ->
          random.nextInt(3) == 0
              ? random.nextLong()
              : pick(List.of(0L, 1L, -1L, 2L, 3L, 7L, 16L, 31L, 127L, 128L, 0x80000000L));
    };
  }

  private void ops(int count, int depth) {
    for (int i = 0; i < count && budget > 0; i++) {
      budget--;
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4 -> binary();
        case 5 -> unary();
        case 6, 7 -> add(compare());
        case 8 -> select();
        case 9, 10 -> convert();
        case 11 -> load();
        case 12 -> privateAccess();
        case 13 -> fma();
        case 14 -> {
          if (depth < 3) {
            branch(depth);
          }
        }
        default -> {
          if (depth < 3) {
            loop(depth);
          } else {
            binary();
          }
        }
      }
    }
  }

  private void binary() {
    BinaryOp op = pick(List.of(BinaryOp.values()));
    Type type = pick(TYPES);
    if (op.domain().accepts(type)) {
      add(ir.binary(op, any(type), any(type)));
    }
  }

  private void unary() {
    UnaryOp op = pick(List.of(UnaryOp.values()));
    Type type = pick(TYPES);
    if (op.domain().accepts(type)) {
      add(ir.unary(op, any(type)));
    }
  }

  private Value compare() {
    while (true) {
      CompareOp op = pick(List.of(CompareOp.values()));
      Type type = pick(TYPES);
      if (op.domain().accepts(type)) {
        return ir.compare(op, any(type), any(type));
      }
    }
  }

  private void select() {
    Type type = pick(TYPES);
    add(ir.select(any(Type.BOOL), any(type), any(type)));
  }

  private void convert() {
    ConvertOp op = pick(List.of(ConvertOp.values()));
    Type from = pick(TYPES);
    Type to = random.nextInt(10) == 0 ? Type.F16 : pick(TYPES);
    if (op.accepts(from, to)) {
      Value result = ir.convert(op, to, any(from));
      if (to != Type.F16) {
        add(result);
      } else {
        add(ir.convert(ConvertOp.F_EXTEND, random.nextBoolean() ? Type.F32 : Type.F64, result));
      }
    }
  }

  private void fma() {
    Type type = random.nextBoolean() ? Type.F32 : Type.F64;
    add(ir.fma(any(type), any(type), any(type)));
  }

  /** An offset of one of the forms that kernels have. */
  private Value offset(Type element, int limit) {
    int size = element.bytes();
    if (random.nextInt(12) == 0) {
      return any(Type.I64);
    }
    Value index = any(Type.I32);
    if (random.nextInt(4) != 0) {
      Value mask = ir.constant(Type.I32, limit / size - 1);
      index = ir.binary(BinaryOp.AND, index, mask);
    }
    ConvertOp extend = random.nextBoolean() ? ConvertOp.SEXT : ConvertOp.ZEXT;
    Value wide = ir.convert(extend, Type.I64, index);
    Value scaled = ir.binary(BinaryOp.MUL, wide, ir.constant(Type.I64, size));
    return random.nextInt(3) == 0
        ? ir.binary(BinaryOp.ADD, scaled, ir.constant(Type.I64, size * random.nextInt(3)))
        : scaled;
  }

  private void load() {
    Type type = pick(TYPES.subList(1, TYPES.size()));
    int count = random.nextInt(6) == 0 ? 2 : 1;
    Value offset = offset(type, IN_BYTES);
    ir.load(new Access(in, offset, type, count, type.bytes(), Access.Guard.CHECKED))
        .forEach(this::add);
  }

  private void privateAccess() {
    Root root = random.nextBoolean() ? memory : bytes;
    Type type = root == memory ? Type.F32 : pick(INTEGERS);
    Value offset = offset(type, 32);
    Access access = new Access(root, offset, type, 1, type.bytes(), Access.Guard.CHECKED);
    if (random.nextBoolean()) {
      ir.load(access).forEach(this::add);
    } else {
      ir.store(access, List.of(any(type)));
    }
  }

  /** To a place of this work-item's own, of those given out so far the next. */
  private void store() {
    if (place == PLACES) {
      return;
    }
    Type type = pick(TYPES.subList(1, TYPES.size()));
    Value x = ir.query(QueryOp.GLOBAL_ID, 0);
    Value y = ir.query(QueryOp.GLOBAL_ID, 1);
    Value width = ir.query(QueryOp.GLOBAL_SIZE, 0);
    Value start = ir.query(QueryOp.GLOBAL_OFFSET, 0);
    Value column = ir.binary(BinaryOp.SUB, x, start);
    Value item = ir.binary(BinaryOp.ADD, ir.binary(BinaryOp.MUL, y, width), column);
    Value offset;
    if (place % 2 == 0) {
      // all items' values of this place side by side, 8 bytes or less apart
      Value items = ir.binary(BinaryOp.MUL, width, ir.query(QueryOp.GLOBAL_SIZE, 1));
      Value before = ir.binary(BinaryOp.MUL, items, ir.constant(Type.I64, 8L * place));
      Value own = ir.binary(BinaryOp.MUL, item, ir.constant(Type.I64, type.bytes()));
      offset = ir.binary(BinaryOp.ADD, before, own);
    } else {
      Value items = ir.binary(BinaryOp.MUL, width, ir.query(QueryOp.GLOBAL_SIZE, 1));
      Value before = ir.binary(BinaryOp.MUL, items, ir.constant(Type.I64, 8L * place));
      Value own = ir.binary(BinaryOp.MUL, item, ir.constant(Type.I64, 8));
      offset = ir.binary(BinaryOp.ADD, before, own);
    }
    ir.store(
        new Access(out, offset, type, 1, type.bytes(), Access.Guard.CHECKED), List.of(any(type)));
    place++;
  }

  private Map<Type, List<Value>> savedPool() {
    Map<Type, List<Value>> copy = new EnumMap<>(Type.class);
    pool.forEach((type, values) -> copy.put(type, new ArrayList<>(values)));
    return copy;
  }

  private Value condition() {
    return random.nextInt(3) == 0 ? any(Type.BOOL) : compare();
  }

  private List<Type> someTypes() {
    List<Type> types = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      types.add(pick(TYPES));
    }
    return types;
  }

  private List<Value> some(List<Type> types) {
    return types.stream().map(this::any).toList();
  }

  private void branch(int depth) {
    Value condition = condition();
    List<Value> results = someTypes().stream().map(ir::fresh).toList();
    List<Type> types = results.stream().map(Value::type).toList();
    Region first = arm(types, depth);
    Region second = arm(types, depth);
    if (first.terminator() instanceof Terminator.Yield
        || second.terminator() instanceof Terminator.Yield) {
      ir.add(new Op.If(results, condition, first, second, Span.NONE));
      results.forEach(this::add);
    } else {
      Region plain = arm(types, 9);
      ir.add(new Op.If(results, condition, first, plain, Span.NONE));
      results.forEach(this::add);
    }
  }

  private Region arm(List<Type> types, int depth) {
    Map<Type, List<Value>> before = savedPool();
    ir.open(List.of());
    ops(random.nextInt(6), depth + 1);
    if (random.nextInt(4) == 0) {
      store();
    }
    Terminator end = depth < 9 && random.nextInt(4) == 0 ? leave(types) : end(types);
    Region region = ir.close(end);
    pool = before;
    return region;
  }

  private Terminator end(List<Type> types) {
    return new Terminator.Yield(some(types));
  }

  private Terminator leave(List<Type> types) {
    if (loops.isEmpty() || random.nextInt(6) == 0) {
      return new Terminator.Return(List.of());
    }
    LoopTarget target = pick(loops);
    if (random.nextBoolean()) {
      return new Terminator.Break(target.label(), some(target.results()));
    }
    return next(target);
  }

  private Terminator next(LoopTarget target) {
    List<Value> values = new ArrayList<>();
    values.add(ir.binary(BinaryOp.ADD, target.counter(), target.one()));
    values.addAll(some(target.carried()));
    return new Terminator.Continue(target.label(), values);
  }

  /** A loop of a few trips: as many as a uniform number, or one that differs between lanes. */
  private void loop(int depth) {
    Value one = ir.constant(Type.I32, 1);
    Value zero = ir.constant(Type.I32, random.nextInt(3));
    Value bound =
        random.nextBoolean()
            ? ir.constant(Type.I32, 4)
            : ir.binary(BinaryOp.AND, any(Type.I32), ir.constant(Type.I32, 7));
    List<Type> carried = someTypes();
    List<Value> initial = new ArrayList<>(List.of(zero));
    initial.addAll(some(carried));
    List<Value> parameters = initial.stream().map(v -> ir.fresh(v.type())).toList();
    List<Value> results = someTypes().stream().map(ir::fresh).toList();
    List<Type> resultTypes = results.stream().map(Value::type).toList();
    int label = ir.freshLabel();
    Map<Type, List<Value>> before = savedPool();
    LoopTarget target = new LoopTarget(label, parameters.getFirst(), one, carried, resultTypes);
    loops.add(target);
    ir.open(parameters);
    parameters.forEach(this::add);
    Value more = ir.compare(CompareOp.SLT, parameters.getFirst(), bound);
    Map<Type, List<Value>> here = savedPool();
    ir.open(List.of());
    ops(1 + random.nextInt(6), depth + 1);
    Region again = ir.close(next(target));
    pool = here;
    ir.open(List.of());
    Region end = ir.close(new Terminator.Break(label, some(resultTypes)));
    ir.add(new Op.If(List.of(), more, again, end, Span.NONE));
    Region body = ir.close(new Terminator.Return(List.of()));
    loops.removeLast();
    pool = before;
    ir.add(new Op.Loop(results, label, initial, body, Span.NONE));
    results.forEach(this::add);
  }
}
