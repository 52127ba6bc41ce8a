package dev.heddle.testkit.ptx;

/**
 * How a kernel is launched.
 *
 * @param dynamicShared bytes
 * @param parameters the parameter space, as the kernel lays it out
 * @param instructions how many all threads together may execute
 * @param order a seed for the order of blocks and threads, or 0 for ascending
 */
public record PtxLaunch(
    Size grid, Size block, int dynamicShared, byte[] parameters, long instructions, long order) {
  private static final long PLENTY = 2_000_000_000L;

  /** Of blocks in a grid, or of threads in a block. */
  public record Size(int x, int y, int z) {
    public Size {
      if (x <= 0 || y <= 0 || z <= 0) {
        throw new IllegalArgumentException("size " + x + ", " + y + ", " + z);
      }
    }

    int count() {
      return Math.multiplyExact(Math.multiplyExact(x, y), z);
    }
  }

  /** Of a block in the grid. */
  record Place(int x, int y, int z) {}

  /** In ascending order, with no dynamic shared memory. */
  public static PtxLaunch of(Size grid, Size block, byte[] parameters) {
    return new PtxLaunch(grid, block, 0, parameters, PLENTY, 0);
  }

  public PtxLaunch withDynamicShared(int bytes) {
    return new PtxLaunch(grid, block, bytes, parameters, instructions, order);
  }

  public PtxLaunch withInstructions(long most) {
    return new PtxLaunch(grid, block, dynamicShared, parameters, most, order);
  }

  public PtxLaunch withOrder(long seed) {
    return new PtxLaunch(grid, block, dynamicShared, parameters, instructions, seed);
  }
}
