package dev.heddle.compiler.verify;

import dev.heddle.compiler.diagnostic.HeddleException;
import java.util.List;

/** IR that breaks its own rules: a bug of whoever made it. */
public final class VerifierException extends HeddleException {
  private final transient List<String> problems;

  public VerifierException(List<String> problems) {
    super("internal compiler error: invalid IR\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
