package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Value;
import java.util.List;

/** Which numbers of values and labels a function uses. */
final class Numbering {
  private int values;
  private int labels;

  private Numbering() {}

  /** A builder whose values and labels do not occur in {@code function}. */
  static IrBuilder builderAfter(Function function) {
    Numbering numbering = new Numbering();
    for (Parameter parameter : function.parameters()) {
      numbering.see(List.of(value(parameter)));
    }
    numbering.see(function.body());
    return new IrBuilder(numbering.values, numbering.labels);
  }

  /** The scalar, or a pointer's offset. */
  static Value value(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Scalar scalar -> scalar.value();
      case Parameter.Pointer pointer -> pointer.offset();
    };
  }

  private void see(List<Value> defined) {
    for (Value value : defined) {
      values = Math.max(values, value.id() + 1);
    }
  }

  private void see(Region region) {
    see(region.parameters());
    for (Op op : region.ops()) {
      see(op.results());
      if (op instanceof Op.If branch) {
        see(branch.thenRegion());
        see(branch.elseRegion());
      } else if (op instanceof Op.Loop loop) {
        labels = Math.max(labels, loop.label() + 1);
        see(loop.body());
      }
    }
  }
}
