package dev.heddle.spark;

import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.task.JobSpec;
import dev.heddle.spark.task.Output;
import dev.heddle.spark.task.PartReport;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.jspecify.annotations.Nullable;

/** Has Spark do a job, and tells the user's words for how it ends. */
final class Actions {
  private final HeddleSpark spark;

  Actions(HeddleSpark spark) {
    this.spark = spark;
  }

  /**
   * Computes the outputs, and brings the reports.
   *
   * @throws RunException if a part failed, Spark gave up, or the time is over
   */
  List<PartReport> reports(Content.Outputs outputs, JobSpec spec) {
    String kernel = spec.launches().getFirst().kernel();
    spark.context().setJobDescription("heddle " + kernel);
    JavaFutureAction<List<Output>> action =
        outputs.rdd().values().filter(output -> output instanceof PartReport).collectAsync();
    try {
      return Job.sorted(action.get(spec.settings().timeoutNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      action.cancel(true);
      throw new RunException(
          RunException.Kind.TIMEOUT,
          "%s did not end within %.1f s; Spark was told to stop it"
              .formatted(kernel, spec.settings().timeoutNanos() / 1e9));
    } catch (InterruptedException e) {
      action.cancel(true);
      Thread.currentThread().interrupt();
      throw new RunException(RunException.Kind.CANCELLED, kernel + " was cancelled");
    } catch (ExecutionException e) {
      throw gaveUp(kernel, e.getCause());
    } finally {
      spark.context().setJobDescription(null);
    }
  }

  private static RunException gaveUp(String kernel, @Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof RunException known) {
        return known;
      }
    }
    return new RunException(
        RunException.Kind.DEVICE_LOST,
        "Spark gave up on %s: %s".formatted(kernel, firstLine(cause)),
        null,
        cause);
  }

  private static String firstLine(@Nullable Throwable cause) {
    String text = cause == null ? "" : String.valueOf(cause.getMessage());
    return text.lines().findFirst().orElse("");
  }
}
