package dev.heddle.testkit.ptx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the named variables and parameters of a kernel lie. */
final class Symbols {
  /**
   * A variable.
   *
   * @param address within its space
   */
  record Symbol(Space space, long address) {}

  private final Map<String, Symbol> symbols = new HashMap<>();

  void add(String name, Space space, long address) {
    symbols.put(name, new Symbol(space, address));
  }

  Symbols copy() {
    Symbols copy = new Symbols();
    copy.symbols.putAll(symbols);
    return copy;
  }

  Optional<Symbol> find(String name) {
    return Optional.ofNullable(symbols.get(name));
  }
}
