package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.Map;

/** A rewriter whose copy has values and labels of its own, so that code can be there twice. */
abstract class Cloner extends Rewriter {
  private final Map<Integer, Integer> labels = new HashMap<>();

  Cloner(Function function) {
    super(function);
  }

  Cloner(IrBuilder builder) {
    super(builder);
  }

  @Override
  protected Value define(Value old) {
    Value fresh = builder.fresh(old.type());
    replace(old, fresh);
    return fresh;
  }

  /** Loops are copied from the outside in, so the first to ask for a label defines it. */
  @Override
  protected int label(int label) {
    return labels.computeIfAbsent(label, old -> builder.freshLabel());
  }
}
