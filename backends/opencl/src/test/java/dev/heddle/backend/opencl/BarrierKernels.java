package dev.heddle.backend.opencl;

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
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Random kernels without races whose work-items exchange values through local memory, with barriers
 * in nested loops and branches, divergent loops and early returns between them.
 */
final class BarrierKernels {
  static final int LOCAL = 8;
  private static final int MAX_DEPTH = 3;

  private final Random random;
  private final IrBuilder ir = new IrBuilder();
  private final boolean plain;
  private final boolean returns;
  private final Root.Buffer out = new Root.Buffer("out", AddressSpace.GLOBAL, 0);
  private final Root.Array shared = new Root.Array("shared", AddressSpace.LOCAL, LOCAL * 4, 4);
  private final List<Value> uniform = new ArrayList<>();
  private final List<Value> varying = new ArrayList<>();
  private Value local;
  private Value place;

  private BarrierKernels(long seed, boolean plain) {
    random = new Random(seed);
    this.plain = plain;
    returns = random.nextInt(3) == 0 && !plain;
  }

  static Function of(long seed) {
    return new BarrierKernels(seed, false).kernel("barriers_" + seed);
  }

  /** A kernel whose barriers are in no branch, and in no loop but counted ones. */
  static Function plain(long seed) {
    return new BarrierKernels(seed, true).kernel("plain_barriers_" + seed);
  }

  private Function kernel(String name) {
    Value n = ir.fresh(Type.I32);
    Parameter.Pointer pointer =
        new Parameter.Pointer("out", ElementType.INT, 1, out, ir.fresh(Type.I64), false);
    ir.open(List.of());
    Value global = ir.query(QueryOp.GLOBAL_ID, 0);
    local = ir.query(QueryOp.LOCAL_ID, 0);
    place = ir.binary(BinaryOp.MUL, global, ir.constant(Type.I64, 4));
    uniform.add(n);
    uniform.add(constant(2));
    varying.add(ir.convert(ConvertOp.TRUNC, Type.I32, global));
    varying.add(ir.convert(ConvertOp.TRUNC, Type.I32, local));
    statements(0, true);
    accumulate();
    Region body = ir.close(new Terminator.Return(List.of()));
    return new Function(
        name,
        true,
        List.of(pointer, new Parameter.Scalar("n", ElementType.INT, n)),
        List.of(shared),
        List.of(),
        Optional.empty(),
        body,
        Span.NONE);
  }

  private Value constant(int value) {
    return ir.constant(Type.I32, value);
  }

  private Value pick(List<Value> values) {
    return values.get(random.nextInt(values.size()));
  }

  private void statements(int depth, boolean barriers) {
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      statement(depth, barriers);
    }
  }

  private void statement(int depth, boolean barriers) {
    int kind = random.nextInt(depth < MAX_DEPTH ? 10 : 5);
    switch (kind) {
      case 0, 1 -> varying.add(mix(pick(varying), pick(varying)));
      case 2 -> uniform.add(mix(pick(uniform), pick(uniform)));
      case 3 -> accumulate();
      case 4 -> exchange(barriers);
      case 5 -> branch(depth, pick(uniform), barriers);
      case 6 -> branch(depth, pick(varying), false);
      case 7, 8 -> loop(depth, barriers);
      default -> divergentLoop(depth);
    }
  }

  private Value mix(Value a, Value b) {
    BinaryOp[] ops = {BinaryOp.ADD, BinaryOp.SUB, BinaryOp.XOR, BinaryOp.MUL, BinaryOp.SMAX};
    Value mixed = ir.binary(ops[random.nextInt(ops.length)], a, b);
    return ir.binary(BinaryOp.ADD, mixed, constant(random.nextInt(7)));
  }

  private Access access(Root root, Value offset) {
    return new Access(root, offset, Type.I32, 1, 4, Access.Guard.CHECKED);
  }

  private void accumulate() {
    Value old = ir.load(access(out, place)).getFirst();
    Value next = ir.binary(BinaryOp.ADD, ir.binary(BinaryOp.MUL, old, constant(31)), pick(varying));
    ir.store(access(out, place), List.of(next));
  }

  /** Each work-item shows a value to the one some places on. */
  private void exchange(boolean barriers) {
    if (!barriers) {
      return;
    }
    ir.store(access(shared, slot(local)), List.of(pick(varying)));
    ir.add(new Op.Barrier(true, false, Span.NONE));
    Value other = ir.binary(BinaryOp.ADD, local, ir.constant(Type.I64, random.nextInt(LOCAL)));
    varying.add(ir.load(access(shared, slot(other))).getFirst());
    // with early returns a back end may refuse what is not proven to be the same for the group
    if (!returns && random.nextInt(3) == 0) {
      uniform.add(ir.load(access(shared, ir.constant(Type.I64, 0))).getFirst());
    }
    ir.add(new Op.Barrier(true, false, Span.NONE));
  }

  private Value slot(Value index) {
    Value inside = ir.binary(BinaryOp.AND, index, ir.constant(Type.I64, LOCAL - 1));
    return ir.binary(BinaryOp.MUL, inside, ir.constant(Type.I64, 4));
  }

  private Value odd(Value value) {
    Value bit = ir.binary(BinaryOp.AND, value, constant(1));
    return ir.compare(CompareOp.NE, bit, constant(0));
  }

  private void branch(int depth, Value on, boolean barriers) {
    boolean same = uniform.contains(on);
    Value condition = odd(on);
    boolean inside = barriers && !plain;
    Region yes = arm(depth, inside);
    Region no =
        returns && !same && random.nextInt(3) == 0
            ? returning()
            : arm(depth, inside && random.nextBoolean());
    Value result = ir.fresh(Type.I32);
    ir.add(new Op.If(List.of(result), condition, yes, no, Span.NONE));
    varying.add(result);
  }

  private Region returning() {
    ir.open(List.of());
    return ir.close(new Terminator.Return(List.of()));
  }

  private Region arm(int depth, boolean barriers) {
    int uniforms = uniform.size();
    int varyings = varying.size();
    ir.open(List.of());
    statements(depth + 1, barriers);
    Region arm = ir.close(new Terminator.Yield(List.of(pick(varying))));
    forget(uniforms, varyings);
    return arm;
  }

  private void forget(int uniforms, int varyings) {
    uniform.subList(uniforms, uniform.size()).clear();
    varying.subList(varyings, varying.size()).clear();
  }

  /** As many trips for all; may end early, for all. */
  private void loop(int depth, boolean barriers) {
    trips(depth, constant(1 + random.nextInt(4)), barriers, true);
  }

  private void divergentLoop(int depth) {
    trips(depth, ir.binary(BinaryOp.AND, pick(varying), constant(3)), false, false);
  }

  private void trips(int depth, Value count, boolean barriers, boolean same) {
    int label = ir.freshLabel();
    Value zero = constant(0);
    Value first = pick(varying);
    Value second = pick(varying);
    int uniforms = uniform.size();
    int varyings = varying.size();
    Value trip = ir.fresh(Type.I32);
    Value a = ir.fresh(Type.I32);
    Value b = ir.fresh(Type.I32);
    ir.open(List.of(trip, a, b));
    (same ? uniform : varying).add(trip);
    varying.add(a);
    varying.add(b);
    leaveUnless(label, ir.compare(CompareOp.SLT, trip, count), List.of(a, b));
    statements(depth + 1, barriers);
    if (random.nextInt(3) == 0 && !(plain && barriers)) {
      Value on = odd(pick(same ? uniform : varying));
      leaveUnless(label, on, List.of(pick(varying), a));
    }
    Value next = ir.binary(BinaryOp.ADD, trip, constant(1));
    Region body = ir.close(new Terminator.Continue(label, List.of(next, b, pick(varying))));
    forget(uniforms, varyings);
    Value left = ir.fresh(Type.I32);
    Value right = ir.fresh(Type.I32);
    ir.add(new Op.Loop(List.of(left, right), label, List.of(zero, first, second), body, Span.NONE));
    varying.add(left);
    varying.add(right);
  }

  private void leaveUnless(int label, Value condition, List<Value> results) {
    ir.open(List.of());
    Region stay = ir.close(new Terminator.Yield(List.of()));
    ir.open(List.of());
    Region leave = ir.close(new Terminator.Break(label, results));
    ir.add(new Op.If(List.of(), condition, stay, leave, Span.NONE));
  }
}
