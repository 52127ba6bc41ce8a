package dev.heddle.backend.cuda;

/**
 * One of the ways in which a kernel is compiled.
 *
 * @param apart whether the memory of parameters that are only read is none that others write
 * @param groupSize work-items of a group that must fit; 0 if the compiler is free
 */
record Variant(boolean apart, int groupSize) {
  /** What suits most launches. */
  static final Variant FIRST = new Variant(true, 0);
}
