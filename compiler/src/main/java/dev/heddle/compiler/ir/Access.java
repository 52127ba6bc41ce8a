package dev.heddle.compiler.ir;

import java.util.Objects;

/**
 * The place that a memory op touches: {@code count} consecutive elements of {@code element}, from
 * {@code offset} bytes into {@code root}.
 *
 * @param root the object accessed
 * @param offset byte offset from the start of the root, an I64 value; it may be out of bounds
 * @param element type of one element in memory
 * @param count number of consecutive elements, 1 to 16
 * @param alignment in bytes, what the access requires of the offset; a power of two
 * @param guard whether range and alignment are to be checked when the access is executed
 */
public record Access(Root root, Value offset, Type element, int count, int alignment, Guard guard) {
  /** How an access is protected. */
  public enum Guard {
    /** Checked, as the launch's bounds mode says. */
    CHECKED,
    /** Proven in range and aligned for this launch: no check. */
    PROVEN
  }

  public Access {
    Objects.requireNonNull(root);
    Objects.requireNonNull(guard);
    if (offset.type() != Type.I64) {
      throw new IllegalArgumentException("offset of type " + offset.type());
    }
    if (count < 1 || count > 16) {
      throw new IllegalArgumentException("count " + count);
    }
    if (Integer.bitCount(alignment) != 1) {
      throw new IllegalArgumentException("alignment " + alignment);
    }
  }

  /** Bytes touched. */
  public int bytes() {
    return element.bytes() * count;
  }

  public Access withOffset(Value newOffset) {
    return new Access(root, newOffset, element, count, alignment, guard);
  }

  public Access withRoot(Root newRoot) {
    return new Access(newRoot, offset, element, count, alignment, guard);
  }

  public Access withGuard(Guard newGuard) {
    return new Access(root, offset, element, count, alignment, newGuard);
  }
}
