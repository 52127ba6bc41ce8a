package dev.heddle.backend.cpu.vector;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * How often a guess about a vector's lanes is worth another try. A vector at an image's border
 * fails alone; where one after the other does, ever more go to the code with masks at once, so that
 * what was guessed in vain costs little.
 */
final class Patience {
  private static final int MOST_SKIPPED = 15;

  private final CodeBuilder builder;
  private final boolean any;
  private int skip;
  private int failures;

  /**
   * Emits its start.
   *
   * @param any whether guesses may fail often; nothing is emitted otherwise
   */
  Patience(Code code, boolean any) {
    this.builder = code.builder();
    this.any = any;
    if (any) {
      code.constant(0);
      skip = code.keepInt();
      code.constant(0);
      failures = code.keepInt();
    }
  }

  /** Goes to {@code label} if the next vector is not to be tried. */
  void avoid(Label label) {
    if (any) {
      builder.iload(skip).ifgt(label);
    }
  }

  /** The same, and counts that vector. */
  void skip(Label label) {
    if (any) {
      Label tries = builder.newLabel();
      builder.iload(skip).ifle(tries);
      builder.iinc(skip, -1).goto_(label);
      builder.labelBinding(tries);
    }
  }

  /** A vector was as guessed. */
  void restore() {
    if (any) {
      builder.iconst_0().istore(failures);
    }
  }

  /** A vector was not; the second in a row has one skipped, the next three, and so on. */
  void lose() {
    if (any) {
      builder.iload(failures).istore(skip);
      builder.iload(failures).iconst_1().ishl().iconst_1().iadd();
      builder.loadConstant(MOST_SKIPPED).iand().istore(failures);
    }
  }
}
