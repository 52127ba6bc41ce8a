package dev.heddle.spark.task;

import org.apache.spark.SparkEnv;

/** The executor that this JVM is, by Spark's name, and its host. */
record Here(String executor, String host) {
  static Here now() {
    SparkEnv environment = SparkEnv.get();
    return new Here(environment.executorId(), environment.blockManager().blockManagerId().host());
  }
}
