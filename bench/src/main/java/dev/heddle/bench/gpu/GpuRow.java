package dev.heddle.bench.gpu;

import dev.heddle.bench.Samples;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one kernel, times in ns. The kernel file's first launch, where it has
 * several.
 *
 * @param sizes the arguments that set the size
 * @param bytes in its buffers
 * @param kernel on the device, its buffers there already
 * @param bandwidth bytes per second that the kernel reads and writes, each counted once
 * @param wall the same launch as the caller sees it
 * @param withCopies the caller's time if all inputs come from the host and all outputs go back
 * @param alone the caller's time on the CPU, where that is not hopeless, and on the GPU
 * @param together the caller's time on CPU and GPU, shares by the planner
 * @param overBest time together over that of the better one alone, by round
 * @param shares of the work-items in the last run together
 */
record GpuRow(
    String name,
    String sizes,
    long bytes,
    Samples kernel,
    double bandwidth,
    Samples wall,
    Samples withCopies,
    Optional<Twin> twin,
    Map<String, Samples> alone,
    Samples together,
    Samples overBest,
    Map<String, Double> shares) {
  /**
   * The CUDA C++ for the same work.
   *
   * @param kernel on the device, its buffers there already
   * @param ratio its time over Heddle's, by round: over 1 where Heddle is faster
   * @param withCopies with plain copies of all buffers in and the outputs back
   * @param difference largest of the results, relative to the largest value; 0: the same bits
   */
  record Twin(Samples kernel, Samples ratio, Samples withCopies, double difference) {}
}
