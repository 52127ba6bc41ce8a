package dev.heddle.conformance;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel that computes rows: work-item {@code i} reads operand {@code k} at slot {@code k *
 * items + i} and writes row {@code r} at slot {@code r * items + i}.
 */
final class RowKernel {
  private RowKernel() {}

  static Function of(List<Row> rows, Type type, int items) {
    IrBuilder ir = new IrBuilder();
    Parameter.Pointer input = pointer(ir, "input", 0);
    Parameter.Pointer output = pointer(ir, "output", 1);
    ir.open(List.of());
    Value id = ir.query(QueryOp.GLOBAL_ID, 0);
    Value offset = ir.binary(BinaryOp.MUL, id, ir.constant(Type.I64, ComputeCase.SLOT));
    List<Value> operands = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      operands.add(ir.load(place(ir, input.root(), offset, k, items, type)).getFirst());
    }
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      Access cell = place(ir, output.root(), offset, r, items, row.result());
      Value result =
          row.emitter().emit(ir, cell, operands.get(0), operands.get(1), operands.get(2));
      ir.store(cell, List.of(result));
    }
    return new Function(
        "conformance",
        true,
        List.of(input, output),
        List.of(),
        List.of(),
        Optional.empty(),
        ir.close(new Terminator.Return(List.of())),
        Span.NONE);
  }

  private static Parameter.Pointer pointer(IrBuilder ir, String name, int index) {
    Root root = new Root.Buffer(name, AddressSpace.GLOBAL, index);
    return new Parameter.Pointer(name, ElementType.ULONG, 1, root, ir.fresh(Type.I64), index == 0);
  }

  private static Access place(
      IrBuilder ir, Root root, Value offset, int column, int items, Type type) {
    Value start = ir.constant(Type.I64, (long) column * items * ComputeCase.SLOT);
    Value at = ir.binary(BinaryOp.ADD, offset, start);
    return new Access(root, at, type, 1, type.bytes(), Access.Guard.CHECKED);
  }
}
