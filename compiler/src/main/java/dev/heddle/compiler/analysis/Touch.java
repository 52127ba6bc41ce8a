package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One access of the kernel, as one launch executes it.
 *
 * @param op the op of the kernel that makes it
 * @param offset byte offset within the root
 * @param box the ranges of the terms at the place of the access
 * @param facts what else is known of the terms there
 * @param doubts number of conditions on the way to it that the box does not mirror; with 0 it is
 *     executed for every combination of the terms in the box
 * @param proven whether it is in range and aligned
 * @param atomic its operator, if it is an atomic
 * @param resultUsed whether an atomic's result is used
 * @param weight how often a work-item executes it on average
 */
record Touch(
    Kind kind,
    Op op,
    Access access,
    Form offset,
    Box box,
    List<Context.Fact> facts,
    int doubts,
    boolean proven,
    @Nullable AtomicOp atomic,
    boolean resultUsed,
    double weight) {
  /** Doubts that no second arm of a branch can settle. */
  static final int NEVER = 1 << 20;

  /** What it does. */
  enum Kind {
    READ,
    WRITE,
    ATOMIC
  }

  Span span() {
    return op.span();
  }

  Root root() {
    return access.root();
  }

  int bytes() {
    return access.bytes();
  }

  /** The same access at any place of its root. */
  Touch anywhere(Terms terms) {
    Term place =
        terms.opaque(
            new Interval(Long.MIN_VALUE, Long.MAX_VALUE), Term.Origin.NONLINEAR, true, null);
    return new Touch(
        kind, op, access, Form.of(place), box, facts, NEVER, proven, atomic, resultUsed, weight);
  }

  /** Whether it is executed for every combination of the terms in the box. */
  boolean exact() {
    return doubts == 0;
  }

  Touch withDoubts(int fewer) {
    return new Touch(
        kind, op, access, offset, box, facts, fewer, proven, atomic, resultUsed, weight);
  }

  /** Whether both write the same bytes. */
  boolean writesAs(Touch other) {
    return kind == Kind.WRITE
        && other.kind == Kind.WRITE
        && root().equals(other.root())
        && bytes() == other.bytes()
        && offset.equals(other.offset);
  }

  /** Whether another access of the list surely writes all that this one may write. */
  boolean coveredByAny(List<Touch> others) {
    return !exact() && others.stream().anyMatch(other -> other != this && other.covers(this));
  }

  private boolean covers(Touch other) {
    return exact()
        && kind == Kind.WRITE
        && bytes() >= other.bytes()
        && offset.equals(other.offset)
        && other.box.within(box);
  }

  boolean writes() {
    return kind != Kind.READ;
  }

  boolean reads() {
    return kind != Kind.WRITE;
  }
}
