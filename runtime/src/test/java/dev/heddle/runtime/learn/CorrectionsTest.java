package dev.heddle.runtime.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {
  private static final CorrectionKey KEY = new CorrectionKey("k-1", "cpu:0", 20, "vector", false);

  @Test
  void oneMeasurementIsBelieved() {
    Correction correction = Correction.NONE.learn(100, 400, 0);
    assertEquals(4, correction.factor(), 1e-9);
    assertEquals(1, correction.samples());
  }

  @Test
  void noiseAveragesOutAndTheSpreadIsLearned() {
    Random random = new Random(3);
    Correction correction = Correction.NONE;
    for (int i = 0; i < 200; i++) {
      correction = correction.learn(100, 200 * Math.exp(0.05 * random.nextGaussian()), 0);
    }
    assertEquals(2, correction.factor(), 0.15);
    assertTrue(correction.sigma() > 0.02 && correction.sigma() < 0.1, "" + correction);
  }

  @Test
  void otherKernelsLengthenPredictionsByAFactorOfFourAtMost() {
    CorrectionKey general = KEY.general("memory", 0);
    Corrections corrections = new Corrections();
    corrections.learn(general, 100, 5_000, 0);
    assertEquals(4, corrections.of(KEY, general, Correction.NONE).factor(), 1e-9);
    corrections.learn(KEY, 100, 5_000, 0);
    assertEquals(50, corrections.of(KEY, general, Correction.NONE).factor(), 1e-9);
  }

  @Test
  void kernelsThatDifferCountTheSameForOthers() {
    CorrectionKey general = KEY.general("compute", 0);
    Corrections corrections = new Corrections();
    corrections.average(general, 100, 100);
    corrections.average(general, 100, 100);
    corrections.average(general, 100, 800);
    Correction average = corrections.of(general).orElse(Correction.NONE);
    assertEquals(2, average.factor(), 1e-9, "the geometric mean of 1, 1 and 8");
    assertTrue(average.sigma() > Correction.NONE.sigma(), "they differ widely: " + average);
  }

  @Test
  void aSingleWildMeasurementMovesItLittle() {
    Correction correction = Correction.NONE;
    for (int i = 0; i < 20; i++) {
      correction = correction.learn(100, 100, 0);
    }
    assertTrue(correction.learn(100, 10_000, 0).factor() < 1.2);
  }

  @Test
  void twoWildMeasurementsStartItAnew() {
    Correction correction = Correction.NONE;
    for (int i = 0; i < 20; i++) {
      correction = correction.learn(100, 100, 0);
    }
    correction = correction.learn(100, 1_000, 0).learn(100, 1_000, 0);
    assertEquals(10, correction.factor(), 1e-9);
    assertEquals(0.25, correction.sigma());
    assertEquals(1, correction.samples());
  }

  @Test
  void unevenPartsKeepTheSpreadWide() {
    Correction correction = Correction.NONE;
    for (int i = 0; i < 50; i++) {
      correction = correction.learn(100, 200, 1.5);
    }
    assertEquals(2, correction.factor(), 1e-9);
    assertEquals(1.5, correction.sigma());
  }

  @Test
  void aNeighbouringSizeHelpsWithLessTrust() {
    Corrections corrections = new Corrections();
    corrections.learn(KEY, 100, 300, 0);
    Correction near =
        corrections
            .of(new CorrectionKey("k-1", "cpu:0", 22, "vector", false))
            .orElse(Correction.NONE);
    assertEquals(3, near.factor(), 1e-9);
    assertTrue(near.sigma() > corrections.of(KEY).orElse(Correction.NONE).sigma());
    assertEquals(
        Correction.NONE,
        corrections
            .of(new CorrectionKey("k-1", "cpu:0", 20, "scalar", false))
            .orElse(Correction.NONE));
    assertEquals(
        Correction.NONE,
        corrections
            .of(new CorrectionKey("k-1", "cpu:0", 40, "vector", false))
            .orElse(Correction.NONE));
  }

  @Test
  void whatWasLearnedAloneHelpsInCompanyWithLessTrust() {
    Corrections corrections = new Corrections();
    corrections.learn(KEY, 100, 300, 0);
    CorrectionKey together = new CorrectionKey("k-1", "cpu:0", 20, "vector", true);
    Correction helped = corrections.of(together).orElse(Correction.NONE);
    assertEquals(3, helped.factor(), 1e-9);
    assertEquals(0, helped.samples());
    assertTrue(helped.sigma() > corrections.of(KEY).orElse(Correction.NONE).sigma());
    corrections.learn(together, 100, 600, 0);
    assertEquals(6, corrections.of(together).orElse(Correction.NONE).factor(), 1e-9);
    assertEquals(
        3,
        corrections.of(KEY).orElse(Correction.NONE).factor(),
        1e-9,
        "alone it is as fast as before");
  }

  @Test
  void whatIsKeptComesBack(@TempDir Path folder) {
    Corrections corrections = new Corrections();
    corrections.learn(KEY, 100, 300, 0);
    CorrectionKey together = new CorrectionKey("k-1", "cpu:0", 20, "vector", true);
    corrections.learn(together, 100, 600, 0);
    CorrectionStore store = new CorrectionStore(folder);
    store.save(corrections);
    assertEquals(3, store.load().of(KEY).orElse(Correction.NONE).factor(), 1e-9);
    assertEquals(6, store.load().of(together).orElse(Correction.NONE).factor(), 1e-9);
  }

  @Test
  void twoWildMeasurementsStartItAnewInTwoProcessesToo(@TempDir Path folder) {
    CorrectionStore store = new CorrectionStore(folder);
    Corrections slow = new Corrections();
    slow.learn(KEY, 100, 40_000, 0);
    store.save(slow);
    for (int process = 0; process < 2; process++) {
      Corrections corrections = store.load();
      corrections.learn(KEY, 100, 300, 0);
      store.save(corrections);
    }
    assertEquals(3, store.load().of(KEY).orElse(Correction.NONE).factor(), 1e-9);
  }

  @Test
  void twoProcessesKeepWhatTheOtherLearned(@TempDir Path folder) {
    CorrectionStore store = new CorrectionStore(folder);
    Corrections one = new Corrections();
    one.learn(KEY, 100, 300, 0);
    Corrections other = new Corrections();
    CorrectionKey otherKey = new CorrectionKey("k-2", "cpu:0", 20, "vector", false);
    other.learn(otherKey, 100, 500, 0);
    store.save(one);
    store.save(other);
    assertEquals(3, store.load().of(KEY).orElse(Correction.NONE).factor(), 1e-9);
    assertEquals(5, store.load().of(otherKey).orElse(Correction.NONE).factor(), 1e-9);
  }

  @Test
  void aDamagedFileCountsAsEmptyAndIsMended(@TempDir Path folder) throws IOException {
    for (String damage :
        new String[] {
          "",
          "{",
          "[]",
          "{\"format\":\"heddle-corrections\",\"version\":4,\"corrections\":[{\"kernel\":1}]}",
          "{\"format\":\"heddle-corrections\",\"version\":4,\"corrections\":[{\"kernel\":\"k\","
              + "\"view\":\"v\",\"bucket\":\"x\",\"tier\":\"t\",\"mean\":1,\"sigma\":1,"
              + "\"samples\":1}]}",
          "{\"format\":\"other\",\"version\":4,\"corrections\":[]}",
        }) {
      Files.writeString(folder.resolve("corrections.json"), damage);
      CorrectionStore store = new CorrectionStore(folder);
      assertEquals(Correction.NONE, store.load().of(KEY).orElse(Correction.NONE), damage);
      Corrections corrections = new Corrections();
      corrections.learn(KEY, 100, 300, 0);
      store.save(corrections);
      assertEquals(3, store.load().of(KEY).orElse(Correction.NONE).factor(), 1e-9, damage);
    }
  }
}
