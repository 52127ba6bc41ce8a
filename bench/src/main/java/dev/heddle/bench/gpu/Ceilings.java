package dev.heddle.bench.gpu;

/**
 * What CUDA's own copies and launches reach, in bytes per second and ns.
 *
 * @param memory read and written by a copy within the device's memory
 * @param in from pinned host memory, and {@code out}: to it
 * @param both in and out at the same time, added
 * @param launch of an empty kernel, until the host knows that it is done
 */
record Ceilings(double memory, double in, double out, double both, double launch) {
  private static final long BYTES = 1L << 28;

  static Ceilings measure(CudaTwins twins) {
    return new Ceilings(
        twins.memoryBytes(4 * BYTES),
        twins.copyBytes(BYTES, true, false),
        twins.copyBytes(BYTES, false, true),
        twins.copyBytes(BYTES, true, true),
        twins.launchNanos());
  }
}
