package dev.heddle.spark.cli;

import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;

/** One line on the terminal that says how far Spark is; nothing where there is no terminal. */
final class Progress implements AutoCloseable {
  private static final int EVERY_MILLIS = 200;
  private static final String CLEAR = "\r\u001b[K";

  private final JavaSparkContext context;
  private final Thread thread;
  private volatile boolean over;

  private Progress(JavaSparkContext context) {
    this.context = context;
    this.thread = new Thread(this::watch, "heddle-progress");
    thread.setDaemon(true);
  }

  static Progress start(JavaSparkContext context) {
    Progress progress = new Progress(context);
    if (System.console() != null && System.console().isTerminal()) {
      progress.thread.start();
    }
    return progress;
  }

  private void watch() {
    try {
      while (!over) {
        for (int stage : context.statusTracker().getActiveStageIds()) {
          SparkStageInfo info = context.statusTracker().getStageInfo(stage);
          if (info != null) {
            System.err.print(
                CLEAR
                    + "stage %d: %d of %d parts done, %d running"
                        .formatted(
                            stage,
                            info.numCompletedTasks(),
                            info.numTasks(),
                            info.numActiveTasks()));
          }
        }
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      // the end
    }
    System.err.print(CLEAR);
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
