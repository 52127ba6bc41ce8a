package dev.heddle.spark;

import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;

/**
 * How kernels run over a cluster.
 *
 * @param partitions parts of each launch; 0: as many as suit the executors and the data
 * @param exchangeEvery steps of an iteration between two exchanges with the neighbouring blocks; 0:
 *     as many as cost a part little work done twice
 * @param run how each executor runs its part
 */
public record SparkOptions(int partitions, int exchangeEvery, RunOptions run) {
  public static final SparkOptions DEFAULT = new SparkOptions(0, 0, RunOptions.DEFAULT);

  public SparkOptions {
    if (partitions < 0 || exchangeEvery < 0) {
      throw RunException.usage(
          "partitions and steps between exchanges are 1 or more, or 0 for what suits; not "
              + partitions
              + " and "
              + exchangeEvery);
    }
    if (run.redundant()) {
      throw RunException.usage("a redundant run is of one machine, not of a cluster");
    }
  }

  public SparkOptions withPartitions(int parts) {
    return new SparkOptions(parts, exchangeEvery, run);
  }

  public SparkOptions withExchangeEvery(int steps) {
    return new SparkOptions(partitions, steps, run);
  }

  public SparkOptions with(RunOptions options) {
    return new SparkOptions(partitions, exchangeEvery, options);
  }
}
