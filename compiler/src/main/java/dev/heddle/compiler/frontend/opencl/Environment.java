package dev.heddle.compiler.frontend.opencl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each variable holds at a point of the program. */
final class Environment {
  private final Map<Variable, Lowered> values;

  Environment() {
    this(new LinkedHashMap<>());
  }

  private Environment(Map<Variable, Lowered> values) {
    this.values = values;
  }

  Environment copy() {
    return new Environment(new LinkedHashMap<>(values));
  }

  boolean holds(Variable variable) {
    return values.containsKey(variable);
  }

  Lowered get(Variable variable) {
    Lowered value = values.get(variable);
    if (value == null) {
      throw new IllegalStateException("no value for " + variable);
    }
    return value;
  }

  void put(Variable variable, Lowered value) {
    values.put(variable, value);
  }

  void remove(Variable variable) {
    values.remove(variable);
  }

  Set<Variable> variables() {
    return values.keySet();
  }

  /** Those of the given variables that have a value here, in the order of their declaration. */
  List<Variable> those(Set<Variable> wanted) {
    return values.keySet().stream().filter(wanted::contains).toList();
  }
}
