package dev.heddle.runtime.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RecentTest {
  private static final Recent FIRST = new Recent("device", "vector", 0.5, 0.5);

  @Test
  void oneSlowRunIsNotExpectedAgain() {
    assertEquals(0.5, FIRST.then(3).mean());
  }

  @Test
  void twoSlowRunsAre() {
    assertEquals(2, FIRST.then(3).then(2).mean());
  }

  @Test
  void aFasterRunIsBelievedAtOnce() {
    assertEquals(-1, FIRST.then(-1).mean());
  }
}
