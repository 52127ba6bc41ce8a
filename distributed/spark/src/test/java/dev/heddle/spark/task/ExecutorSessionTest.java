package dev.heddle.spark.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExecutorSessionTest {
  @Test
  void coresComeFromTheCommandThatStartsAnExecutor() {
    String backend =
        "org.apache.spark.executor.CoarseGrainedExecutorBackend --driver-url spark://d";
    assertEquals(16, ExecutorSession.coresOf(backend + " --executor-id 0 --cores 16 --app-id a"));
    assertEquals(0, ExecutorSession.coresOf(backend + " --executor-id 0 --app-id a"));
    assertEquals(0, ExecutorSession.coresOf("my.Tool --cores 16"));
    assertEquals(0, ExecutorSession.coresOf(""));
  }
}
