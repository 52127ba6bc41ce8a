package dev.heddle.testkit.ptx;

import java.util.List;

/** What follows an opcode (ISA chapter 6). */
sealed interface Operand {
  /** A declared register: its place in a thread's frame. */
  record Register(String name, int slot, PtxType type) implements Operand {}

  /** A special register, a variable plus an offset, a label, or the sink {@code _}. */
  record Name(String name, long offset) implements Operand {}

  /** An integer constant. */
  record Whole(long value) implements Operand {}

  /**
   * A floating-point constant.
   *
   * @param exact the type that its spelling ({@code 0f...}, {@code 0d...}) fixes, or PRED for a
   *     decimal, which fits both
   */
  record Real(double value, long bits, PtxType exact) implements Operand {}

  /** {@code [base + offset]}. */
  record Address(Operand base, long offset) implements Operand {}

  /** <code>{a, b, ...}</code>. */
  record Vector(List<Operand> parts) implements Operand {}

  /** {@code !p}. */
  record Not(Operand predicate) implements Operand {}

  /** {@code p|q}. */
  record Pair(Operand first, Operand second) implements Operand {}
}
