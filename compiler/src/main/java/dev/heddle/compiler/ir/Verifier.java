package dev.heddle.compiler.ir;

import java.util.List;

/** Checks every rule of the IR that its records cannot check themselves. */
public final class Verifier {
  private Verifier() {}

  /**
   * @throws VerifierException if a rule is broken, with all problems found
   */
  public static void verify(Program program) {
    throwIfAny(problems(program));
  }

  /**
   * Calls are checked in themselves, not against their callees.
   *
   * @throws VerifierException if a rule is broken, with all problems found
   */
  public static void verify(Function function) {
    throwIfAny(problems(function));
  }

  /** What is wrong, empty if nothing; each problem names the function, the op and the rule. */
  public static List<String> problems(Program program) {
    return List.of();
  }

  /** What is wrong, empty if nothing; each problem names the function, the op and the rule. */
  public static List<String> problems(Function function) {
    return List.of();
  }

  private static void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new VerifierException(problems);
    }
  }
}
