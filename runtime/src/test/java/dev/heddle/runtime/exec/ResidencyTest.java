package dev.heddle.runtime.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidencyTest {
  @Test
  void startsOnTheHost() {
    Residency residency = new Residency(100);
    assertTrue(residency.validAt(Residency.HOST));
    assertEquals(Residency.State.MODIFIED, residency.state(Residency.HOST, 0));
    assertEquals(Residency.State.INVALID, residency.state(1, 99));
    assertEquals(List.of(new Residency.Copy(0, 10, 20)), residency.missing(1, 10, 20));
  }

  @Test
  void copiesAreSharedUntilSomeoneWrites() {
    Residency residency = new Residency(100);
    residency.copied(1, 0, 100);
    assertEquals(Residency.State.SHARED, residency.state(1, 50));
    residency.written(2, 40, 60);
    assertEquals(Residency.State.INVALID, residency.state(1, 50));
    assertEquals(Residency.State.MODIFIED, residency.state(2, 50));
    assertEquals(Residency.State.SHARED, residency.state(1, 39));
    assertEquals(20, residency.missingBytes(Residency.HOST, 0, 100));
    assertEquals(3, residency.pieces());
  }

  @Test
  void aGatherMayNeedSeveralOwners() {
    Residency residency = new Residency(30);
    residency.written(1, 0, 10);
    residency.written(2, 10, 20);
    assertEquals(
        List.of(new Residency.Copy(1, 5, 10), new Residency.Copy(2, 10, 20)),
        residency.missing(Residency.HOST, 5, 25));
  }

  @Test
  void whatOnlyALostPlaceHadIsLost() {
    Residency residency = new Residency(30);
    residency.copied(1, 0, 30);
    residency.written(1, 0, 10);
    residency.dropped(1, 0, 30);
    assertEquals(Residency.State.LOST, residency.state(Residency.HOST, 5));
    assertTrue(residency.anyLost(0, 30));
    assertFalse(residency.anyLost(10, 30));
    residency.written(Residency.HOST, 0, 10);
    assertFalse(residency.anyLost(0, 30));
  }

  @Test
  void anEmptyBufferIsValidEverywhere() {
    Residency residency = new Residency(0);
    assertTrue(residency.validAt(3));
    assertEquals(List.of(), residency.missing(3, 0, 0));
  }

  /** Random operations against one set of places for each byte. */
  @Test
  void agreesWithAMapOfEveryByte() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(40);
      Residency residency = new Residency(size);
      long[] model = new long[size];
      Arrays.fill(model, 1);
      for (int step = 0; step < 60; step++) {
        int begin = random.nextInt(size + 1);
        int end = begin + random.nextInt(size + 1 - begin);
        int place = random.nextInt(4);
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> copyMissing(residency, model, place, begin, end);
          case 3, 4, 5 -> {
            residency.written(place, begin, end);
            Arrays.fill(model, begin, end, 1L << place);
          }
          case 6 -> {
            residency.dropped(place, begin, end);
            for (int i = begin; i < end; i++) {
              model[i] &= ~(1L << place);
            }
          }
          default -> {
            residency.written(Residency.HOST, 0, size);
            Arrays.fill(model, 1);
          }
        }
        compare(residency, model, seed + "/" + step);
      }
    }
  }

  private static void copyMissing(
      Residency residency, long[] model, int place, int begin, int end) {
    long covered = 0;
    long previous = begin;
    for (Residency.Copy copy : residency.missing(place, begin, end)) {
      assertTrue(copy.begin() >= previous && copy.end() <= end && copy.bytes() > 0);
      previous = copy.end();
      covered += copy.bytes();
      for (long i = copy.begin(); i < copy.end(); i++) {
        assertTrue((model[(int) i] & 1L << copy.from()) != 0, "the source is valid");
        assertTrue((model[(int) i] & 1L << place) == 0, "only what is missing is copied");
        model[(int) i] |= 1L << place;
      }
      residency.copied(place, copy.begin(), copy.end());
    }
    for (int i = begin; i < end; i++) {
      assertTrue(model[i] == 0 || (model[i] & 1L << place) != 0, "nothing was left out");
    }
    assertTrue(covered <= end - begin);
  }

  private static void compare(Residency residency, long[] model, String where) {
    int pieces = 0;
    for (int i = 0; i < model.length; i++) {
      pieces += i == 0 || model[i] != model[i - 1] ? 1 : 0;
      for (int place = 0; place < 4; place++) {
        Residency.State expected =
            model[i] == 0
                ? Residency.State.LOST
                : (model[i] & 1L << place) == 0
                    ? Residency.State.INVALID
                    : model[i] == 1L << place ? Residency.State.MODIFIED : Residency.State.SHARED;
        assertEquals(expected, residency.state(place, i), where);
      }
    }
    assertEquals(pieces, residency.pieces(), where + ": equal neighbours are joined");
    for (int place = 0; place < 4; place++) {
      long bit = 1L << place;
      long missing = Arrays.stream(model).filter(places -> (places & bit) == 0).count();
      assertEquals(missing, residency.missingBytes(place, 0, model.length), where);
      assertEquals(missing == 0, residency.validAt(place), where);
    }
  }
}
