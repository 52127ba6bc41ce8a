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

  @Override
  protected int defineLabel(int label) {
    int fresh = builder.freshLabel();
    labels.put(label, fresh);
    return fresh;
  }

  /** Loops around what is copied keep their labels. */
  @Override
  protected int label(int label) {
    return labels.getOrDefault(label, label);
  }
}
