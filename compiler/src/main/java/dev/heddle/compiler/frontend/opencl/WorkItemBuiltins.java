package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Work-item queries and synchronisation (sections 6.12.1, 6.12.8 and 6.12.9). */
final class WorkItemBuiltins {
  private static final int LOCAL_FENCE = 1;
  private static final int GLOBAL_FENCE = 2;

  private WorkItemBuiltins() {}

  static void addTo(Map<String, Builtin> table) {
    query(table, "get_global_id", QueryOp.GLOBAL_ID, 0);
    query(table, "get_local_id", QueryOp.LOCAL_ID, 0);
    query(table, "get_group_id", QueryOp.GROUP_ID, 0);
    query(table, "get_global_offset", QueryOp.GLOBAL_OFFSET, 0);
    query(table, "get_global_size", QueryOp.GLOBAL_SIZE, 1);
    query(table, "get_local_size", QueryOp.LOCAL_SIZE, 1);
    query(table, "get_enqueued_local_size", QueryOp.LOCAL_SIZE, 1);
    query(table, "get_num_groups", QueryOp.GROUP_COUNT, 1);
    add(table, "get_work_dim", WorkItemBuiltins::workDim, WorkItemBuiltins::emitWorkDim, true);
    add(
        table,
        "get_global_linear_id",
        WorkItemBuiltins::linear,
        (lowering, call) -> linearId(lowering, QueryOp.GLOBAL_ID, QueryOp.GLOBAL_SIZE, true),
        false);
    add(
        table,
        "get_local_linear_id",
        WorkItemBuiltins::linear,
        (lowering, call) -> linearId(lowering, QueryOp.LOCAL_ID, QueryOp.LOCAL_SIZE, false),
        false);
    add(table, "barrier", fence(false), (l, c) -> barrier(l, c, true), false);
    add(table, "work_group_barrier", fence(false), (l, c) -> barrier(l, c, true), false);
    for (String name : List.of("mem_fence", "read_mem_fence", "write_mem_fence")) {
      add(table, name, fence(true), (l, c) -> barrier(l, c, false), false);
    }
  }

  private static void add(
      Map<String, Builtin> table,
      String name,
      Builtin.Rule rule,
      Builtin.Emit emit,
      boolean cheap) {
    table.put(name, new Builtin(name, rule, emit, cheap));
  }

  private static void query(Map<String, Builtin> table, String name, QueryOp op, long beyond) {
    add(
        table,
        name,
        WorkItemBuiltins::dimension,
        (lowering, call) -> emitQuery(lowering, call, op, beyond),
        true);
  }

  private static Expr dimension(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    if (arguments.size() != 1) {
      return BuiltinRules.wrongCount(typing, builtin, 1, arguments, span);
    }
    Expr dimension = arguments.getFirst();
    if (!dimension.type().isInteger()) {
      return BuiltinRules.wrongType(typing, builtin, dimension, "a dimension, 0 to 2,");
    }
    Expr converted = typing.conversions().convert(dimension, CType.UINT);
    return new Expr.BuiltinCall(builtin, List.of(converted), CType.ULONG, span);
  }

  /** A dimension known only at run time selects among the three. */
  private static Lowered emitQuery(
      ExpressionLowering lowering, Expr.BuiltinCall call, QueryOp op, long beyond) {
    Code code = lowering.code();
    Value dimension = lowering.scalar(call.arguments().getFirst());
    code.at(call.span());
    Long known = code.known(dimension);
    if (known != null) {
      return Lowered.of(
          known < 3 ? code.builder().query(op, known.intValue()) : code.constant(Type.I64, beyond));
    }
    Value result = code.constant(Type.I64, beyond);
    for (int i = 2; i >= 0; i--) {
      Value is = code.compare(CompareOp.EQ, dimension, code.constant(dimension.type(), i));
      result = code.select(is, code.builder().query(op, i), result);
    }
    return Lowered.of(Objects.requireNonNull(result));
  }

  private static Expr workDim(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    return arguments.isEmpty()
        ? new Expr.BuiltinCall(builtin, List.of(), CType.UINT, span)
        : BuiltinRules.wrongCount(typing, builtin, 0, arguments, span);
  }

  private static Lowered emitWorkDim(ExpressionLowering lowering, Expr.BuiltinCall call) {
    Code code = lowering.code();
    Value wide = code.builder().query(QueryOp.WORK_DIM, 0);
    return Lowered.of(code.convert(wide, CType.ULONG.element(), CType.UINT.element()));
  }

  private static Expr linear(Typing typing, Builtin builtin, List<Expr> arguments, Span span) {
    return arguments.isEmpty()
        ? new Expr.BuiltinCall(builtin, List.of(), CType.ULONG, span)
        : BuiltinRules.wrongCount(typing, builtin, 0, arguments, span);
  }

  private static Lowered linearId(
      ExpressionLowering lowering, QueryOp id, QueryOp size, boolean withOffset) {
    Code code = lowering.code();
    Value result = null;
    for (int i = 2; i >= 0; i--) {
      Value own = code.builder().query(id, i);
      if (withOffset) {
        own = code.binary(BinaryOp.SUB, own, code.builder().query(QueryOp.GLOBAL_OFFSET, i));
      }
      result =
          result == null
              ? own
              : code.binary(
                  BinaryOp.ADD,
                  code.binary(BinaryOp.MUL, result, code.builder().query(size, i)),
                  own);
    }
    return Lowered.of(Objects.requireNonNull(result));
  }

  private static Builtin.Rule fence(boolean onlyOne) {
    return (typing, builtin, arguments, span) -> {
      int most = onlyOne ? 1 : 2;
      if (arguments.isEmpty() || arguments.size() > most) {
        return BuiltinRules.wrongCount(typing, builtin, 1, arguments, span);
      }
      Expr flags = arguments.getFirst();
      return flags.type().isInteger()
          ? new Expr.BuiltinCall(builtin, List.of(flags), CType.VOID, span)
          : BuiltinRules.wrongType(typing, builtin, flags, "fence flags");
    };
  }

  /** Flags that are not constant fence everything. */
  private static Lowered barrier(
      ExpressionLowering lowering, Expr.BuiltinCall call, boolean waits) {
    Long flags = Constants.integer(call.arguments().getFirst());
    boolean local = flags == null || (flags & LOCAL_FENCE) != 0;
    boolean global = flags == null || (flags & GLOBAL_FENCE) != 0;
    lowering
        .code()
        .builder()
        .add(
            waits
                ? new Op.Barrier(local, global, call.span())
                : new Op.Fence(local, global, call.span()));
    return Lowered.NOTHING;
  }
}
