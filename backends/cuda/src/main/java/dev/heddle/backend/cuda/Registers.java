package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Value;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The virtual registers of a kernel: one for each value, others for what lies between. */
final class Registers {
  private final Map<RegisterClass, Integer> counts = new EnumMap<>(RegisterClass.class);
  private final Map<Value, String> names = new HashMap<>();

  /** The register of a value, or its immediate if it is a constant. */
  String of(Value value) {
    String name = names.get(value);
    if (name == null) {
      name = fresh(RegisterClass.of(value.type()));
      names.put(value, name);
    }
    return name;
  }

  /** Lets {@code name} stand for a value. */
  void name(Value value, String name) {
    names.put(value, name);
  }

  String fresh(RegisterClass kind) {
    return kind.prefix() + (counts.merge(kind, 1, Integer::sum) - 1);
  }

  String predicate() {
    return fresh(RegisterClass.PREDICATE);
  }

  String b32() {
    return fresh(RegisterClass.B32);
  }

  String b64() {
    return fresh(RegisterClass.B64);
  }

  String declarations() {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            text.append("  .reg .%s %s<%d>;\n".formatted(kind.type(), kind.prefix(), count)));
    return text.toString();
  }
}
