package dev.heddle.spark.task;

import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.run.RunException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a part went.
 *
 * @param executor Spark's name of the executor
 * @param nanos of the task's own work: reading, running, handing over
 * @param shares what each device did, in each launch
 * @param remarks what else the user should know, one sentence each
 * @param failure what went wrong in a way that another attempt would not mend; null if nothing did
 */
public record PartReport(
    int part,
    String executor,
    String host,
    long nanos,
    List<DeviceShare> shares,
    List<String> remarks,
    String printed,
    @Nullable Failure failure)
    implements Output {
  public PartReport {
    shares = List.copyOf(shares);
    remarks = List.copyOf(remarks);
  }

  /** A failure that is the kernel's or the user's. */
  public record Failure(RunException.Kind kind, String message, List<KernelFault> faults)
      implements Serializable {
    public Failure {
      faults = List.copyOf(faults);
    }
  }
}
