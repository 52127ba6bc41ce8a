package dev.heddle.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.cli.bench.Comparison.Verdict;
import dev.heddle.cli.bench.Subject.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Comparison compare(Report then, Report now) {
    return Comparison.of(Baseline.of(then), Baseline.of(now));
  }

  private static boolean isKernel(Subject subject) {
    return subject.section() == Section.KERNEL && subject.device().equals("gpu:0");
  }

  @Test
  void theSameMachineGivesNoFalseAlarm() {
    for (int i = 0; i < 300; i++) {
      Comparison comparison = compare(Reports.of(2 * i), Reports.of(2 * i + 1));
      assertFalse(comparison.regressed(), "seeds from " + 2 * i);
      assertTrue(comparison.rows().size() > 100);
    }
  }

  @Test
  void runsThatDifferMoreThanTheirRoundsGiveFewFalseAlarms() {
    int alarms = 0;
    for (int i = 0; i < 300; i++) {
      Comparison comparison = compare(uneven(2 * i), uneven(2 * i + 1));
      assertTrue(
          comparison.notes().toString().contains("not alone"), comparison.notes().toString());
      alarms += comparison.regressed() ? 1 : 0;
    }
    assertTrue(alarms <= 3, alarms + " of 300, where a hundredth was promised");
  }

  @Test
  void aFewMeasuresThatWereDisturbedAreNoRegression() {
    int alarms = 0;
    for (int i = 0; i < 300; i++) {
      alarms += compare(disturbed(2 * i), disturbed(2 * i + 1)).regressed() ? 1 : 0;
    }
    assertTrue(alarms <= 3, alarms + " of 300");
  }

  @Test
  void aProcessInWhichTheCompilerWasStillColdIsNoRegression() {
    Report cold = Reports.of(2, s -> s.section() == Section.COMPILE ? 4 : 1);
    Comparison comparison = compare(Reports.of(1), cold);
    assertTrue(comparison.rows().stream().anyMatch(r -> r.slowdown() > 3), "none was compared");
    assertFalse(comparison.regressed());
  }

  /** Each measure is off by about 10 %, and one in fifty by a factor of 2.2. */
  private static Report disturbed(int seed) {
    Random offs = new Random(new SplittableRandom(seed).nextLong());
    Map<Subject, Double> off = new HashMap<>();
    return Reports.of(
        seed,
        subject ->
            off.computeIfAbsent(
                subject,
                s -> Math.exp(0.1 * offs.nextGaussian()) * (offs.nextInt(50) == 0 ? 2.2 : 1)));
  }

  /** Each measure is off by about 15 % in all rounds of the run. */
  private static Report uneven(int seed) {
    Random offs = new Random(new SplittableRandom(seed).nextLong());
    Map<Subject, Double> off = new HashMap<>();
    return Reports.of(
        seed, subject -> off.computeIfAbsent(subject, s -> Math.exp(0.15 * offs.nextGaussian())));
  }

  @Test
  void whatAllMeasuresOfASortShareCounts() {
    Report half = Reports.of(2, s -> s.section() == Section.ROOFLINE ? 0.5 : 1);
    Comparison comparison = compare(Reports.of(1), half);
    for (Comparison.Row row : comparison.rows()) {
      boolean changed = row.subject().section() == Section.ROOFLINE;
      assertEquals(changed ? Verdict.SLOWER : Verdict.EQUAL, row.verdict(), row.toString());
    }
  }

  @Test
  void whatTakesLongerIsFoundAndNothingElse() {
    int found = 0;
    for (int i = 0; i < 50; i++) {
      Comparison comparison =
          compare(Reports.of(i), Reports.of(1000 + i, s -> isKernel(s) ? 1.5 : 1));
      List<Subject> slower =
          comparison.rows().stream()
              .filter(row -> row.verdict() == Verdict.SLOWER)
              .map(Comparison.Row::subject)
              .toList();
      assertTrue(slower.stream().allMatch(ComparisonTest::isKernel), slower.toString());
      found += slower.size();
    }
    assertTrue(found >= 45, found + " of 50");
  }

  @Test
  void aLowerRateIsSlowerAndAHigherOneFaster() {
    Report half = Reports.of(2, s -> s.section() == Section.STREAM ? 0.5 : 1);
    assertTrue(compare(Reports.of(1), half).regressed());
    Comparison back = compare(half, Reports.of(1));
    assertFalse(back.regressed());
    assertEquals(2, back.rows().stream().filter(row -> row.verdict() == Verdict.FASTER).count());
  }

  @Test
  void aSmallDifferenceIsNoRegression() {
    assertFalse(compare(Reports.of(1), Reports.of(2, s -> isKernel(s) ? 1.1 : 1)).regressed());
  }

  @Test
  void aSlowerMachineIsNoRegressionOfHeddle() {
    // everything takes a third longer, plain Java too
    Report slow = Reports.of(2, s -> s.unit().moreIsBetter() ? 0.75 : 1.33);
    Comparison comparison = compare(Reports.of(1), slow);
    assertFalse(comparison.regressed());
    assertTrue(comparison.notes().getFirst().contains("plain Java"), comparison.notes().toString());
  }

  @Test
  void aMachineThatIsTwiceAsSlowTellsNothing() {
    Report busy =
        Reports.of(
            2,
            s ->
                (s.section() == Section.YARDSTICK ? 2 : isKernel(s) ? 50 : 1)
                    * (s.unit().moreIsBetter() ? 0.5 : 1));
    Comparison comparison = compare(Reports.of(1), busy);
    assertTrue(comparison.rows().stream().allMatch(row -> row.verdict() == Verdict.EQUAL));
    assertTrue(
        comparison.notes().getFirst().contains("measure again"), comparison.notes().toString());
  }

  @Test
  void aReportOfCodeThatWasNotCompiledTellsNothing() {
    List<Measure> measures =
        Baseline.of(Reports.of(2)).measures().stream().map(ComparisonTest::warming).toList();
    Baseline then = Baseline.of(Reports.of(1));
    Baseline cold = new Baseline("", then.devices(), measures);
    Comparison comparison = Comparison.of(then, cold);
    assertFalse(comparison.regressed());
    assertTrue(
        comparison.notes().toString().contains("measures of the new report"),
        comparison.notes().toString());
    assertTrue(Comparison.of(cold, then).notes().toString().contains("measures of the old report"));
  }

  /** Begins four times as slow as it ends, and slower on the whole; but for the yardsticks. */
  private static Measure warming(Measure measure) {
    if (measure.subject().section() == Section.YARDSTICK) {
      return measure;
    }
    int sign = measure.subject().unit().moreIsBetter() ? -1 : 1;
    List<Double> rounds = new ArrayList<>();
    for (int i = 0; i < measure.rounds().size(); i++) {
      double slower = 40 * Math.pow(4, -i / (measure.rounds().size() - 1.0));
      rounds.add(measure.rounds().get(i) * Math.pow(slower, sign));
    }
    return new Measure(
        measure.subject(),
        measure.median(),
        measure.low(),
        measure.high(),
        measure.p10(),
        measure.p90(),
        measure.samples(),
        rounds);
  }

  @Test
  void otherDevicesAreTold() {
    Baseline then = Baseline.of(Reports.of(1));
    Baseline now = new Baseline("", Map.of("cpu:0", "another"), List.of());
    List<String> notes = Comparison.of(then, now).notes();
    assertTrue(
        notes.toString().contains("cpu:0 was a device, 1.0 and is another"), notes.toString());
    assertTrue(
        notes.toString().contains("gpu:0 (a device, 1.0) is not here now"), notes.toString());
    assertTrue(notes.toString().contains("no measure in common"), notes.toString());
  }

  @Test
  void studentsDistributionHasTheValuesOfItsTable() {
    // the upper 2.5 % and 0.05 % points
    assertEquals(0.025, StudentT.tail(12.7062, 1), 1e-6);
    assertEquals(0.025, StudentT.tail(2.22814, 10), 1e-6);
    assertEquals(0.025, StudentT.tail(1.98397, 100), 1e-6);
    assertEquals(0.0005, StudentT.tail(8.61030, 4), 1e-7);
    assertEquals(0.5, StudentT.tail(0, 3), 1e-12);
    assertEquals(0.975, StudentT.tail(-2.22814, 10), 1e-6);
  }
}
