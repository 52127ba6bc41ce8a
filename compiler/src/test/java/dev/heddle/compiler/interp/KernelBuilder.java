package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.AtomicOp;
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
import dev.heddle.compiler.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Writes small kernels over int arrays in a few words. Every op gets a line of its own, so that
 * reports can be told apart.
 */
final class KernelBuilder {
  final IrBuilder ir = new IrBuilder();
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Root> objects = new ArrayList<>();
  private int line = 1;

  private KernelBuilder() {
    ir.open(List.of());
  }

  /** A kernel whose body the consumer writes; a return is added. */
  static Function kernel(Consumer<KernelBuilder> body) {
    KernelBuilder builder = new KernelBuilder();
    body.accept(builder);
    Region region = builder.ir.close(new Terminator.Return(List.of()));
    Function kernel =
        new Function(
            "k",
            true,
            builder.parameters,
            builder.objects,
            List.of(),
            Optional.empty(),
            region,
            Span.NONE);
    Verifier.verify(kernel);
    return kernel;
  }

  Root buffer(String name) {
    Root root = new Root.Buffer(name, AddressSpace.GLOBAL, parameters.size());
    parameters.add(
        new Parameter.Pointer(name, ElementType.INT, 1, root, ir.fresh(Type.I64), false));
    return root;
  }

  Root localParameter(String name) {
    Root root = new Root.LocalParameter(name, parameters.size());
    parameters.add(
        new Parameter.Pointer(name, ElementType.INT, 1, root, ir.fresh(Type.I64), false));
    return root;
  }

  Root local(String name, int ints) {
    return object(new Root.Array(name, AddressSpace.LOCAL, 4L * ints, 4));
  }

  Root priv(String name, int ints) {
    return object(new Root.Array(name, AddressSpace.PRIVATE, 4L * ints, 4));
  }

  private Root object(Root root) {
    objects.add(root);
    return root;
  }

  Value scalar(String name) {
    Value value = ir.fresh(Type.I32);
    parameters.add(new Parameter.Scalar(name, ElementType.INT, value));
    return value;
  }

  private void nextLine() {
    ir.at(new Span("k.cl", line++, 1));
  }

  Value gid() {
    return query(QueryOp.GLOBAL_ID);
  }

  Value lid() {
    return query(QueryOp.LOCAL_ID);
  }

  Value group() {
    return query(QueryOp.GROUP_ID);
  }

  Value query(QueryOp op) {
    return query(op, 0);
  }

  Value query(QueryOp op, int dimension) {
    return ir.convert(ConvertOp.TRUNC, Type.I32, ir.query(op, dimension));
  }

  Value i(int value) {
    return ir.constant(Type.I32, value);
  }

  Value add(Value a, int b) {
    return add(a, i(b));
  }

  Value add(Value a, Value b) {
    return ir.binary(BinaryOp.ADD, a, b);
  }

  Value mul(Value a, int b) {
    return ir.binary(BinaryOp.MUL, a, i(b));
  }

  Value rem(Value a, int b) {
    return ir.binary(BinaryOp.UREM, a, i(b));
  }

  Value div(Value a, Value b) {
    nextLine();
    return ir.binary(BinaryOp.SDIV, a, b);
  }

  Value lt(Value a, Value b) {
    return ir.compare(CompareOp.SLT, a, b);
  }

  Value lt(Value a, int b) {
    return lt(a, i(b));
  }

  Value eq(Value a, int b) {
    return ir.compare(CompareOp.EQ, a, i(b));
  }

  private Access at(Root root, Value index, Type element, int count, int alignment) {
    Value wide = ir.convert(ConvertOp.SEXT, Type.I64, index);
    Value offset = ir.binary(BinaryOp.MUL, wide, ir.constant(Type.I64, element.bytes()));
    return new Access(root, offset, element, count, alignment, Access.Guard.CHECKED);
  }

  Value load(Root root, Value index) {
    nextLine();
    return ir.load(at(root, index, Type.I32, 1, 4)).getFirst();
  }

  void store(Root root, Value index, Value value) {
    nextLine();
    ir.store(at(root, index, Type.I32, 1, 4), List.of(value));
  }

  /** Stores four ints from that index on, as {@code vstore4} does. */
  void store4(Root root, Value index, Value value) {
    nextLine();
    ir.store(at(root, index, Type.I32, 4, 4), List.of(value, value, value, value));
  }

  Value loadByte(Root root, Value byteIndex) {
    nextLine();
    Value loaded = ir.load(at(root, byteIndex, Type.I8, 1, 1)).getFirst();
    return ir.convert(ConvertOp.ZEXT, Type.I32, loaded);
  }

  void storeByte(Root root, Value byteIndex, Value value) {
    nextLine();
    Value narrow = ir.convert(ConvertOp.TRUNC, Type.I8, value);
    ir.store(at(root, byteIndex, Type.I8, 1, 1), List.of(narrow));
  }

  Value atomic(AtomicOp op, Root root, Value index, Value value) {
    nextLine();
    return ir.atomic(op, at(root, index, Type.I32, 1, 4), List.of(value));
  }

  void barrier(boolean local, boolean global) {
    nextLine();
    ir.add(new Op.Barrier(local, global, ir.span()));
  }

  /** A barrier that fences local memory. */
  void barrier() {
    barrier(true, false);
  }

  void when(Value condition, Runnable body) {
    choose(condition, KernelBuilder::fallThrough, body, KernelBuilder::fallThrough, () -> {});
  }

  void when(Value condition, Runnable then, Runnable otherwise) {
    choose(condition, KernelBuilder::fallThrough, then, KernelBuilder::fallThrough, otherwise);
  }

  /** If the condition holds, runs the body and ends so. */
  void whenThen(Value condition, Runnable body, Terminator end) {
    choose(condition, () -> end, body, KernelBuilder::fallThrough, () -> {});
  }

  void returnIf(Value condition) {
    whenThen(condition, () -> {}, new Terminator.Return(List.of()));
  }

  static Terminator fallThrough() {
    return new Terminator.Yield(List.of());
  }

  private void choose(
      Value condition,
      Supplier<Terminator> thenEnd,
      Runnable then,
      Supplier<Terminator> elseEnd,
      Runnable otherwise) {
    ir.open(List.of());
    then.run();
    Region thenRegion = ir.close(thenEnd.get());
    ir.open(List.of());
    otherwise.run();
    Region elseRegion = ir.close(elseEnd.get());
    nextLine();
    ir.add(new Op.If(List.of(), condition, thenRegion, elseRegion, ir.span()));
  }

  /** {@code for (int c = 0; c < limit; c++) body(c, label)}; a break hands over nothing. */
  void loop(Value limit, ObjIntConsumer<Value> body) {
    int label = ir.freshLabel();
    Value counter = ir.fresh(Type.I32);
    Value zero = i(0);
    ir.open(List.of(counter));
    ir.open(List.of());
    Region stay = ir.close(fallThrough());
    ir.open(List.of());
    Region leave = ir.close(new Terminator.Break(label, List.of()));
    ir.add(new Op.If(List.of(), lt(counter, limit), stay, leave, ir.span()));
    body.accept(counter, label);
    Value next = add(counter, 1);
    Region region = ir.close(new Terminator.Continue(label, List.of(next)));
    nextLine();
    ir.add(new Op.Loop(List.of(), label, List.of(zero), region, ir.span()));
  }
}
