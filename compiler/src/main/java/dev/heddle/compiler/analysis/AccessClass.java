package dev.heddle.compiler.analysis;

/** How the work-items of a row reach memory in one access. */
public enum AccessClass {
  /** Neighbours touch neighbouring elements. */
  CONTIGUOUS,
  /** Neighbours touch elements at a constant distance. */
  STRIDED,
  /** All touch the same element. */
  UNIFORM,
  /** Anywhere. */
  GATHERED
}
