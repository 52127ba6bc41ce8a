package dev.heddle.runtime.spi;

import java.util.Set;

/**
 * How to compile a kernel.
 *
 * @param math whose math functions and contraction rules hold
 * @param bounds what a checked access out of bounds does
 * @param finiteLoops labels of the loops proven to end; the others poll for cancellation where a
 *     device cannot stop a kernel otherwise
 * @param arrays positions of the buffers that are Java arrays of the parameter's element type, or
 *     null; none of them is used by an atomic operation. Empty for a device that does not take them
 */
public record CompileOptions(
    MathMode math, BoundsMode bounds, Set<Integer> finiteLoops, Set<Integer> arrays) {
  /** Where the bits of floating-point results come from. */
  public enum MathMode {
    REPRODUCIBLE,
    FAST
  }

  /** What an access out of bounds does. */
  public enum BoundsMode {
    /** A load gives 0, a store is dropped, the run ends with an error. */
    TRAP,
    /** The offset is moved to the nearest one in range. */
    CLAMP,
    /** No check. */
    OFF
  }

  public CompileOptions {
    finiteLoops = Set.copyOf(finiteLoops);
    arrays = Set.copyOf(arrays);
  }

  /** With no loop proven to end, and no Java arrays. */
  public CompileOptions(MathMode math, BoundsMode bounds) {
    this(math, bounds, Set.of(), Set.of());
  }

  /** The same for Java arrays. */
  public CompileOptions withArrays(Set<Integer> positions) {
    return positions.isEmpty() ? this : new CompileOptions(math, bounds, finiteLoops, positions);
  }

  public static final CompileOptions DEFAULT =
      new CompileOptions(MathMode.REPRODUCIBLE, BoundsMode.TRAP);
}
