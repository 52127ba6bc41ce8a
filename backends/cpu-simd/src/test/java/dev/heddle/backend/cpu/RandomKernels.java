package dev.heddle.backend.cpu;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random kernels with all sorts of ops and control flow, whose result does not depend on the order
 * of their work-items: they read what none writes, and each writes to its own part of the output
 * and, between barriers, to its own part of local memory.
 */
final class RandomKernels {
  private static final int OUTPUT_BYTES = 64;
  private static final int INPUT_BYTES = 1024;
  private static final int LOCAL_ITEM_BYTES = 8;
  private static final int PRIVATE_BYTES = 64;
  private static final Type[] TYPES = Type.values();

  private final Random random;
  private final KernelBuilder k;
  private final boolean barriers;
  private final List<List<Value>> scopes = new ArrayList<>();
  private final Root input;
  private final Root output;
  private final Root counters;
  private final Root table;
  private final Root privateArray;
  private final Root punned;
  private final Root local;
  private final Value item;
  private final Value localItem;
  private int budget;

  private RandomKernels(long seed, int size, boolean barriers) {
    random = new Random(seed);
    this.barriers = barriers;
    budget = size;
    k = new KernelBuilder("random" + seed);
    input = k.buffer("input", ElementType.UCHAR);
    output = k.buffer("output", ElementType.UCHAR);
    counters = k.buffer("counters", ElementType.UINT);
    scopes.add(new ArrayList<>());
    add(k.scalar("a", ElementType.FLOAT));
    add(k.scalar("b", ElementType.INT));
    add(k.scalar("c", ElementType.ULONG));
    add(k.scalar("d", ElementType.DOUBLE));
    byte[] content = new byte[96];
    random.nextBytes(content);
    table = k.object(new Root.Table("table", new Bytes(content), 8));
    privateArray = k.array("private", AddressSpace.PRIVATE, PRIVATE_BYTES, 8);
    punned = k.array("punned", AddressSpace.PRIVATE, PRIVATE_BYTES, 8);
    // local memory makes a kernel one that sees its groups
    local = barriers ? k.array("local", AddressSpace.LOCAL, 256L * LOCAL_ITEM_BYTES, 8) : table;
    Value x = k.id(0);
    Value row = k.mul(k.id(1), k.ir.query(QueryOp.GLOBAL_SIZE, 0));
    item = add(k.add(x, row));
    if (barriers) {
      Value lx = k.ir.query(QueryOp.LOCAL_ID, 0);
      Value ly = k.ir.query(QueryOp.LOCAL_ID, 1);
      localItem = k.add(lx, k.mul(ly, k.ir.query(QueryOp.LOCAL_SIZE, 0)));
      add(localItem);
      add(k.ir.query(QueryOp.GROUP_ID, 0));
    } else {
      localItem = item;
    }
  }

  /** A kernel of about {@code size} ops, with its arguments. */
  static KernelCase of(long seed, int size, boolean barriers, long[] global, long[] local) {
    RandomKernels kernels = new RandomKernels(seed, size, barriers);
    kernels.body();
    return kernels.finish(seed, global, local);
  }

  private KernelCase finish(long seed, long[] global, long[] localSize) {
    for (int at = 0; at < OUTPUT_BYTES; at += 8) {
      Value value = pick(random.nextBoolean() ? Type.F32 : Type.I64);
      storeOutput(at, value);
    }
    long items = 1;
    for (long extent : global) {
      items *= extent;
    }
    byte[] in = new byte[INPUT_BYTES];
    random.nextBytes(in);
    // a few numbers that look like numbers
    for (int i = 0; i < INPUT_BYTES / 2; i += 4) {
      int bits = Float.floatToRawIntBits(random.nextFloat() * 100 - 50);
      for (int b = 0; b < 4; b++) {
        in[i + b] = (byte) (bits >> 8 * b);
      }
    }
    List<KernelCase.Argument> arguments =
        List.of(
            new KernelCase.Buffer(in),
            new KernelCase.Buffer(new byte[(int) items * OUTPUT_BYTES]),
            new KernelCase.Buffer(new byte[64]),
            new KernelCase.Scalar(floatBits(random)),
            new KernelCase.Scalar(random.nextInt() & 0xFFFF_FFFFL),
            new KernelCase.Scalar(random.nextLong()),
            new KernelCase.Scalar(doubleBits(random)));
    return new KernelCase("random " + seed, k.build(), global, localSize, arguments);
  }

  /** A number, or seldom a NaN that no arithmetic yields. */
  private static long floatBits(Random random) {
    float number = (float) random.nextGaussian();
    return random.nextInt(4) == 0 ? 0x7fc12345 : Float.floatToRawIntBits(number);
  }

  private static long doubleBits(Random random) {
    double number = random.nextGaussian() * 1e3;
    return random.nextInt(4) == 0 ? 0xfff8000012345678L : Double.doubleToRawLongBits(number);
  }

  private void body() {
    while (budget > 0) {
      statement(0);
    }
  }

  private Value add(Value value) {
    scopes.getLast().add(value);
    return value;
  }

  private Value pick(Type type) {
    List<Value> fitting =
        scopes.stream().flatMap(List::stream).filter(v -> v.type() == type).toList();
    if (fitting.isEmpty() || random.nextInt(10) == 0) {
      return add(constant(type));
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  private Value constant(Type type) {
    long bits =
        switch (random.nextInt(5)) {
          case 0 -> random.nextLong();
          case 1 -> 0;
          case 2 -> -1;
          case 3 -> random.nextInt(10);
          default ->
              switch (type) {
                case F32 -> Float.floatToRawIntBits((float) random.nextGaussian() * 10);
                case F64 -> Double.doubleToRawLongBits(random.nextGaussian() * 10);
                default -> 1L << random.nextInt(64);
              };
        };
    return k.ir.constant(type, bits);
  }

  private Type integer() {
    return new Type[] {Type.I8, Type.I16, Type.I32, Type.I64, Type.I32}[random.nextInt(5)];
  }

  private Type floating() {
    return random.nextInt(3) == 0 ? Type.F64 : Type.F32;
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }

  private void statement(int depth) {
    budget--;
    switch (random.nextInt(depth < 3 ? 22 : 16)) {
      case 0, 1, 2 -> integerBinary();
      case 3, 4 -> floatBinary();
      case 5 -> unary();
      case 6 -> {
        Type type = random.nextBoolean() ? integer() : floating();
        CompareOp op = any(CompareOp.values());
        if (op.domain().accepts(type)) {
          add(k.ir.compare(op, pick(type), pick(type)));
        }
      }
      case 7 -> {
        Type type = floating();
        add(k.ir.fma(pick(type), pick(type), pick(type)));
      }
      case 8, 9 -> {
        Type type = any(TYPES);
        add(k.ir.select(pick(Type.BOOL), pick(type), pick(type)));
      }
      case 10, 11 -> convert();
      case 12 -> loadInput();
      case 13 -> storeOutput(8 * random.nextInt(OUTPUT_BYTES / 8), pick(any(TYPES)));
      case 14 -> privateAccess();
      case 15 -> other();
      case 16, 17, 18 -> branch(depth);
      case 19, 20 -> loop(depth);
      default -> localPhase(depth);
    }
  }

  private void integerBinary() {
    Type type = integer();
    BinaryOp op = any(BinaryOp.values());
    if (op.domain().accepts(type)) {
      add(k.ir.binary(op, pick(type), pick(type)));
    }
  }

  private void floatBinary() {
    Type type = floating();
    BinaryOp op = any(BinaryOp.values());
    if (op.domain().accepts(type)) {
      add(k.ir.binary(op, pick(type), pick(type)));
    }
  }

  private void unary() {
    Type type = any(TYPES);
    UnaryOp op = any(UnaryOp.values());
    if (op.domain().accepts(type)) {
      add(k.ir.unary(op, pick(type)));
    }
  }

  private void convert() {
    ConvertOp op = any(ConvertOp.values());
    Type from = any(TYPES);
    Type to = any(TYPES);
    if (op.accepts(from, to)) {
      add(k.ir.convert(op, to, pick(from)));
    }
  }

  /** Mostly in range; sometimes not, which is a fault. */
  private Value index(int range) {
    if (random.nextInt(12) == 0) {
      return pick(Type.I64);
    }
    Value mask = k.i64(range - 1);
    return k.ir.binary(BinaryOp.AND, pick(Type.I64), mask);
  }

  private void loadInput() {
    Type type = any(TYPES);
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
    Value at =
        random.nextBoolean()
            ? k.mul(index(INPUT_BYTES / 8), k.i64(type.bytes()))
            : k.mul(k.add(item, k.i64(random.nextInt(4))), k.i64(type.bytes()));
    Root root = random.nextInt(4) == 0 ? table : input;
    k.ir.load(KernelBuilder.checked(root, at, type, count)).forEach(this::add);
  }

  private void storeOutput(int at, Value value) {
    Value offset = k.add(k.mul(item, k.i64(OUTPUT_BYTES)), k.i64(at));
    k.ir.store(KernelBuilder.checked(output, offset, value.type(), 1), List.of(value));
  }

  private void privateAccess() {
    boolean pun = random.nextBoolean();
    Root root = pun ? punned : privateArray;
    Type type = pun ? any(TYPES) : Type.F32;
    Value at =
        random.nextInt(3) == 0
            ? k.i64((long) random.nextInt(PRIVATE_BYTES / 8) * type.bytes())
            : k.mul(index(PRIVATE_BYTES / 8), k.i64(type.bytes()));
    Access access = KernelBuilder.checked(root, at, type, 1);
    if (random.nextBoolean()) {
      k.ir.store(access, List.of(pick(type)));
    } else {
      k.ir.load(access).forEach(this::add);
    }
  }

  private void other() {
    switch (random.nextInt(4)) {
      case 0 -> add(k.ir.query(any(sizes()), random.nextInt(2)));
      case 1 -> {
        atomic();
      }
      case 2 -> add(k.id(random.nextInt(2)));
      default -> k.returnIf(k.ir.binary(BinaryOp.AND, pick(Type.BOOL), rarely()));
    }
  }

  private static QueryOp[] sizes() {
    return new QueryOp[] {QueryOp.GLOBAL_SIZE, QueryOp.GLOBAL_OFFSET};
  }

  /** A commutative operator, always the same for one place; nobody uses the result. */
  private void atomic() {
    AtomicOp[] ops = {
      AtomicOp.ADD,
      AtomicOp.AND,
      AtomicOp.OR,
      AtomicOp.XOR,
      AtomicOp.SMIN,
      AtomicOp.SMAX,
      AtomicOp.UMIN,
      AtomicOp.UMAX
    };
    int which = random.nextInt(ops.length);
    Type type = which % 2 == 0 ? Type.I32 : Type.I64;
    Access access = KernelBuilder.checked(counters, k.i64(8L * which), type, 1);
    k.ir.atomic(ops[which], access, List.of(pick(type)));
  }

  private Value rarely() {
    Value number = k.ir.binary(BinaryOp.AND, item, k.i64(15));
    return k.ir.compare(CompareOp.EQ, number, k.i64(random.nextInt(16)));
  }

  private void branch(int depth) {
    Value condition = pick(Type.BOOL);
    if (random.nextBoolean()) {
      k.when(condition, () -> nested(depth, null));
      return;
    }
    Type type = any(TYPES);
    add(k.choose(condition, () -> nested(depth, type), () -> nested(depth, type)));
  }

  private Value nested(int depth, Type result) {
    scopes.add(new ArrayList<>());
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count && budget > 0; i++) {
      statement(barriers ? 3 : depth + 1);
    }
    Value value = result == null ? null : pick(result);
    scopes.removeLast();
    return value;
  }

  private void loop(int depth) {
    Type carried = any(TYPES);
    Type result = any(TYPES);
    Value trips =
        random.nextBoolean()
            ? k.i32(random.nextInt(6))
            : k.ir.binary(BinaryOp.AND, pick(Type.I32), k.i32(7));
    Value start = k.i32(0);
    List<Value> results =
        k.loop(
            List.of(start, pick(carried)),
            List.of(result),
            body -> {
              scopes.add(new ArrayList<>(body.values));
              Value counter = body.values.getFirst();
              Value done = k.ir.compare(CompareOp.SGE, counter, trips);
              body.breakIf(done, pick(result));
              int count = 1 + random.nextInt(5);
              for (int i = 0; i < count && budget > 0; i++) {
                statement(barriers ? 3 : depth + 1);
              }
              if (random.nextInt(3) == 0) {
                body.breakIf(pick(Type.BOOL), pick(result));
              }
              Value next = k.add(counter, k.i32(1));
              if (random.nextInt(3) == 0) {
                body.continueIf(pick(Type.BOOL), next, pick(carried));
              }
              List<Value> values = List.of(next, pick(carried));
              scopes.removeLast();
              return values;
            });
    results.forEach(this::add);
  }

  /** Exchange of values through local memory, at the top level or in a loop all go through. */
  private void localPhase(int depth) {
    if (!barriers || depth > 0) {
      return;
    }
    Value uniformTrips = k.i32(1 + random.nextInt(3));
    Type carried = random.nextBoolean() ? Type.F32 : Type.I32;
    add(
        k.loop(
                List.of(k.i32(0), pick(carried)),
                List.of(carried),
                body -> {
                  scopes.add(new ArrayList<>(body.values));
                  Value counter = body.values.getFirst();
                  body.breakIf(
                      k.ir.compare(CompareOp.SGE, counter, uniformTrips), body.values.get(1));
                  statement(3);
                  k.ir.store(
                      KernelBuilder.checked(
                          local, k.mul(localItem, k.i64(LOCAL_ITEM_BYTES)), carried, 1),
                      List.of(pick(carried)));
                  k.barrier();
                  statement(3);
                  Value other =
                      k.ir.binary(
                          BinaryOp.AND, k.add(localItem, k.i64(1 + random.nextInt(9))), k.i64(255));
                  Value got =
                      k.ir
                          .load(
                              KernelBuilder.checked(
                                  local, k.mul(other, k.i64(LOCAL_ITEM_BYTES)), carried, 1))
                          .getFirst();
                  add(got);
                  k.barrier();
                  statement(3);
                  Value next = k.add(counter, k.i32(1));
                  scopes.removeLast();
                  return List.of(next, got);
                })
            .getFirst());
  }
}
