package dev.heddle.compiler.frontend.opencl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each variable holds at a point of the program. An arm or a loop body works on a layer above
 * what was there before it, so that what it changed is known.
 */
final class Environment {
  private final @Nullable Environment below;
  private final Map<Variable, Lowered> own = new LinkedHashMap<>();

  Environment() {
    this(null);
  }

  private Environment(@Nullable Environment below) {
    this.below = below;
  }

  /** A layer above this environment, which must not change while the layer is used. */
  Environment layer() {
    return new Environment(this);
  }

  private @Nullable Lowered find(Variable variable) {
    for (Environment at = this; at != null; at = at.below) {
      Lowered value = at.own.get(variable);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  boolean holds(Variable variable) {
    return find(variable) != null;
  }

  Lowered get(Variable variable) {
    Lowered value = find(variable);
    if (value == null) {
      throw new IllegalStateException("no value for " + variable);
    }
    return value;
  }

  void put(Variable variable, Lowered value) {
    own.put(variable, value);
  }

  void remove(Variable variable) {
    own.remove(variable);
  }

  /** The variables that were set in this layer, in the order of their first setting. */
  Set<Variable> changed() {
    return own.keySet();
  }

  /** Those of the given variables that have a value here. */
  List<Variable> those(Set<Variable> wanted) {
    return wanted.stream().filter(this::holds).toList();
  }
}
