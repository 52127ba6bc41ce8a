package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the steps of ops without control flow. What never changes is put in its slot at once. */
final class Steps {
  private final Slots slots;
  private final MemoryStep.Context context;
  private final Map<Root, Binding> bindings;
  private final List<Op.Query> queries = new ArrayList<>();

  Steps(Slots slots, MemoryStep.Context context, Map<Root, Binding> bindings) {
    this.slots = slots;
    this.context = context;
    this.bindings = bindings;
  }

  /** The queries met so far: their slots are to be filled anew for each group. */
  List<Op.Query> queries() {
    return queries;
  }

  /** The step of an op, if it has any work to do when it is executed. */
  Optional<Step> of(Op op) {
    return switch (op) {
      case Op.Constant constant -> {
        slots.fill(constant.result(), constant.bits());
        yield Optional.empty();
      }
      case Op.RootSize size -> {
        slots.fill(size.result(), binding(size.root()).size());
        yield Optional.empty();
      }
      case Op.Query query -> {
        queries.add(query);
        yield Optional.empty();
      }
      // work-items are interpreted so that each sees its own accesses in order
      case Op.Fence fence -> Optional.empty();
      default -> Optional.of(working(op));
    };
  }

  private Step working(Op op) {
    return switch (op) {
      case Op.Unary unary ->
          new ComputeStep.Unary(
              unary.op(),
              unary.operand().type(),
              slots.of(unary.result()),
              slots.of(unary.operand()));
      case Op.Binary binary -> binary(binary);
      case Op.Compare compare ->
          new ComputeStep.Compare(
              compare.op(),
              compare.left().type(),
              slots.of(compare.result()),
              slots.of(compare.left()),
              slots.of(compare.right()));
      case Op.Fma fma ->
          new ComputeStep.Fma(
              fma.a().type(),
              slots.of(fma.result()),
              slots.of(fma.a()),
              slots.of(fma.b()),
              slots.of(fma.c()));
      case Op.Select select ->
          new ComputeStep.Select(
              slots.of(select.result()),
              slots.of(select.condition()),
              slots.of(select.ifTrue()),
              slots.of(select.ifFalse()));
      case Op.Convert convert -> convert(convert);
      case Op.Load load ->
          new MemoryStep.Load(
              context,
              load,
              binding(load.access().root()),
              slots.of(load.access().offset()),
              slots.arrays(load.results()));
      case Op.Store store ->
          new MemoryStep.Store(
              context,
              store,
              binding(store.access().root()),
              slots.of(store.access().offset()),
              slots.arrays(store.values()));
      case Op.Atomic atomic ->
          new MemoryStep.Atomic(
              context,
              atomic,
              binding(atomic.access().root()),
              slots.of(atomic.access().offset()),
              slots.arrays(atomic.values()),
              slots.of(atomic.result()));
      case Op.Call call -> throw notPrepared(op);
      case Op.Builtin builtin -> throw notPrepared(op);
      case Op.Constant constant -> throw misplaced(op);
      case Op.RootSize size -> throw misplaced(op);
      case Op.Query query -> throw misplaced(op);
      case Op.Fence fence -> throw misplaced(op);
      case Op.If branch -> throw misplaced(op);
      case Op.Loop loop -> throw misplaced(op);
      case Op.Barrier barrier -> throw misplaced(op);
    };
  }

  private Step binary(Op.Binary binary) {
    long[] result = slots.of(binary.result());
    long[] left = slots.of(binary.left());
    long[] right = slots.of(binary.right());
    if (binary.op().divides()) {
      return new ComputeStep.Division(
          binary, context.group(), context.reports(), result, left, right);
    }
    return new ComputeStep.Binary(binary.op(), binary.left().type(), result, left, right);
  }

  private Step convert(Op.Convert convert) {
    Type from = convert.operand().type();
    Type to = convert.result().type();
    return new ComputeStep.Convert(
        convert.op(), from, to, slots.of(convert.result()), slots.of(convert.operand()));
  }

  private Binding binding(Root root) {
    Binding binding = bindings.get(root);
    if (binding == null) {
      throw new InterpreterException("the kernel does not declare " + root);
    }
    return binding;
  }

  private static InterpreterException notPrepared(Op op) {
    return new InterpreterException(
        "internal error: '" + IrPrinter.line(op) + "' is left in a kernel that is to be run");
  }

  private static IllegalStateException misplaced(Op op) {
    return new IllegalStateException(IrPrinter.line(op) + " is no step");
  }
}
