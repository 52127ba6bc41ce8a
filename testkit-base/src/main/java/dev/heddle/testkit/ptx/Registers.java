package dev.heddle.testkit.ptx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registers in sight: declarations belong to the block of braces they stand in. */
final class Registers {
  /**
   * @param count 0 for a single register, else that many, numbered from 0
   */
  private record Family(PtxType type, int first, int count) {}

  private final Deque<Map<String, Family>> scopes = new ArrayDeque<>();
  private final Map<String, Optional<Operand.Register>> found = new HashMap<>();
  private int slots;

  void open() {
    scopes.push(new HashMap<>());
    found.clear();
  }

  void close() {
    scopes.pop();
    found.clear();
  }

  /** Slots given out so far, in all scopes. */
  int slots() {
    return slots;
  }

  void declare(Token name, PtxType type, int count) {
    Family family = new Family(type, slots, count);
    String key = count == 0 ? name.text() : name.text() + "<";
    if (scopes.getFirst().putIfAbsent(key, family) != null) {
      throw new PtxException(name.line(), name.text() + " is declared twice");
    }
    slots += Math.max(1, count);
    found.clear();
  }

  Optional<Operand.Register> find(String name) {
    return found.computeIfAbsent(name, this::search);
  }

  private Optional<Operand.Register> search(String name) {
    for (Map<String, Family> scope : scopes) {
      Family single = scope.get(name);
      if (single != null) {
        return Optional.of(new Operand.Register(name, single.first(), single.type()));
      }
      Optional<Operand.Register> numbered = numbered(scope, name);
      if (numbered.isPresent()) {
        return numbered;
      }
    }
    return Optional.empty();
  }

  private static Optional<Operand.Register> numbered(Map<String, Family> scope, String name) {
    int digits = name.length();
    while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    // %r<1000> declares %r0 to %r999; the prefix itself may end in a digit
    for (int cut = digits; cut < name.length() && name.length() - cut < 9; cut++) {
      String number = name.substring(cut);
      Family family = scope.get(name.substring(0, cut) + "<");
      if (family != null && (number.equals("0") || !number.startsWith("0"))) {
        int index = Integer.parseInt(number);
        if (index < family.count()) {
          return Optional.of(new Operand.Register(name, family.first() + index, family.type()));
        }
      }
    }
    return Optional.empty();
  }
}
