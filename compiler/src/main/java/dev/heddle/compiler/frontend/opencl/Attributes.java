package dev.heddle.compiler.frontend.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attributes of a declaration that mean something here; all others are ignored. */
final class Attributes {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final Diagnostics diagnostics;
  private Optional<List<Integer>> requiredLocalSize = Optional.empty();
  private boolean packed;

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
      default -> {
        if (tokens.is("(")) {
          tokens.skipBalanced();
        }
      }
    }
  }

  private void localSize(Token name) {
    List<Integer> sizes = new ArrayList<>();
    tokens.expect("(", "after reqd_work_group_size");
    do {
      Long size = expressions.constant("a work-group size");
      boolean fits = size != null && size > 0 && size <= 1 << 20;
      if (size != null && !fits) {
        diagnostics.error(name.span(), "a work-group size is a positive number");
      }
      sizes.add(fits ? size.intValue() : 1);
    } while (tokens.accept(","));
    tokens.expect(")", "after the work-group size");
    if (sizes.size() == 3) {
      requiredLocalSize = Optional.of(List.copyOf(sizes));
    } else {
      diagnostics.error(name.span(), "reqd_work_group_size takes three sizes");
    }
  }
}
