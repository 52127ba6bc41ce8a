package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.support.HiddenParameter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** What values are called in the printed code, and the hidden parameters that it came to use. */
final class Names {
  private final Map<Value, String> constants = new HashMap<>();
  private final TreeSet<HiddenParameter> hidden = new TreeSet<>();
  private final TreeSet<Integer> globalIds = new TreeSet<>();

  /** The name of a value, or its text if it is a constant. */
  String of(Value value) {
    String constant = constants.get(value);
    return constant != null ? constant : "v" + value.id();
  }

  void constant(Value value, String text) {
    constants.put(value, text);
  }

  String hidden(HiddenParameter.Kind kind, int index) {
    HiddenParameter parameter = new HiddenParameter(kind, index);
    hidden.add(parameter);
    return parameter.text();
  }

  /** The global id along a dimension, which the kernel computes at its start. */
  String globalId(int dimension) {
    globalIds.add(dimension);
    return "id" + dimension;
  }

  TreeSet<HiddenParameter> hidden() {
    return hidden;
  }

  TreeSet<Integer> globalIds() {
    return globalIds;
  }
}
