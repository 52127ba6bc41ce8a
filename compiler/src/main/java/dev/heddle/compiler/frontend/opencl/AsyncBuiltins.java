package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Copies between global and local memory by a whole work-group (OpenCL C 1.2, 6.12.10): each
 * work-item copies every n-th element, and waiting for the events is a barrier.
 */
final class AsyncBuiltins {
  private static final int DIMENSIONS = 3;

  private AsyncBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    add(table, "async_work_group_copy", false);
    add(table, "async_work_group_strided_copy", true);
    table.put(
        "wait_group_events",
        new Builtin("wait_group_events", AsyncBuiltins::waitRule, AsyncBuiltins::await, false));
    table.put(
        "prefetch", new Builtin("prefetch", AsyncBuiltins::hintRule, AsyncBuiltins::hint, false));
  }

  private static void add(Map<String, Builtin> table, String name, boolean strided) {
    table.put(
        name,
        new Builtin(
            name,
            (typing, builtin, arguments, span) ->
                copyRule(typing, builtin, strided, arguments, span),
            (lowering, call) -> copy(lowering, call, strided),
            false));
  }

  private static Expr copyRule(
      Typing typing, Builtin builtin, boolean strided, List<Expr> arguments, Span span) {
    int count = strided ? 5 : 4;
    if (arguments.size() != count) {
      return BuiltinRules.wrongCount(typing, builtin, count, arguments, span);
    }
    Expr to = arguments.get(0);
    Expr from = arguments.get(1);
    boolean fit =
        to.type() instanceof CType.Pointer target
            && from.type() instanceof CType.Pointer source
            && target.target().type().equals(source.target().type())
            && target.target().type().elementOrNull() != null
            && !target.target().constant();
    if (!fit) {
      return BuiltinRules.wrongType(
          typing, builtin, from, "two pointers to the same scalars or vectors");
    }
    List<Expr> converted = new ArrayList<>(List.of(to, from));
    for (Expr size : arguments.subList(2, count - 1)) {
      converted.add(typing.conversions().implicit(size, CType.ULONG, "passed"));
    }
    return converted.stream().anyMatch(e -> e.type().isInvalid())
        ? new Expr.Invalid(span)
        : new Expr.BuiltinCall(builtin, converted, CType.UINT, span);
  }

  private static Expr waitRule(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    return arguments.size() == 2
        ? new Expr.BuiltinCall(builtin, List.of(arguments.getFirst()), CType.VOID, span)
        : BuiltinRules.wrongCount(typing, builtin, 2, arguments, span);
  }

  private static Expr hintRule(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    return arguments.size() == 2
        ? new Expr.BuiltinCall(builtin, arguments, CType.VOID, span)
        : BuiltinRules.wrongCount(typing, builtin, 2, arguments, span);
  }

  private static Lowered await(ExpressionLowering lowering, Expr.BuiltinCall call) {
    call.arguments().forEach(lowering::effect);
    lowering.code().builder().add(new Op.Barrier(true, true, call.span()));
    return Lowered.NOTHING;
  }

  private static Lowered hint(ExpressionLowering lowering, Expr.BuiltinCall call) {
    call.arguments().forEach(lowering::effect);
    return Lowered.NOTHING;
  }

  private static Value query(Code code, QueryOp op, int dimension) {
    return code.builder().query(op, dimension);
  }

  /** The number of this work-item in its group, and of the items there are in it. */
  private static Value[] place(Code code) {
    Value index = query(code, QueryOp.LOCAL_ID, DIMENSIONS - 1);
    Value size = query(code, QueryOp.LOCAL_SIZE, DIMENSIONS - 1);
    for (int d = DIMENSIONS - 2; d >= 0; d--) {
      Value width = query(code, QueryOp.LOCAL_SIZE, d);
      Value row = code.binary(BinaryOp.MUL, index, width);
      index = code.binary(BinaryOp.ADD, row, query(code, QueryOp.LOCAL_ID, d));
      size = code.binary(BinaryOp.MUL, size, width);
    }
    return new Value[] {index, size};
  }

  private static Lowered copy(ExpressionLowering lowering, Expr.BuiltinCall call, boolean strided) {
    List<Expr> arguments = call.arguments();
    Lowered.Pointer to = lowering.pointer(arguments.get(0));
    Lowered.Pointer from = lowering.pointer(arguments.get(1));
    Value count = lowering.scalar(arguments.get(2));
    Qualified target = ((CType.Pointer) arguments.get(0).type()).target();
    Code code = lowering.code().at(call.span());
    Value one = code.constant(Type.I64, 1);
    Value stride = strided ? lowering.scalar(arguments.get(3)) : one;
    boolean scatters = target.space() == AddressSpace.GLOBAL;
    code.at(call.span());
    IrBuilder builder = code.builder();
    Value[] place = place(code);
    int label = builder.freshLabel();
    Value index = builder.fresh(Type.I64);
    builder.open(List.of(index));
    leaveUnlessBelow(code, index, count, label, call.span());
    Value far = strided ? code.binary(BinaryOp.MUL, index, stride) : index;
    element(
        lowering,
        call,
        target.type(),
        moved(code, from, scatters ? index : far, target.type()),
        moved(code, to, scatters ? far : index, target.type()));
    Value next = code.at(call.span()).binary(BinaryOp.ADD, index, place[1]);
    Region body = builder.close(new Terminator.Continue(label, List.of(next)));
    builder.add(new Op.Loop(List.of(), label, List.of(place[0]), body, call.span()));
    return Lowered.of(code.zero(Type.I32));
  }

  private static void leaveUnlessBelow(Code code, Value index, Value count, int label, Span span) {
    IrBuilder builder = code.builder();
    Value more = code.compare(CompareOp.ULT, index, count);
    builder.open(List.of());
    Region go = builder.close(new Terminator.Yield(List.of()));
    builder.open(List.of());
    Region leave = builder.close(new Terminator.Break(label, List.of()));
    builder.add(new Op.If(List.of(), more, go, leave, span));
  }

  private static Lowered.Pointer moved(
      Code code, Lowered.Pointer pointer, Value index, CType type) {
    Value bytes = code.scale(index, type.size());
    return new Lowered.Pointer(
        pointer.objects(), pointer.tag(), code.addOffset(bytes, pointer.offset()));
  }

  private static void element(
      ExpressionLowering lowering,
      Expr.BuiltinCall call,
      CType type,
      Lowered.Pointer from,
      Lowered.Pointer to) {
    Type scalar = type.lane().type();
    int width = type.components();
    PlaceLowering places = lowering.function().places();
    IrBuilder builder = lowering.code().builder();
    List<Value> loaded =
        places.withRoot(
            from,
            Collections.nCopies(width, scalar),
            root -> builder.load(access(root, from, type, scalar, width)),
            call.span());
    places.withRoot(
        to,
        List.of(),
        root -> {
          builder.store(access(root, to, type, scalar, width), loaded);
          return List.of();
        },
        call.span());
  }

  private static Access access(
      dev.heddle.compiler.ir.Root root, Lowered.Pointer at, CType type, Type scalar, int width) {
    return PlaceLowering.access(root, at.offset(), scalar, width, type.alignment());
  }
}
