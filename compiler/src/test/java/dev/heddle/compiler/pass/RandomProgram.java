package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes small programs from a seed: a kernel and two helpers with branches, loops, exits from both,
 * private arrays at constant and computed offsets, and loads and stores that stay in range. A
 * work-item writes its own {@link #ITEM_BYTES} of the buffer {@code out} alone.
 */
final class RandomProgram {
  static final int ITEM_BYTES = 32;
  static final int IN_BYTES = 256;

  private static final Root IN = new Root.Buffer("in", AddressSpace.GLOBAL, 0);
  private static final Root OUT = new Root.Buffer("out", AddressSpace.GLOBAL, 1);
  private static final Root TABLE = table();
  private static final Type[] TYPES = {Type.I32, Type.F32, Type.BOOL, Type.I64};

  private static final BinaryOp[] INTEGER = {
    BinaryOp.ADD,
    BinaryOp.SUB,
    BinaryOp.MUL,
    BinaryOp.AND,
    BinaryOp.OR,
    BinaryOp.XOR,
    BinaryOp.SHL,
    BinaryOp.ASHR,
    BinaryOp.LSHR,
    BinaryOp.ROTL,
    BinaryOp.SMIN,
    BinaryOp.UMAX,
    BinaryOp.UMULHI
  };

  private static final BinaryOp[] FLOAT = {
    BinaryOp.FADD, BinaryOp.FSUB, BinaryOp.FMUL, BinaryOp.FDIV, BinaryOp.FMIN, BinaryOp.FMAX
  };

  private static final BinaryOp[] DIVIDING = {
    BinaryOp.SDIV, BinaryOp.UDIV, BinaryOp.SREM, BinaryOp.UREM
  };

  private static final CompareOp[] COMPARISONS = {
    CompareOp.EQ, CompareOp.NE, CompareOp.SLT, CompareOp.SGE, CompareOp.ULT, CompareOp.UGT
  };

  private static final CompareOp[] FLOAT_COMPARISONS = {
    CompareOp.FEQ, CompareOp.FNE, CompareOp.FLT, CompareOp.FGE
  };

  private static final long[] BITS = {0, 1, 2, 3, 4, 7, 8, 16, 31, 255, -1, -2, 0x7fffffff};
  private static final float[] FLOATS = {0f, -0f, 1f, -1f, 2f, 0.5f, 1e30f, 3.7f, Float.NaN};

  private final Random random;

  private RandomProgram(long seed) {
    random = new Random(seed);
  }

  private static Root table() {
    byte[] content = new byte[IN_BYTES];
    new Random(2).nextBytes(content);
    return new Root.Table("table", new Bytes(content), 4);
  }

  static Program of(long seed) {
    RandomProgram maker = new RandomProgram(seed);
    Function first = maker.new Maker(List.of()).helper("first");
    Function second = maker.new Maker(List.of(first)).helper("second");
    return new Program(List.of(first, second, maker.new Maker(List.of(first, second)).kernel()));
  }

  /** Makes one function. */
  private final class Maker {
    private final IrBuilder builder = new IrBuilder();
    private final List<Function> callees;
    private final List<Value> visible = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final Root.Array array = new Root.Array("array", AddressSpace.PRIVATE, 16, 8);
    private List<Type> returned = List.of();
    private Root place = OUT;
    private Value base = new Value(0, Type.I64);
    private int budget = 60;

    private record Loop(int label, boolean block, List<Type> results, List<Type> parameters) {}

    Maker(List<Function> callees) {
      this.callees = callees;
    }

    Function kernel() {
      List<Parameter> parameters = new ArrayList<>();
      parameters.add(pointer("in", ElementType.INT, IN));
      parameters.add(pointer("out", ElementType.INT, OUT));
      Value n = builder.fresh(Type.I32);
      parameters.add(new Parameter.Scalar("n", ElementType.INT, n));
      visible.add(n);
      builder.open(List.of());
      Value id = builder.query(QueryOp.GLOBAL_ID, 0);
      visible.add(id);
      base = builder.binary(BinaryOp.MUL, id, builder.constant(Type.I64, ITEM_BYTES));
      statements(14, 3);
      for (int i = 0; i < 4; i++) {
        Value value = any(random.nextBoolean() ? Type.I32 : Type.F32);
        builder.store(access(OUT, outOffset(16 + 4 * i), value.type()), List.of(value));
      }
      Region body = builder.close(new Terminator.Return(List.of()));
      return function("kernel", true, parameters, List.of(), body);
    }

    private Parameter.Pointer pointer(String name, ElementType element, Root root) {
      return new Parameter.Pointer(name, element, 1, root, builder.fresh(Type.I64), false);
    }

    Function helper(String name) {
      returned = List.of(Type.I32, Type.F32);
      Value a = builder.fresh(Type.I32);
      Value b = builder.fresh(Type.F32);
      place = new Root.Formal("place", AddressSpace.PRIVATE, 2);
      base = builder.fresh(Type.I64);
      List<Parameter> parameters =
          List.of(
              new Parameter.Scalar("a", ElementType.INT, a),
              new Parameter.Scalar("b", ElementType.FLOAT, b),
              new Parameter.Pointer("place", ElementType.INT, 1, place, base, false));
      visible.addAll(List.of(a, b));
      budget = 25;
      builder.open(List.of());
      statements(6, 2);
      Region body = builder.close(new Terminator.Return(anyOf(returned)));
      return function(name, false, parameters, returned, body);
    }

    private Function function(
        String name, boolean kernel, List<Parameter> parameters, List<Type> results, Region body) {
      return new Function(
          name,
          kernel,
          parameters,
          List.of(array, TABLE),
          results,
          Optional.empty(),
          body,
          Span.NONE);
    }

    private void statements(int count, int depth) {
      for (int i = 0; i < count && budget-- > 0; i++) {
        statement(depth);
      }
    }

    private void statement(int depth) {
      int kind = random.nextInt(depth > 0 ? 20 : 14);
      switch (kind) {
        case 0, 1, 2, 3 -> add(integer());
        case 4, 5 -> add(floating());
        case 6 -> add(compare());
        case 7 -> add(select());
        case 8 -> add(convert());
        case 9 -> add(builder.load(access(readable(), inOffset(), either())).getFirst());
        case 10 -> storeToArray();
        case 11, 12 -> add(builder.load(access(array, arrayOffset(), either())).getFirst());
        case 13 -> memory();
        case 14, 15, 16 -> branch(depth - 1);
        case 17 -> loop(depth - 1);
        case 18 -> block(depth - 1);
        case 19 -> call();
        default -> throw new IllegalStateException();
      }
    }

    private Type either() {
      return random.nextBoolean() ? Type.I32 : Type.F32;
    }

    private void add(Value value) {
      visible.add(value);
    }

    private <T> T pick(T[] from) {
      return from[random.nextInt(from.length)];
    }

    private Value constant(Type type) {
      return type == Type.F32
          ? builder.constant(FLOATS[random.nextInt(FLOATS.length)])
          : builder.constant(type, BITS[random.nextInt(BITS.length)]);
    }

    /** A visible value of the type, or a new constant. */
    private Value any(Type type) {
      List<Value> fitting = visible.stream().filter(v -> v.type() == type).toList();
      return fitting.isEmpty() || random.nextInt(4) == 0
          ? constant(type)
          : fitting.get(random.nextInt(fitting.size()));
    }

    private List<Value> anyOf(List<Type> types) {
      return types.stream().map(this::any).toList();
    }

    private Value integer() {
      Type type = random.nextInt(3) == 0 ? Type.I64 : Type.I32;
      if (random.nextInt(8) == 0) {
        UnaryOp op = random.nextBoolean() ? UnaryOp.NEG : UnaryOp.NOT;
        return builder.unary(op, any(type));
      }
      if (random.nextInt(6) == 0) {
        Value divisor = builder.binary(BinaryOp.OR, any(type), builder.constant(type, 1));
        Value power = builder.constant(type, 1L << random.nextInt(8));
        return builder.binary(pick(DIVIDING), any(type), random.nextBoolean() ? divisor : power);
      }
      return builder.binary(pick(INTEGER), any(type), any(type));
    }

    private Value floating() {
      return switch (random.nextInt(6)) {
        case 0 -> builder.unary(random.nextBoolean() ? UnaryOp.FNEG : UnaryOp.FABS, any(Type.F32));
        case 1 -> builder.fma(any(Type.F32), any(Type.F32), any(Type.F32));
        case 2 -> builder.unary(UnaryOp.SQRT, any(Type.F32));
        default -> builder.binary(pick(FLOAT), any(Type.F32), any(Type.F32));
      };
    }

    private Value compare() {
      return switch (random.nextInt(4)) {
        case 0 -> builder.unary(UnaryOp.NOT, any(Type.BOOL));
        case 1 -> builder.compare(pick(FLOAT_COMPARISONS), any(Type.F32), any(Type.F32));
        case 2 -> builder.compare(pick(COMPARISONS), any(Type.I64), any(Type.I64));
        default -> builder.compare(pick(COMPARISONS), any(Type.I32), any(Type.I32));
      };
    }

    private Value select() {
      Type type = pick(TYPES);
      return builder.select(any(Type.BOOL), any(type), any(type));
    }

    private Value convert() {
      return switch (random.nextInt(8)) {
        case 0 -> builder.convert(ConvertOp.SEXT, Type.I64, any(Type.I32));
        case 1 -> builder.convert(ConvertOp.ZEXT, Type.I64, any(Type.I32));
        case 2 -> builder.convert(ConvertOp.TRUNC, Type.I32, any(Type.I64));
        case 3 -> builder.convert(ConvertOp.ZEXT, Type.I32, any(Type.BOOL));
        case 4 -> builder.convert(ConvertOp.S_TO_F, Type.F32, any(Type.I32));
        case 5 -> builder.convert(ConvertOp.U_TO_F, Type.F32, any(Type.I64));
        case 6 -> builder.convert(ConvertOp.BITCAST, Type.I32, any(Type.F32));
        default -> builder.convert(ConvertOp.BITCAST, Type.F32, any(Type.I32));
      };
    }

    private static Access access(Root root, Value offset, Type element) {
      return new Access(root, offset, element, 1, 4, Access.Guard.CHECKED);
    }

    private Value scaled(Value index, int mask) {
      Value masked = builder.binary(BinaryOp.AND, index, builder.constant(Type.I64, mask));
      return builder.binary(BinaryOp.MUL, masked, builder.constant(Type.I64, 4));
    }

    private Value inOffset() {
      return scaled(any(Type.I64), IN_BYTES / 4 - 1);
    }

    private Root readable() {
      return place == OUT && random.nextBoolean() ? IN : TABLE;
    }

    private Value arrayOffset() {
      return random.nextInt(4) == 0
          ? scaled(any(Type.I64), 3)
          : builder.constant(Type.I64, 4 * random.nextInt(4));
    }

    private void storeToArray() {
      if (random.nextInt(4) == 0) {
        List<Value> values = anyOf(List.of(Type.I32, Type.I32));
        Value offset = builder.constant(Type.I64, 8 * random.nextInt(2));
        builder.store(new Access(array, offset, Type.I32, 2, 8, Access.Guard.CHECKED), values);
      } else {
        Value value = any(either());
        builder.store(access(array, arrayOffset(), value.type()), List.of(value));
      }
    }

    private Value outOffset(int bytes) {
      return builder.binary(BinaryOp.ADD, base, builder.constant(Type.I64, bytes));
    }

    /** Loads or stores where a helper was pointed to, or in the item's part of the result. */
    private void memory() {
      Access access = access(place, outOffset(4 * random.nextInt(2)), either());
      if (random.nextBoolean()) {
        builder.store(access, List.of(any(access.element())));
      } else {
        add(builder.load(access).getFirst());
      }
    }

    private List<Type> types(int most) {
      List<Type> types = new ArrayList<>();
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        types.add(pick(TYPES));
      }
      return types;
    }

    private List<Value> fresh(List<Type> types) {
      return types.stream().map(builder::fresh).toList();
    }

    private void branch(int depth) {
      Value condition = any(Type.BOOL);
      List<Type> types = types(2);
      Region thenRegion = arm(depth, types);
      Region elseRegion = arm(depth, types);
      List<Value> results = fresh(types);
      builder.add(new Op.If(results, condition, thenRegion, elseRegion, Span.NONE));
      visible.addAll(results);
    }

    private Region arm(int depth, List<Type> types) {
      int before = visible.size();
      builder.open(List.of());
      statements(random.nextInt(5), depth);
      Terminator end = random.nextInt(4) == 0 ? exit(types) : new Terminator.Yield(anyOf(types));
      Region region = builder.close(end);
      visible.subList(before, visible.size()).clear();
      return region;
    }

    private Terminator exit(List<Type> types) {
      if (!loops.isEmpty() && random.nextInt(5) != 0) {
        Loop loop = loops.get(random.nextInt(loops.size()));
        return new Terminator.Break(loop.label(), anyOf(loop.results()));
      }
      return random.nextInt(3) == 0
          ? new Terminator.Return(anyOf(returned))
          : new Terminator.Yield(anyOf(types));
    }

    /** A loop that counts to a small number, given or not, with other parameters beside. */
    private void loop(int depth) {
      List<Type> results = types(2);
      List<Type> parameters = types(2);
      parameters.addFirst(Type.I32);
      Loop loop = new Loop(builder.freshLabel(), false, results, parameters);
      List<Value> initial = new ArrayList<>(anyOf(parameters));
      initial.set(0, builder.constant(Type.I32, 0));
      Value limit =
          random.nextBoolean()
              ? builder.constant(Type.I32, random.nextInt(6))
              : builder.binary(BinaryOp.AND, any(Type.I32), builder.constant(Type.I32, 7));
      List<Value> defined = fresh(parameters);
      int before = visible.size();
      builder.open(defined);
      visible.addAll(defined);
      loops.add(loop);
      exitWhenDone(loop, defined.getFirst(), limit);
      statements(random.nextInt(6), depth);
      if (random.nextInt(3) == 0) {
        continueSometimes(loop, defined.getFirst());
      }
      Region body = builder.close(next(loop, defined.getFirst()));
      loops.removeLast();
      visible.subList(before, visible.size()).clear();
      List<Value> values = fresh(results);
      builder.add(new Op.Loop(values, loop.label(), initial, body, Span.NONE));
      visible.addAll(values);
    }

    private void exitWhenDone(Loop loop, Value counter, Value limit) {
      Value done = builder.compare(CompareOp.SGE, counter, limit);
      builder.open(List.of());
      Region leave = builder.close(new Terminator.Break(loop.label(), anyOf(loop.results())));
      builder.open(List.of());
      Region stay = builder.close(new Terminator.Yield(List.of()));
      builder.add(new Op.If(List.of(), done, leave, stay, Span.NONE));
    }

    private void continueSometimes(Loop loop, Value counter) {
      Value condition = any(Type.BOOL);
      builder.open(List.of());
      Region again = builder.close(next(loop, counter));
      builder.open(List.of());
      Region stay = builder.close(new Terminator.Yield(List.of()));
      builder.add(new Op.If(List.of(), condition, again, stay, Span.NONE));
    }

    private Terminator next(Loop loop, Value counter) {
      Value counted = builder.binary(BinaryOp.ADD, counter, builder.constant(Type.I32, 1));
      List<Value> values = new ArrayList<>(anyOf(loop.parameters()));
      values.set(0, counted);
      return new Terminator.Continue(loop.label(), values);
    }

    private void block(int depth) {
      List<Type> results = types(2);
      Loop loop = new Loop(builder.freshLabel(), true, results, List.of());
      int before = visible.size();
      builder.open(List.of());
      loops.add(loop);
      statements(random.nextInt(6), depth);
      Region body = builder.close(new Terminator.Break(loop.label(), anyOf(results)));
      loops.removeLast();
      visible.subList(before, visible.size()).clear();
      List<Value> values = fresh(results);
      builder.add(new Op.Loop(values, loop.label(), List.of(), body, Span.NONE));
      visible.addAll(values);
    }

    private void call() {
      if (callees.isEmpty()) {
        return;
      }
      Function callee = callees.get(random.nextInt(callees.size()));
      List<Value> results = fresh(callee.results());
      boolean intoArray = place == OUT || random.nextBoolean();
      Op.Argument pointer =
          intoArray
              ? new Op.Argument.Pointer(array, builder.constant(Type.I64, 4))
              : new Op.Argument.Pointer(place, base);
      List<Op.Argument> arguments =
          List.of(
              new Op.Argument.Scalar(any(Type.I32)),
              new Op.Argument.Scalar(any(Type.F32)),
              pointer);
      builder.add(new Op.Call(results, callee.name(), arguments, Span.NONE));
      visible.addAll(results);
    }
  }
}
