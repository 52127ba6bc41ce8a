package dev.heddle.compiler.frontend.opencl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names in sight: a stack of scopes, each with ordinary names and with tags. */
final class Scopes {
  private record Level(Map<String, Symbol> names, Map<String, CType> tags) {
    Level() {
      this(new HashMap<>(), new HashMap<>());
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();

  Scopes() {
    enter();
  }

  void enter() {
    levels.push(new Level());
  }

  void leave() {
    levels.pop();
  }

  boolean atFileScope() {
    return levels.size() == 1;
  }

  @Nullable Symbol find(String name) {
    for (Level level : levels) {
      Symbol found = level.names().get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Nullable Symbol findHere(String name) {
    return levels.getFirst().names().get(name);
  }

  void declare(String name, Symbol symbol) {
    levels.getFirst().names().put(name, symbol);
  }

  @Nullable CType findTag(String name) {
    for (Level level : levels) {
      CType found = level.tags().get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Nullable CType findTagHere(String name) {
    return levels.getFirst().tags().get(name);
  }

  void declareTag(String name, CType type) {
    levels.getFirst().tags().put(name, type);
  }

  /** Every ordinary name in sight. */
  Set<String> names() {
    Set<String> all = new TreeSet<>();
    levels.forEach(level -> all.addAll(level.names().keySet()));
    return all;
  }
}
