package dev.heddle.compiler.ir;

/** Where a {@link Root} lives and who shares it. */
public enum AddressSpace {
  /** One copy per launch, seen by all work-items. */
  GLOBAL,
  /** One copy per launch, never written. */
  CONSTANT,
  /** One copy per work-group. */
  LOCAL,
  /** One copy per work-item. */
  PRIVATE
}
