package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.vector.AddressForm.IndexKind;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Which varying 64-bit values are needed as vectors. Those that are steps in computing an address
 * alone are not: the address is computed from its {@link AddressForm}.
 */
final class Demand {
  private final LaneShapes shapes;
  private final Set<Value> needed = new HashSet<>();
  private final Deque<Value> pending = new ArrayDeque<>();

  Demand(Function function, LaneShapes shapes) {
    this.shapes = shapes;
    visit(function.body());
    while (!pending.isEmpty()) {
      Op op = shapes.definition(pending.pop());
      if (op != null && addressStep(op)) {
        op.operands().forEach(this::need);
      }
    }
  }

  /** Whether the vector that this op computes is used as such. */
  boolean needs(Op op) {
    return !addressStep(op) || needed.contains(op.results().getFirst());
  }

  private void visit(Region region) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Load load -> address(load.access());
        case Op.Store store -> {
          address(store.access());
          store.values().forEach(this::need);
        }
        case Op.Atomic atomic -> {
          // the addresses of atomics are always computed lane by lane
          address(atomic.access());
          atomic.values().forEach(this::need);
        }
        case Op.If branch -> {
          visit(branch.thenRegion());
          visit(branch.elseRegion());
        }
        case Op.Loop loop -> {
          loop.initial().forEach(this::need);
          visit(loop.body());
        }
        default -> {
          if (!addressStep(op)) {
            op.operands().forEach(this::need);
          }
        }
      }
    }
    region.terminator().values().forEach(this::need);
  }

  private void address(Access access) {
    if (AddressForm.of(access.offset(), shapes).kind() == IndexKind.OPAQUE) {
      need(access.offset());
    }
  }

  private void need(Value value) {
    if (needed.add(value)) {
      pending.push(value);
    }
  }

  private boolean addressStep(Op op) {
    if (op.results().size() != 1) {
      return false;
    }
    Value result = op.results().getFirst();
    if (result.type() != Type.I64 || !shapes.of(result).varying()) {
      return false;
    }
    return switch (op) {
      case Op.Binary binary ->
          binary.op() == BinaryOp.ADD
              || binary.op() == BinaryOp.SUB
              || binary.op() == BinaryOp.MUL
              || binary.op() == BinaryOp.SHL;
      case Op.Convert convert -> convert.op() == ConvertOp.SEXT || convert.op() == ConvertOp.ZEXT;
      default -> false;
    };
  }
}
