package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.List;

/**
 * A macro definition.
 *
 * @param functionLike whether it is used with arguments
 * @param parameters names; the last one is {@code __VA_ARGS__} or the given name if variadic
 * @param predefined whether the user did not write it
 */
record Macro(
    String name,
    boolean functionLike,
    List<String> parameters,
    boolean variadic,
    List<Token> body,
    Span span,
    boolean predefined) {

  /** Whether two definitions are the same to C: same parameters, same tokens and spacing. */
  boolean sameAs(Macro other) {
    if (functionLike != other.functionLike
        || variadic != other.variadic
        || !parameters.equals(other.parameters)
        || body.size() != other.body.size()) {
      return false;
    }
    for (int i = 0; i < body.size(); i++) {
      Token mine = body.get(i);
      Token theirs = other.body.get(i);
      boolean spacing = i == 0 || mine.spaceBefore() == theirs.spaceBefore();
      if (mine.kind() != theirs.kind() || !mine.text().equals(theirs.text()) || !spacing) {
        return false;
      }
    }
    return true;
  }
}
