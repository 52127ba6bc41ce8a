package dev.heddle.compiler.frontend.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attributes of a declaration that mean something here; all others are ignored. */
final class Attributes {
  /** The largest type is a vector of 16 doubles. */
  private static final int MOST_ALIGNMENT = 128;

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final Diagnostics diagnostics;
  private Optional<List<Integer>> requiredLocalSize = Optional.empty();
  private boolean packed;
  private int aligned = 1;

  Attributes(Tokens tokens, ExpressionParser expressions, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.diagnostics = diagnostics;
  }

  Optional<List<Integer>> requiredLocalSize() {
    return requiredLocalSize;
  }

  boolean packed() {
    return packed;
  }

  /** The alignment asked for, in bytes; 1 if none is. */
  int aligned() {
    return aligned;
  }

  /**
   * { "__attribute__" "((" name [ "(" arguments ")" ] { "," ... } "))" }; true if there was one.
   */
  boolean parse() {
    boolean any = false;
    while (tokens.accept("__attribute__") || tokens.accept("__attribute")) {
      any = true;
      tokens.expect("(", "after __attribute__");
      tokens.expect("(", "after __attribute__");
      while (!tokens.is(")") && !tokens.peek().isEnd()) {
        one();
        tokens.accept(",");
      }
      tokens.expect(")", "after the attribute");
      tokens.expect(")", "after the attribute");
    }
    return any;
  }

  private void one() {
    Token name = tokens.next();
    switch (name.text()) {
      case "reqd_work_group_size", "__reqd_work_group_size__" -> localSize(name);
      case "packed", "__packed__" -> packed = true;
      case "aligned", "__aligned__" -> alignment(name);
      default -> {
        if (tokens.is("(")) {
          tokens.skipBalanced();
        }
      }
    }
  }

  private void alignment(Token name) {
    if (!tokens.accept("(")) {
      aligned = MOST_ALIGNMENT;
      return;
    }
    Long bytes = expressions.constant("an alignment");
    if (bytes != null) {
      if (bytes > 0 && bytes <= MOST_ALIGNMENT && Long.bitCount(bytes) == 1) {
        aligned = Math.max(aligned, bytes.intValue());
      } else {
        diagnostics.error(
            name.span(), "an alignment is a power of two from 1 to " + MOST_ALIGNMENT);
      }
    }
    tokens.expect(")", "after the alignment");
  }

  private void localSize(Token name) {
    List<Integer> sizes = new ArrayList<>();
    tokens.expect("(", "after reqd_work_group_size");
    do {
      Long size = expressions.constant("a work-group size");
      if (size == null || (size > 0 && size <= 1 << 20)) {
        sizes.add(size == null ? 1 : size.intValue());
      } else {
        diagnostics.error(name.span(), "a work-group size is a positive number");
        sizes.add(1);
      }
    } while (tokens.accept(","));
    tokens.expect(")", "after the work-group size");
    if (sizes.size() == 3) {
      requiredLocalSize = Optional.of(List.copyOf(sizes));
    } else {
      diagnostics.error(name.span(), "reqd_work_group_size takes three sizes");
    }
  }
}
