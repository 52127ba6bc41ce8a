package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Token.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The macros defined at a point of the source. */
final class MacroTable {
  private final Map<String, Macro> macros;
  private int counter;

  MacroTable() {
    macros = new HashMap<>();
  }

  /** A table that begins with what another defines. */
  MacroTable(MacroTable other) {
    macros = new HashMap<>(other.macros);
  }

  @Nullable Macro find(String name) {
    return macros.get(name);
  }

  boolean isDefined(String name) {
    return macros.containsKey(name) || isSpecial(name);
  }

  /** Defines a macro and returns the one it replaces. */
  @Nullable Macro define(Macro macro) {
    return macros.put(macro.name(), macro);
  }

  void undefine(String name) {
    macros.remove(name);
  }

  static boolean isSpecial(String name) {
    return switch (name) {
      case "__LINE__", "__FILE__", "__COUNTER__" -> true;
      default -> false;
    };
  }

  /** What a macro whose value depends on the place stands for; null for any other token. */
  @Nullable Token special(Token use) {
    return switch (use.text()) {
      case "__LINE__" -> replaced(use, Kind.NUMBER, Integer.toString(use.span().line()));
      case "__COUNTER__" -> replaced(use, Kind.NUMBER, Integer.toString(counter++));
      case "__FILE__" -> replaced(use, Kind.STRING, quote(use.span().file()));
      default -> null;
    };
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Token replaced(Token use, Kind kind, String text) {
    return new Token(kind, text, use.span(), false, use.spaceBefore(), null, use.contract());
  }
}
