package dev.heddle.cli.bench;

import java.util.List;

/**
 * How much is measured. Opening a probe compiles and warms up; the time for that is bounded, and
 * what does not fit is named in the report.
 *
 * @param openNanos after which no further probe is opened
 * @param totalNanos after which measuring ends, once every probe was gone through
 * @param warmUpNanos a probe is warmed up for at most
 * @param rounds how often all probes are gone through
 * @param sliceNanos for a probe in a round
 * @param largestCopy bytes
 * @param sizes how many sizes of a sweep are left out between two: 1 for none
 * @param kernels library kernels; empty: all
 */
record Limits(
    long openNanos,
    long totalNanos,
    long warmUpNanos,
    int rounds,
    long sliceNanos,
    long largestCopy,
    int sizes,
    List<String> kernels) {
  private static final long MILLI = 1_000_000L;

  static final Limits QUICK =
      new Limits(
          22_000 * MILLI,
          32_000 * MILLI,
          300 * MILLI,
          5,
          4 * MILLI,
          64L << 20,
          2,
          List.of(
              "stream/triad.cl",
              "finance/black_scholes.cl",
              "climate/heat_2d.cl",
              "linear-algebra/matmul_blocked.cl",
              "fractal/mandelbrot.cl",
              "hashing/integer_hash.cl"));

  static final Limits FULL =
      new Limits(
          110_000 * MILLI, 170_000 * MILLI, 800 * MILLI, 7, 10 * MILLI, 1L << 30, 1, List.of());
}
