package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Those of Clang's own functions that kernels use although OpenCL C does not have them: hints,
 * which here say nothing, and bit operations that OpenCL C has under another name.
 */
final class ClangBuiltins {
  private static final String PREFIX = "__builtin_";

  /** Hints about their first argument, which is the value, a long. */
  private static final Set<String> EXPECTATIONS =
      Set.of("expect", "expect_with_probability", "unpredictable");

  /** Hints without a value. Their arguments are not evaluated. */
  private static final Set<String> HINTS = Set.of("assume", "prefetch", "unreachable");

  /** Operations on an unsigned number, by OpenCL's name. The suffix says which: none, l or ll. */
  private static final Map<String, String> BITS =
      Map.of("popcount", "popcount", "clz", "clz", "ctz", "ctz");

  private ClangBuiltins() {}

  /** Whether a call of that name is for {@link #call}. */
  static boolean knows(String name) {
    return name.startsWith(PREFIX) && supported(name.substring(PREFIX.length()));
  }

  private static boolean supported(String word) {
    return EXPECTATIONS.contains(word) || HINTS.contains(word) || operation(word) != null;
  }

  private static @Nullable String operation(String word) {
    return BITS.get(word.endsWith("ll") ? word.substring(0, word.length() - 2) : stem(word));
  }

  private static String stem(String word) {
    return word.endsWith("l") ? word.substring(0, word.length() - 1) : word;
  }

  /** What a call of such a function is. */
  static Expr call(Typing typing, Token name, List<Expr> arguments) {
    String word = name.text().substring(PREFIX.length());
    Span span = name.span();
    Conversions conversions = typing.conversions();
    if (HINTS.contains(word)) {
      return conversions.explicit(new Expr.Literal(CType.INT, 0, span), CType.VOID, span);
    }
    if (arguments.isEmpty()) {
      return typing.mistake(span, "'" + name.text() + "' needs a value");
    }
    Expr value = arguments.getFirst();
    String operation = operation(word);
    if (operation == null) {
      return conversions.explicit(value, CType.LONG, span);
    }
    CType operand = word.endsWith("l") ? CType.ULONG : CType.UINT;
    Builtin builtin = Objects.requireNonNull(Builtins.find(operation));
    Expr bits = typing.call(builtin, List.of(conversions.explicit(value, operand, span)), span);
    return conversions.explicit(bits, CType.INT, span);
  }
}
