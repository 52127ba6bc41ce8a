package dev.heddle.testkit.random;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Domain;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes random kernels that are free of faults and races, so that every device has to compute the
 * same bits: any mixture of operators and types, divergent ifs and loops that are left in every
 * way, loads from anywhere, private memory, and, where asked for, exchange through local memory.
 *
 * <p>Parameters: {@code int n}, {@code float a}, {@code in} (read, {@link #IN_BYTES} bytes), {@code
 * out} (written, {@link #OUT_BYTES} bytes for each work-item, counted from global id 0).
 */
public final class RandomKernel {
  public static final int IN_BYTES = 1024;
  public static final int OUT_BYTES = 64;

  /** Largest local size for a kernel that exchanges through local memory. */
  public static final int MAX_LOCAL = 256;

  private static final int PRIVATE_BYTES = 32;
  private static final int MAX_DEPTH = 4;

  /** What may appear. */
  public record Shape(int statements, boolean doubles, boolean barriers) {}

  private record Scope(List<Value> values) {}

  private record OpenLoop(int label, List<Type> results, List<Type> parameters) {}

  private final Random random;
  private final Shape shape;
  private final IrBuilder ir = new IrBuilder();
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final Deque<OpenLoop> loops = new ArrayDeque<>();
  private final List<Type> types;
  private final Root in = new Root.Buffer("in", AddressSpace.GLOBAL, 2);
  private final Root out = new Root.Buffer("out", AddressSpace.GLOBAL, 3);
  private final Root scratch = new Root.Array("scratch", AddressSpace.PRIVATE, PRIVATE_BYTES, 8);
  private final Root shared = new Root.Array("shared", AddressSpace.LOCAL, 4L * MAX_LOCAL, 4);
  private final Map<Integer, Value> counters = new HashMap<>();
  private int line;
  private int budget;

  private RandomKernel(long seed, Shape shape) {
    this.random = new Random(seed);
    this.shape = shape;
    this.budget = shape.statements();
    this.types =
        Arrays.stream(Type.values())
            .filter(type -> type != Type.F16 && (shape.doubles() || type != Type.F64))
            .toList();
  }

  /** The kernel of that seed. */
  public static Function generate(long seed, Shape shape) {
    return new RandomKernel(seed, shape).kernel();
  }

  private Function kernel() {
    Value n = ir.fresh(Type.I32);
    Value a = ir.fresh(Type.F32);
    List<Parameter> parameters =
        List.of(
            new Parameter.Scalar("n", ElementType.INT, n),
            new Parameter.Scalar("a", ElementType.FLOAT, a),
            new Parameter.Pointer("in", ElementType.INT, 1, in, ir.fresh(Type.I64), true),
            new Parameter.Pointer("out", ElementType.INT, 1, out, ir.fresh(Type.I64), false));
    ir.open(List.of());
    scopes.push(new Scope(new ArrayList<>(List.of(n, a))));
    for (QueryOp query : List.of(QueryOp.GLOBAL_ID, QueryOp.GLOBAL_SIZE)) {
      keep(ir.query(query, 0));
    }
    if (shape.barriers()) {
      keep(ir.query(QueryOp.LOCAL_ID, 0));
    }
    statements(shape.barriers());
    storeResults();
    scopes.pop();
    Region body = ir.close(new Terminator.Return(List.of()));
    return new Function(
        "random",
        true,
        parameters,
        shape.barriers() ? List.of(scratch, shared) : List.of(scratch),
        List.of(),
        Optional.empty(),
        body,
        Span.NONE);
  }

  /**
   * @param together whether all items that have not returned come here together
   */
  private void statements(boolean together) {
    int count = 2 + random.nextInt(12);
    for (int i = 0; i < count && budget > 0; i++) {
      statement(together);
    }
  }

  private void statement(boolean together) {
    budget--;
    ir.at(new Span("random.cl", ++line, 1));
    int kind = random.nextInt(100);
    boolean nested = scopes.size() > MAX_DEPTH;
    if (kind < 12 && !nested) {
      branch();
    } else if (kind < 20 && !nested) {
      loop(together);
    } else if (kind < 26 && together) {
      exchange();
    } else if (kind < 36) {
      keepAll(load(in, IN_BYTES));
    } else if (kind < 42) {
      keepAll(load(scratch, PRIVATE_BYTES));
    } else if (kind < 48) {
      storeScratch();
    } else {
      compute();
    }
  }

  private void compute() {
    switch (random.nextInt(8)) {
      case 0 -> unary();
      case 1 -> compare();
      case 2 -> convert();
      case 3 -> fma();
      case 4 -> {
        Type type = anyType();
        keep(ir.select(value(Type.BOOL), value(type), value(type)));
      }
      default -> binary();
    }
  }

  private void unary() {
    UnaryOp op = pick(List.of(UnaryOp.values()));
    keep(ir.unary(op, value(pick(accepted(op.domain())))));
  }

  private void binary() {
    BinaryOp op = pick(List.of(BinaryOp.values()));
    Type type = pick(accepted(op.domain()));
    Value right = value(type);
    if (op.divides()) {
      right = ir.binary(BinaryOp.OR, right, ir.constant(type, 1));
    }
    keep(ir.binary(op, value(type), right));
  }

  private void compare() {
    CompareOp op = pick(List.of(CompareOp.values()));
    Type type = pick(accepted(op.domain()));
    keep(ir.compare(op, value(type), value(type)));
  }

  private void convert() {
    ConvertOp op = pick(List.of(ConvertOp.values()));
    Type from = anyType();
    List<Type> targets = types.stream().filter(to -> op.accepts(from, to)).toList();
    if (!targets.isEmpty()) {
      keep(ir.convert(op, pick(targets), value(from)));
    }
  }

  private void fma() {
    Type type = pick(accepted(Domain.FLOAT));
    keep(ir.fma(value(type), value(type), value(type)));
  }

  private List<Type> accepted(Domain domain) {
    return types.stream().filter(domain::accepts).toList();
  }

  // ---- memory

  /** Some elements at a random aligned place of a root whose size is a power of two. */
  private Access access(Root root, int bytes) {
    Type element = pick(types.stream().filter(type -> type != Type.BOOL).toList());
    int count = 1 << random.nextInt(bytes == IN_BYTES ? 3 : 2);
    int size = element.bytes() * count;
    Value mask = ir.constant(Type.I64, (bytes - 1) & -size);
    Value offset = ir.binary(BinaryOp.AND, value(Type.I64), mask);
    int alignment = random.nextBoolean() ? size : element.bytes();
    return new Access(root, offset, element, count, alignment, Access.Guard.CHECKED);
  }

  private List<Value> load(Root root, int bytes) {
    if (random.nextInt(3) == 0 && root == in) {
      return consecutive();
    }
    return ir.load(access(root, bytes));
  }

  /** What most kernels do: neighbours read neighbours. */
  private List<Value> consecutive() {
    Type element = random.nextBoolean() ? Type.F32 : Type.I32;
    Value id = ir.query(QueryOp.GLOBAL_ID, 0);
    Value index =
        ir.binary(BinaryOp.AND, id, ir.constant(Type.I64, IN_BYTES / element.bytes() - 1));
    Value offset = ir.binary(BinaryOp.MUL, index, ir.constant(Type.I64, element.bytes()));
    return ir.load(new Access(in, offset, element, 1, 4, Access.Guard.CHECKED));
  }

  private void storeScratch() {
    Access access = access(scratch, PRIVATE_BYTES);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < access.count(); i++) {
      values.add(value(access.element()));
    }
    ir.store(access, values);
  }

  /** Each item shows a value to the others and reads that of another. */
  private void exchange() {
    Value four = ir.constant(Type.I64, 4);
    Value id = ir.query(QueryOp.LOCAL_ID, 0);
    Value size = ir.query(QueryOp.LOCAL_SIZE, 0);
    Value distance = ir.constant(Type.I64, 1 + random.nextInt(7));
    Value shifted = ir.binary(BinaryOp.ADD, id, distance);
    Value other = ir.binary(BinaryOp.UREM, shifted, size);
    Access mine = sharedAt(ir.binary(BinaryOp.MUL, id, four));
    ir.store(mine, List.of(value(Type.I32)));
    ir.add(new Op.Barrier(true, false, ir.span()));
    keepAll(ir.load(sharedAt(ir.binary(BinaryOp.MUL, other, four))));
    ir.add(new Op.Barrier(true, false, ir.span()));
  }

  private Access sharedAt(Value offset) {
    return new Access(shared, offset, Type.I32, 1, 4, Access.Guard.CHECKED);
  }

  /** Everything still visible goes into the item's part of the output, as far as there is room. */
  private void storeResults() {
    Value id = ir.query(QueryOp.GLOBAL_ID, 0);
    Value base = ir.binary(BinaryOp.MUL, id, ir.constant(Type.I64, OUT_BYTES));
    List<Value> values = new ArrayList<>(visible());
    int used = 0;
    while (!values.isEmpty() && used < OUT_BYTES) {
      Value value = values.removeLast();
      Value offset = ir.binary(BinaryOp.ADD, base, ir.constant(Type.I64, used));
      // unaligned on purpose: the parts lie side by side
      Access access = new Access(out, offset, value.type(), 1, 1, Access.Guard.CHECKED);
      if (used + value.type().bytes() <= OUT_BYTES) {
        ir.store(access, List.of(value));
      }
      used += value.type().bytes();
    }
  }

  // ---- control flow

  private void branch() {
    List<Type> results = typesOf(random.nextInt(3));
    Value condition = value(Type.BOOL);
    Region thenRegion = arm(results);
    Region elseRegion = arm(results);
    List<Value> values = results.stream().map(ir::fresh).toList();
    ir.add(new Op.If(values, condition, thenRegion, elseRegion, ir.span()));
    keepAll(values);
  }

  private Region arm(List<Type> results) {
    open(List.of());
    if (random.nextInt(4) != 0) {
      statements(false);
    }
    return close(leaving().orElseGet(() -> new Terminator.Yield(valuesOf(results))));
  }

  /** Now and then an arm leaves a loop, starts its next trip, or ends the item. */
  private Optional<Terminator> leaving() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      storeResults();
      return Optional.of(new Terminator.Return(List.of()));
    }
    if (kind > 4 || loops.isEmpty()) {
      return Optional.empty();
    }
    OpenLoop target = pick(new ArrayList<>(loops));
    if (kind < 3) {
      return Optional.of(new Terminator.Break(target.label(), valuesOf(target.results())));
    }
    return Optional.of(next(target));
  }

  /** The first parameter of every loop counts its trips down. */
  private Terminator next(OpenLoop loop) {
    List<Value> values = new ArrayList<>();
    values.add(ir.binary(BinaryOp.SUB, counterOf(loop), ir.constant(Type.I32, 1)));
    values.addAll(valuesOf(loop.parameters().subList(1, loop.parameters().size())));
    return new Terminator.Continue(loop.label(), values);
  }

  private Value counterOf(OpenLoop loop) {
    return Objects.requireNonNull(counters.get(loop.label()));
  }

  private void loop(boolean together) {
    boolean uniform = together && random.nextBoolean();
    List<Type> parameters = new ArrayList<>(List.of(Type.I32));
    parameters.addAll(typesOf(random.nextInt(3)));
    OpenLoop loop =
        new OpenLoop(ir.freshLabel(), typesOf(random.nextInt(3)), List.copyOf(parameters));
    List<Value> initial = new ArrayList<>();
    initial.add(trips(uniform));
    initial.addAll(valuesOf(parameters.subList(1, parameters.size())));
    List<Value> formal = parameters.stream().map(ir::fresh).toList();
    counters.put(loop.label(), formal.getFirst());

    open(formal);
    keepAll(formal);
    leaveWhenCountedDown(loop);
    if (uniform) {
      // arms inside may return, but must not leave this loop
      List<OpenLoop> outer = new ArrayList<>(loops);
      loops.clear();
      statements(true);
      loops.addAll(outer);
    } else {
      loops.push(loop);
      statements(false);
      loops.pop();
    }
    Region body = close(next(loop));
    List<Value> results = loop.results().stream().map(ir::fresh).toList();
    ir.add(new Op.Loop(results, loop.label(), initial, body, ir.span()));
    keepAll(results);
  }

  private Value trips(boolean uniform) {
    if (uniform || random.nextBoolean()) {
      return ir.constant(Type.I32, random.nextInt(6));
    }
    return ir.binary(BinaryOp.AND, value(Type.I32), ir.constant(Type.I32, 7));
  }

  private void leaveWhenCountedDown(OpenLoop loop) {
    Value done = ir.compare(CompareOp.SLE, counterOf(loop), ir.constant(Type.I32, 0));
    open(List.of());
    Region leave = close(new Terminator.Break(loop.label(), valuesOf(loop.results())));
    open(List.of());
    Region stay = close(new Terminator.Yield(List.of()));
    ir.add(new Op.If(List.of(), done, leave, stay, ir.span()));
  }

  // ---- values

  private void open(List<Value> parameters) {
    ir.open(parameters);
    scopes.push(new Scope(new ArrayList<>()));
  }

  private Region close(Terminator terminator) {
    scopes.pop();
    return ir.close(terminator);
  }

  private void keep(Value value) {
    scopes.getFirst().values().add(value);
  }

  private void keepAll(List<Value> values) {
    values.forEach(this::keep);
  }

  private List<Value> visible() {
    List<Value> all = new ArrayList<>();
    scopes.descendingIterator().forEachRemaining(scope -> all.addAll(scope.values()));
    return all;
  }

  /** A value of that type: preferably a late one, sometimes a new constant. */
  private Value value(Type type) {
    List<Value> fitting =
        visible().stream().filter(value -> value.type() == type).collect(Collectors.toList());
    if (fitting.isEmpty() || random.nextInt(8) == 0) {
      return ir.constant(type, constant(type));
    }
    int late = Math.min(fitting.size(), 1 + random.nextInt(6));
    return fitting.get(fitting.size() - late);
  }

  private long constant(Type type) {
    int choice = random.nextInt(6);
    if (type == Type.F32) {
      float[] special = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, 1f, Float.MIN_VALUE};
      float plain = random.nextFloat() * 8 - 4;
      return Float.floatToRawIntBits(random.nextInt(3) == 0 ? special[choice] : plain);
    }
    if (type == Type.F64) {
      double[] special = {0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 1, Double.MIN_VALUE};
      double plain = random.nextDouble() * 8 - 4;
      return Double.doubleToRawLongBits(random.nextInt(3) == 0 ? special[choice] : plain);
    }
    long[] special = {0, 1, -1, 1L << (type.bits() - 1), (1L << (type.bits() - 1)) - 1, 5};
    return random.nextInt(3) == 0 ? special[choice] : random.nextInt(100);
  }

  private List<Value> valuesOf(List<Type> wanted) {
    return wanted.stream().map(this::value).toList();
  }

  private List<Type> typesOf(int count) {
    List<Type> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(anyType());
    }
    return chosen;
  }

  private Type anyType() {
    return random.nextInt(3) == 0 ? Type.F32 : pick(types);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
