package dev.heddle.backend.cpu;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes kernels by hand, shortly. */
final class KernelBuilder {
  final IrBuilder ir = new IrBuilder();
  private final String name;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Root> objects = new ArrayList<>();

  KernelBuilder(String name) {
    this.name = name;
    ir.open(List.of());
  }

  Root buffer(String parameter, ElementType element) {
    Root root = new Root.Buffer(parameter, AddressSpace.GLOBAL, parameters.size());
    parameters.add(new Parameter.Pointer(parameter, element, 1, root, ir.fresh(Type.I64), false));
    return root;
  }

  Root localParameter(String parameter, ElementType element) {
    Root root = new Root.LocalParameter(parameter, parameters.size());
    parameters.add(new Parameter.Pointer(parameter, element, 1, root, ir.fresh(Type.I64), false));
    return root;
  }

  Value scalar(String parameter, ElementType element) {
    Value value = ir.fresh(element.type());
    parameters.add(new Parameter.Scalar(parameter, element, value));
    return value;
  }

  Root array(String array, AddressSpace space, long bytes, int alignment) {
    return object(new Root.Array(array, space, bytes, alignment));
  }

  Root object(Root root) {
    objects.add(root);
    return root;
  }

  Value id(int dimension) {
    return ir.query(QueryOp.GLOBAL_ID, dimension);
  }

  Value i64(long value) {
    return ir.constant(Type.I64, value);
  }

  Value i32(int value) {
    return ir.constant(Type.I32, value);
  }

  Value add(Value a, Value b) {
    return ir.binary(BinaryOp.ADD, a, b);
  }

  Value mul(Value a, Value b) {
    return ir.binary(BinaryOp.MUL, a, b);
  }

  /** The work-item's id along x as an int. */
  Value intId() {
    return ir.convert(ConvertOp.TRUNC, Type.I32, id(0));
  }

  /** The byte offset of element {@code index}, an I32 or I64. */
  Value offset(Value index, Type element) {
    Value wide = index.type() == Type.I64 ? index : ir.convert(ConvertOp.SEXT, Type.I64, index);
    return mul(wide, i64(element.bytes()));
  }

  static Access checked(Root root, Value offset, Type element, int count) {
    return new Access(root, offset, element, count, element.bytes(), Access.Guard.CHECKED);
  }

  Value load(Root root, Value index, Type element) {
    return ir.load(checked(root, offset(index, element), element, 1)).getFirst();
  }

  void store(Root root, Value index, Value value) {
    ir.store(checked(root, offset(index, value.type()), value.type(), 1), List.of(value));
  }

  void barrier() {
    ir.add(new Op.Barrier(true, true, Span.NONE));
  }

  void returnIf(Value condition) {
    ir.open(List.of());
    Region end = ir.close(new Terminator.Return(List.of()));
    ir.open(List.of());
    Region go = ir.close(new Terminator.Yield(List.of()));
    ir.add(new Op.If(List.of(), condition, end, go, Span.NONE));
  }

  void when(Value condition, Runnable then) {
    ir.open(List.of());
    then.run();
    Region thenRegion = ir.close(new Terminator.Yield(List.of()));
    ir.open(List.of());
    Region elseRegion = ir.close(new Terminator.Yield(List.of()));
    ir.add(new Op.If(List.of(), condition, thenRegion, elseRegion, Span.NONE));
  }

  Value choose(Value condition, Supplier<Value> then, Supplier<Value> otherwise) {
    ir.open(List.of());
    Value a = then.get();
    Region thenRegion = ir.close(new Terminator.Yield(List.of(a)));
    ir.open(List.of());
    Region elseRegion = ir.close(new Terminator.Yield(List.of(otherwise.get())));
    Value result = ir.fresh(a.type());
    ir.add(new Op.If(List.of(result), condition, thenRegion, elseRegion, Span.NONE));
    return result;
  }

  /** What the body of a {@link #loop} writes: breaks and continues. */
  final class Body {
    final int label;
    final List<Value> values;

    Body(int label, List<Value> values) {
      this.label = label;
      this.values = values;
    }

    /** Leaves the loop under a condition. */
    void breakIf(Value condition, Value... results) {
      ir.open(List.of());
      Region leave = ir.close(new Terminator.Break(label, List.of(results)));
      ir.open(List.of());
      Region go = ir.close(new Terminator.Yield(List.of()));
      ir.add(new Op.If(List.of(), condition, leave, go, Span.NONE));
    }

    /** Starts the next trip under a condition. */
    void continueIf(Value condition, Value... next) {
      ir.open(List.of());
      Region again = ir.close(new Terminator.Continue(label, List.of(next)));
      ir.open(List.of());
      Region go = ir.close(new Terminator.Yield(List.of()));
      ir.add(new Op.If(List.of(), condition, again, go, Span.NONE));
    }
  }

  /** A loop whose body returns the values of the next trip. */
  List<Value> loop(
      List<Value> initial,
      List<Type> results,
      java.util.function.Function<Body, List<Value>> body) {
    int label = ir.freshLabel();
    List<Value> parameterValues = initial.stream().map(v -> ir.fresh(v.type())).toList();
    ir.open(parameterValues);
    List<Value> next = body.apply(new Body(label, parameterValues));
    Region region = ir.close(new Terminator.Continue(label, next));
    List<Value> values = results.stream().map(ir::fresh).toList();
    ir.add(new Op.Loop(values, label, initial, region, Span.NONE));
    return values;
  }

  KernelBuilder with(Consumer<KernelBuilder> body) {
    body.accept(this);
    return this;
  }

  Function build() {
    Region body = ir.close(new Terminator.Return(List.of()));
    return new Function(
        name, true, parameters, objects, List.of(), Optional.empty(), body, Span.NONE);
  }
}
