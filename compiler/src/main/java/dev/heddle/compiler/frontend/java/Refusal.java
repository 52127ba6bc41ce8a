package dev.heddle.compiler.frontend.java;

import java.util.Objects;

/** Why code can't be lifted; the lifter of the method adds the place. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String reason) {
    super(reason, null, false, false);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
