package dev.heddle.spark;

import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import java.util.List;

/**
 * How a run over a cluster went.
 *
 * @param execution the run as a whole; its devices are {@code executor/device}, such as {@code
 *     0/cpu:0}
 * @param shares what each executor's devices did, in the order of the executors
 * @param parts number of parts of the launch
 * @param exchanges how often blocks were exchanged between executors
 */
public record SparkExecution(
    Execution execution, List<ExecutorShare> shares, int parts, int exchanges) {
  public SparkExecution {
    shares = List.copyOf(shares);
  }

  /**
   * One device's work on one executor.
   *
   * @param parts number of parts that it had work of
   * @param taskNanos what those tasks took in all, with reading and handing over
   */
  public record ExecutorShare(
      String executor, String host, int parts, long taskNanos, DeviceShare device) {}
}
