package dev.heddle.compiler.interp;

/** What an access out of bounds or misaligned does. In every mode no other memory is touched. */
public enum Bounds {
  /** A load gives 0, a store is dropped; a fault is recorded and the item goes on. */
  TRAP,
  /**
   * The offset moves to the nearest one in range, then down to the alignment; on a root smaller
   * than the access a load gives 0 and a store is dropped. Nothing is recorded.
   */
  CLAMP,
  /** As {@link #TRAP}: what a device does without checks has no meaning to define. */
  OFF
}
