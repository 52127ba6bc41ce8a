package dev.heddle.runtime.spi;

/**
 * How to compile a kernel.
 *
 * @param math whose math functions and contraction rules hold
 * @param bounds what a checked access out of bounds does
 */
public record CompileOptions(MathMode math, BoundsMode bounds) {
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

  public static final CompileOptions DEFAULT =
      new CompileOptions(MathMode.REPRODUCIBLE, BoundsMode.TRAP);
}
