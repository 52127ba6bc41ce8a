package dev.heddle.spark;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Keeps which executors went away and why, to be told in the report of the run it happened in. */
final class Losses extends SparkListener {
  private final List<String> remarks = new CopyOnWriteArrayList<>();

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    remarks.add(
        "executor %s went away (%s); what it held or was doing is done again by others"
            .formatted(removed.executorId(), firstLine(removed.reason())));
  }

  private static String firstLine(String reason) {
    return reason.lines().findFirst().orElse("no reason is known").strip();
  }

  int count() {
    return remarks.size();
  }

  /** What happened after there were {@code count} of them, one sentence each. */
  List<String> since(int count) {
    return List.copyOf(remarks.subList(count, remarks.size()));
  }
}
