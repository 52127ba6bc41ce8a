package dev.heddle.spark.task;

import dev.heddle.runtime.api.Session;
import java.util.List;
import org.apache.spark.SparkEnv;

/**
 * What becomes of an executor whose device was lost: a driver that lost a device serves the process
 * no more, so the executor ends, and Spark puts a new one in its place that runs the part again.
 */
final class LostDevices {
  /** The exit code of an executor that gave itself up. */
  static final int EXIT = 9;

  /** Spark's name of the executor that the driver itself is, with a master {@code local[n]}. */
  private static final String DRIVER = "driver";

  private static final System.Logger LOG = System.getLogger(LostDevices.class.getName());

  private LostDevices() {}

  static void leaveIfAny(Session session) {
    List<String> lost = session.lost();
    SparkEnv environment = SparkEnv.get();
    boolean alone = environment == null || environment.executorId().equals(DRIVER);
    if (lost.isEmpty() || alone) {
      return;
    }
    LOG.log(System.Logger.Level.ERROR, "this executor ends: " + String.join("; ", lost));
    // closing the session could hang in the lost device's driver
    Runtime.getRuntime().halt(EXIT);
  }
}
