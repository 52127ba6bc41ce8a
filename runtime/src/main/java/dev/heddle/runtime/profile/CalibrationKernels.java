package dev.heddle.runtime.profile;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
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
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.pass.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernels that calibration runs. Each takes float buffers, one element for each work-item. */
final class CalibrationKernels {
  /** Fused multiply-adds that a work-item of {@link #fma} does. */
  static final int FMAS = 1024;

  /** Independent chains among them: enough to hide the latency of one. */
  private static final int CHAINS = 8;

  private final IrBuilder builder = new IrBuilder();
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Root.Buffer> buffers = new ArrayList<>();

  private CalibrationKernels() {}

  /** {@code out[i] = 0}. */
  static Function nothing() {
    CalibrationKernels kernel = new CalibrationKernels();
    kernel.buffer("out");
    kernel.builder.open(List.of());
    Value offset = kernel.offset();
    kernel.store(0, offset, kernel.builder.constant(0f));
    return kernel.finish("calibrate_nothing");
  }

  /** {@code out[i] = a[i] + 3 * b[i]}. */
  static Function triad() {
    CalibrationKernels kernel = new CalibrationKernels();
    kernel.buffer("out");
    kernel.buffer("a");
    kernel.buffer("b");
    IrBuilder builder = kernel.builder;
    builder.open(List.of());
    Value offset = kernel.offset();
    Value sum = builder.fma(kernel.load(2, offset), builder.constant(3f), kernel.load(1, offset));
    kernel.store(0, offset, sum);
    return kernel.finish("calibrate_triad");
  }

  /** {@code out[i] = exp(a[i])}. */
  static Function exponential() {
    CalibrationKernels kernel = new CalibrationKernels();
    kernel.buffer("out");
    kernel.buffer("a");
    kernel.builder.open(List.of());
    Value offset = kernel.offset();
    Value result = kernel.builder.builtin(BuiltinOp.EXP, List.of(kernel.load(1, offset)));
    kernel.store(0, offset, result);
    return kernel.finish("calibrate_exp");
  }

  /** {@link #FMAS} fused multiply-adds for each element. */
  static Function fma() {
    return fma("calibrate_fma", false);
  }

  /** The same after a barrier. */
  static Function fmaBehindBarrier() {
    return fma("calibrate_fma_behind_barrier", true);
  }

  private static Function fma(String name, boolean barrier) {
    CalibrationKernels kernel = new CalibrationKernels();
    kernel.buffer("out");
    kernel.buffer("a");
    IrBuilder builder = kernel.builder;
    builder.open(List.of());
    if (barrier) {
      builder.add(new Op.Barrier(true, false, Span.NONE));
    }
    Value offset = kernel.offset();
    Value start = kernel.load(1, offset);
    List<Value> chains = kernel.fmaLoop(start);
    Value sum = chains.getFirst();
    for (Value chain : chains.subList(1, CHAINS)) {
      sum = builder.binary(BinaryOp.FADD, sum, chain);
    }
    kernel.store(0, offset, sum);
    return kernel.finish(name);
  }

  /** A loop that counts down from the number of rounds, with one fma for each chain in a round. */
  private List<Value> fmaLoop(Value start) {
    List<Value> initial = new ArrayList<>();
    initial.add(builder.constant(Type.I32, FMAS / CHAINS));
    for (int i = 0; i < CHAINS; i++) {
      initial.add(builder.binary(BinaryOp.FADD, start, builder.constant((float) i)));
    }
    Value factor = builder.constant(0.999f);
    Value zero = builder.constant(Type.I32, 0);
    Value one = builder.constant(Type.I32, 1);
    int label = builder.freshLabel();
    List<Value> inside = initial.stream().map(value -> builder.fresh(value.type())).toList();
    List<Value> chains = inside.subList(1, inside.size());
    builder.open(inside);
    leaveIf(builder.compare(CompareOp.EQ, inside.getFirst(), zero), label, chains);
    List<Value> next = new ArrayList<>();
    next.add(builder.binary(BinaryOp.SUB, inside.getFirst(), one));
    for (Value chain : chains) {
      next.add(builder.fma(chain, factor, start));
    }
    Region body = builder.close(new Terminator.Continue(label, next));
    List<Value> results = chains.stream().map(value -> builder.fresh(value.type())).toList();
    builder.add(new Op.Loop(results, label, initial, body, Span.NONE));
    return results;
  }

  private void leaveIf(Value condition, int label, List<Value> values) {
    builder.open(List.of());
    Region leave = builder.close(new Terminator.Break(label, values));
    builder.open(List.of());
    Region stay = builder.close(new Terminator.Yield(List.of()));
    builder.add(new Op.If(List.of(), condition, leave, stay, Span.NONE));
  }

  private void buffer(String name) {
    Root.Buffer root = new Root.Buffer(name, AddressSpace.GLOBAL, parameters.size());
    buffers.add(root);
    parameters.add(
        new Parameter.Pointer(
            name, ElementType.FLOAT, 1, root, builder.fresh(Type.I64), parameters.size() > 0));
  }

  private Value offset() {
    Value id = builder.query(QueryOp.GLOBAL_ID, 0);
    return builder.binary(BinaryOp.MUL, id, builder.constant(Type.I64, Float.BYTES));
  }

  /** Always in range: there are as many work-items as elements. */
  private Access access(int buffer, Value offset) {
    return new Access(buffers.get(buffer), offset, Type.F32, 1, Float.BYTES, Access.Guard.PROVEN);
  }

  private Value load(int buffer, Value offset) {
    return builder.load(access(buffer, offset)).getFirst();
  }

  private void store(int buffer, Value offset, Value value) {
    builder.store(access(buffer, offset), List.of(value));
  }

  private Function finish(String name) {
    Region body = builder.close(new Terminator.Return(List.of()));
    Function function =
        new Function(
            name, true, parameters, List.of(), List.of(), Optional.empty(), body, Span.NONE);
    return Pipeline.prepare(new Program(List.of(function)), name, true);
  }
}
