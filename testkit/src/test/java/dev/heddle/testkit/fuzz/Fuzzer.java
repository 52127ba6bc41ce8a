package dev.heddle.testkit.fuzz;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.testkit.random.RandomSource;
import java.util.Optional;

/** Compares targets with the reference interpreter, and makes what differs small. */
final class Fuzzer {
  /** Attempts at making a kernel smaller. */
  private static final int MOST_ATTEMPTS = 2000;

  private static final int DETECT_EVERY = 16;

  private Fuzzer() {}

  /**
   * A kernel that a target runs otherwise than the interpreter.
   *
   * @param what the difference
   */
  record Finding(FuzzTarget target, FuzzCase test, String what) {
    @Override
    public String toString() {
      return target.name()
          + ", seed "
          + test.seed()
          + ", "
          + test.options().bounds()
          + ": "
          + what
          + "\n"
          + test.source().text();
    }
  }

  /** The kernel of that seed, with its outcome. */
  static Prepared prepare(long seed) {
    FuzzCase test = FuzzCase.of(seed, RandomSource.generate(seed, seed % 4 != 0));
    return new Prepared(test, test.interpret(seed % DETECT_EVERY == 0));
  }

  record Prepared(FuzzCase test, FuzzCase.Outcome wanted) {}

  static Optional<Finding> check(Prepared prepared, FuzzTarget target) {
    String what = compare(prepared, target);
    return what.isEmpty()
        ? Optional.empty()
        : Optional.of(smallest(new Finding(target, prepared.test(), what)));
  }

  private static String compare(Prepared prepared, FuzzTarget target) {
    try {
      return prepared.wanted().difference(target.run(prepared.test()));
    } catch (RuntimeException failure) {
      return "fails with " + failure;
    }
  }

  /** Takes every smaller kernel that still differs, until none does. */
  static Finding smallest(Finding first) {
    Finding best = first;
    int attempts = 0;
    boolean progress = true;
    while (progress && attempts < MOST_ATTEMPTS) {
      progress = false;
      for (RandomSource smaller : best.test().source().smaller()) {
        attempts++;
        Optional<Finding> found = again(best, smaller);
        if (found.isPresent()) {
          best = found.get();
          progress = true;
          break;
        }
        if (attempts >= MOST_ATTEMPTS) {
          break;
        }
      }
    }
    return best;
  }

  private static Optional<Finding> again(Finding finding, RandomSource source) {
    try {
      FuzzCase test = FuzzCase.of(finding.test().seed(), source);
      String what = compare(new Prepared(test, test.interpret(false)), finding.target());
      boolean failing = what.startsWith("fails");
      return what.isEmpty() || failing != finding.what().startsWith("fails")
          ? Optional.empty()
          : Optional.of(new Finding(finding.target(), test, what));
    } catch (CompileException | IllegalStateException unfit) {
      return Optional.empty();
    }
  }
}
