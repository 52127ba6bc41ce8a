package dev.heddle.compiler.ir;

/** Atomic read-modify-write operators on I32 or I64 in global or local memory. */
public enum AtomicOp {
  ADD("add", true),
  SUB("sub", false),
  AND("and", true),
  OR("or", true),
  XOR("xor", true),
  SMIN("smin", true),
  SMAX("smax", true),
  UMIN("umin", true),
  UMAX("umax", true),
  EXCHANGE("exchange", false),
  /** Two operands: expected, replacement. */
  COMPARE_EXCHANGE("compare_exchange", false);

  private final String text;
  private final boolean commutative;

  AtomicOp(String text, boolean commutative) {
    this.text = text;
    this.commutative = commutative;
  }

  public String text() {
    return text;
  }

  /** Whether the final content of memory does not depend on the order of several of these. */
  public boolean commutative() {
    return commutative;
  }

  /** Number of value operands beside the place in memory. */
  public int operands() {
    return this == COMPARE_EXCHANGE ? 2 : 1;
  }
}
