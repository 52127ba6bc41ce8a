package dev.heddle.compiler.ir;

/** What an operator costs, coarsely; the work estimate counts by these classes. */
public enum CostClass {
  /** Integer and logic operations of one issue slot, moves, selects, comparisons. */
  SIMPLE,
  /** Integer multiplication. */
  INTEGER_MULTIPLY,
  /** Integer division and remainder. */
  INTEGER_DIVIDE,
  /** Floating-point addition, multiplication, fma, conversion, rounding. */
  FLOAT,
  /** Floating-point division and square root. */
  FLOAT_DIVIDE,
  /** A math function, before it is expanded. */
  TRANSCENDENTAL
}
