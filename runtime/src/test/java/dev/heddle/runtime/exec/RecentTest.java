package dev.heddle.runtime.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RecentTest {
  private static final Recent FIRST = new Recent("device", "vector", 0.5, 0.5, 0.5);

  @Test
  void oneSlowRunIsNotExpectedAgain() {
    assertEquals(0.5, FIRST.then(3).mean());
  }

  @Test
  void twoSlowRunsAre() {
    assertEquals(2, FIRST.then(3).then(2).mean());
  }

  @Test
  void whatItTakesUndisturbedRisesSlowlyAndFallsAtOnce() {
    Recent slow = FIRST;
    for (int run = 0; run < 5; run++) {
      slow = slow.then(0.9);
    }
    assertEquals(0.66, slow.least(), 0.01, "by a tenth of the difference with each run");
    assertEquals(0.54, FIRST.then(30).least(), 0.01, "a wild run says little");
    assertEquals(0.4, slow.then(0.4).least());
  }

  @Test
  void aFasterRunIsBelievedAtOnce() {
    assertEquals(-1, FIRST.then(-1).mean());
  }
}
