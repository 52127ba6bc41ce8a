package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Root;

/**
 * Where the private arrays of a program lie in scratch memory. Scratch memory has room for {@code
 * capacity} work-items, each in a slot. An array whose accesses all have one element size is
 * interleaved: the same element of neighbouring slots lies side by side.
 *
 * <pre>
 * interleaved:  scratch + capacity * prefix(root) + offset * capacity + slot * granule(root)
 *               (element k of an access: with offset + k * granule)
 * else:         scratch + capacity * prefix(root) + slot * stride(root) + offset
 * </pre>
 *
 * In a stateful program slot and capacity come from the frame; in one of a single segment the
 * emitter uses any slots below {@link #FREE_CAPACITY}, with a capacity of its own choice up to that,
 * and makes the arrays of {@link #zeroed} zero for each work-item.
 */
public interface PrivateLayout {
  /** Slots that a program of one segment may use. */
  int FREE_CAPACITY = 64;

  /** Whether equal elements of neighbouring slots lie side by side. */
  boolean interleaved(Root.Array root);

  /** Element size of an interleaved array, in bytes. */
  int granule(Root.Array root);

  /** Bytes of one slot in an array that is not interleaved; a multiple of 16. */
  long stride(Root.Array root);

  /** Bytes per slot of the arrays before this one; a multiple of 16. */
  long prefix(Root.Array root);

  /** Bytes per slot of all arrays. */
  long bytesPerSlot();

  /** Whether something may read the array before it was written. */
  boolean zeroed(Root.Array root);
}
