package dev.heddle.compiler.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of affine forms: an id, a loop counter, or a value that is no affine form itself.
 * Terms are compared by identity.
 */
final class Term {
  /** What a term stands for. */
  enum Kind {
    GLOBAL_ID,
    LOCAL_ID,
    GROUP_ID,
    /** Trips of a loop done so far. */
    COUNTER,
    /** {@code floor(form / by)}. */
    QUOTIENT,
    /** {@code form - by * floor(form / by)}. */
    REMAINDER,
    MINIMUM,
    MAXIMUM,
    PRODUCT,
    /** One of several forms. */
    CHOICE,
    /** A value of which only the range is known. */
    OPAQUE
  }

  /** Why a value is opaque. */
  enum Origin {
    NONE,
    LOADED,
    WRAPS,
    NONLINEAR,
    LOOP,
    UNKNOWN
  }

  final int index;
  final Kind kind;
  final Origin origin;

  /** The dimension of an id, the label of a loop. */
  final int number;

  /** Its values anywhere in the kernel. */
  final Interval range;

  /** The forms it is computed from. */
  final List<Form> operands;

  /** The divisor of a quotient or remainder. */
  final long by;

  /** Whether lanes of a row may have different values. */
  final boolean varies;

  /** Name of the unknown argument or size that it depends on, if any. */
  final @Nullable String unknown;

  Term(
      int index,
      Kind kind,
      Origin origin,
      int number,
      Interval range,
      List<Form> operands,
      long by,
      boolean varies,
      @Nullable String unknown) {
    this.index = index;
    this.kind = kind;
    this.origin = origin;
    this.number = number;
    this.range = range;
    this.operands = operands;
    this.by = by;
    this.varies = varies;
    this.unknown = unknown;
  }

  boolean isId() {
    return kind == Kind.GLOBAL_ID || kind == Kind.LOCAL_ID || kind == Kind.GROUP_ID;
  }

  /** Whether its value follows from other terms. */
  boolean isDerived() {
    return !operands.isEmpty();
  }
}
