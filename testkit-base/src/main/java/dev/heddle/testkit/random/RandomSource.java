package dev.heddle.testkit.random;

import java.util.List;

/**
 * A random kernel in OpenCL C that is free of races, so that every device has to compute the same
 * bits; its accesses may leave their buffers, and its divisors may be zero.
 *
 * <p>Parameters of kernel {@code fuzz}: {@code int n}, {@code float a}, {@code __global const int
 * *in}, {@code __global const uchar *bytes}, {@code __global int *cells} (atomics), {@code __local
 * int *scratch} ({@code 4 * local size} bytes), {@code __global uchar *out} ({@link #OUT_BYTES} for
 * each item).
 *
 * @param statements of the kernel: declarations, what it does, and the stores of its results
 */
public record RandomSource(List<SourceStatement> statements) {
  public static final int IN_BYTES = 256;
  public static final int BYTES_BYTES = 64;
  public static final int CELLS_BYTES = 128;
  public static final int OUT_BYTES = 512;

  public RandomSource {
    statements = List.copyOf(statements);
  }

  /** The kernel of that seed. */
  public static RandomSource generate(long seed, boolean doubles) {
    return new SourceGenerator(seed, doubles).kernel();
  }

  /** Kernels with something left out; not all of them compile. */
  public List<RandomSource> smaller() {
    return SourceStatement.smaller(statements).stream().map(RandomSource::new).toList();
  }

  /** Whether it may write beyond the end of its output. */
  public boolean writesWildly() {
    return text().contains(SourceGenerator.BEYOND);
  }

  /** The whole file. */
  public String text() {
    return SourceGenerator.head() + SourceStatement.text(statements, "  ") + "}\n";
  }
}
