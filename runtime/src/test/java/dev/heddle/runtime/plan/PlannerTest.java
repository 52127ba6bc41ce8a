package dev.heddle.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static Candidate candidate(String id, String group, double fixed, double perUnit) {
    return candidate(id, group, fixed, perUnit, 0.05, 10);
  }

  private static Candidate candidate(
      String id, String group, double fixed, double perUnit, double sigma, int samples) {
    return new Candidate(
        id, group, new ViewCost(fixed, 0, perUnit, Long.MAX_VALUE, sigma, samples));
  }

  @Test
  void equalChipsShareALongRun() {
    Plan plan =
        Planner.plan(
            List.of(candidate("a", "1", 1e4, 100), candidate("b", "2", 1e4, 100)),
            1_000_000,
            true,
            Policy.FASTEST);
    assertEquals(List.of(500_000L, 500_000L), plan.units());
    assertEquals(0.65, plan.heldBack(), 1e-9, "a run so long hardly feels some launches more");
  }

  @Test
  void compilingDelaysAndDoesNotKeepFromCorrecting() {
    ViewCost cost = new ViewCost(1e4, 0, 100, Long.MAX_VALUE, 0.05, 9);
    ViewCost later = cost.after(2e7);
    Plan plan =
        Planner.plan(
            List.of(
                new Candidate("a", "1", cost, cost),
                new Candidate("b", "2", later, later, later, cost, 0, 2e7)),
            1_000_000,
            true,
            Policy.FASTEST);
    assertEquals(600_000, plan.units().get(0), 100, "it starts 20 ms earlier");
    assertEquals(0.65, plan.heldBack(), 1e-9);
  }

  @Test
  void theLessSureTheMoreIsHeldBack() {
    Plan plan =
        Planner.plan(
            List.of(candidate("a", "1", 1e4, 100), candidate("b", "2", 1e4, 100)),
            50_000,
            true,
            Policy.FASTEST);
    assertEquals(0.1, plan.heldBack(), 1e-9, "twice sigma");
  }

  @Test
  void aShortRunIsNotSplitForASmallGain() {
    Plan plan =
        Planner.plan(
            List.of(candidate("a", "1", 2e3, 10), candidate("b", "2", 6e4, 10)),
            6_500,
            true,
            Policy.FASTEST);
    assertEquals(List.of(6_500L, 0L), plan.units());
    assertEquals(0, plan.best());
    assertEquals(0, plan.heldBack());
  }

  @Test
  void viewsOfOneChipNeverRunTogether() {
    List<Candidate> candidates =
        List.of(
            candidate("cpu:0", "cpu", 2e3, 100),
            candidate("opencl:0", "cpu", 6e4, 90),
            candidate("gpu:0", "gpu", 1e4, 20));
    Plan plan = Planner.plan(candidates, 1_000_000, true, Policy.FASTEST);
    assertEquals(0, plan.units().get(0), "the slower view of the chip is idle");
    assertTrue(plan.units().get(1) > 100_000 && plan.units().get(2) > plan.units().get(1));
  }

  @Test
  void whatMayNotBeSplitRunsOnTheBest() {
    List<Candidate> candidates =
        List.of(candidate("a", "1", 1e4, 100), candidate("b", "2", 1e4, 90));
    Plan plan = Planner.plan(candidates, 1_000_000, false, Policy.FASTEST);
    assertEquals(List.of(0L, 1_000_000L), plan.units());
    assertEquals(plan.bestNanos(), plan.nanos());
  }

  @Test
  void sharesByHandAreKept() {
    List<Candidate> candidates =
        List.of(candidate("a", "1", 1e4, 100), candidate("b", "2", 1e4, 1));
    Plan plan = Planner.plan(candidates, 1_001, true, new Policy.Weights(List.of(3.0, 1.0)));
    assertEquals(List.of(751L, 250L), plan.units());
    Plan one = Planner.plan(candidates, 1, false, new Policy.Weights(List.of(0.0, 1.0)));
    assertEquals(List.of(0L, 1L), one.units());
  }

  @Test
  void anUnknownIdleChipIsTried() {
    List<Candidate> candidates =
        List.of(candidate("known", "1", 1e3, 10), candidate("new", "2", 1e5, 80, 0.25, 0));
    Plan plan = Planner.plan(candidates, 100_000, true, Policy.FASTEST);
    assertTrue(plan.units().get(1) > 0, () -> "a share for the new one: " + plan);
    assertEquals(100_000, plan.units().get(0) + plan.units().get(1));
    assertTrue(plan.passing(), "what it taught must be used at the next run");
  }

  @Test
  void aTrialIsCorrectedAsItGoesOn() {
    ViewCost alone = new ViewCost(1e3, 0, 10, Long.MAX_VALUE, 0.05, 9);
    ViewCost slowed = new ViewCost(1e3, 0, 11.5, Long.MAX_VALUE, 0.05, 9);
    Plan plan =
        Planner.plan(
            List.of(
                new Candidate("known", "1", alone, slowed),
                candidate("new", "2", 1e4, 80, 0.25, 0)),
            10_000_000,
            true,
            Policy.FASTEST);
    assertEquals(500_000, plan.units().get(1), "a split is not expected to pay");
    assertEquals(0.65, plan.heldBack(), "the rest is divided by what is seen");
  }

  @Test
  void aChipThatIsTooSlowEvenForATrialIsLeftAlone() {
    List<Candidate> candidates =
        List.of(candidate("known", "1", 1e3, 10), candidate("new", "2", 5e6, 1500, 0.25, 0));
    Plan plan = Planner.plan(candidates, 100_000, true, Policy.FASTEST);
    assertEquals(0, plan.units().get(1));
  }

  @Test
  void memoryThatDoesNotHoldAllForcesASplit() {
    List<Candidate> candidates =
        List.of(
            new Candidate("fast", "1", new ViewCost(1e3, 0, 1, 1_000, 0.05, 9)),
            candidate("slow", "2", 1e3, 1_000));
    Plan plan = Planner.plan(candidates, 1_500, true, Policy.FASTEST);
    assertEquals(List.of(1_000L, 500L), plan.units());
  }

  @Test
  void whatSlowsDownInCompanyIsNotSplit() {
    ViewCost alone = new ViewCost(1e3, 0, 10, Long.MAX_VALUE, 0.05, 9);
    ViewCost slowed = new ViewCost(1e3, 0, 21, Long.MAX_VALUE, 0.05, 9);
    List<Candidate> candidates =
        List.of(new Candidate("a", "1", alone, slowed), new Candidate("b", "2", alone, slowed));
    Plan plan = Planner.plan(candidates, 1_000_000, true, Policy.FASTEST);
    assertEquals(List.of(1_000_000L, 0L), plan.units());
    Plan even = Planner.plan(candidates, 1_000_000, true, new Policy.Weights(List.of(1.0, 1.0)));
    assertEquals(1e3 + 500_000 * 21, even.nanos(), 1, "predicted as in company");
  }

  @Test
  void aSplitThatDidNotPayIsTriedAgainNowAndThen() {
    ViewCost slowed = new ViewCost(1e3, 0, 21, Long.MAX_VALUE, 0.05, 9);
    int splits = 0;
    for (int samples = 0; samples < 64; samples++) {
      ViewCost alone = new ViewCost(1e3, 0, 10, Long.MAX_VALUE, 0.05, samples);
      Plan plan =
          Planner.plan(
              List.of(
                  new Candidate("a", "1", alone, slowed), new Candidate("b", "2", alone, slowed)),
              1_000_000,
              true,
              Policy.FASTEST);
      splits += plan.parts() > 1 ? 1 : 0;
    }
    assertEquals(4, splits);
    ViewCost alone = new ViewCost(1e3, 0, 10, Long.MAX_VALUE, 0.05, 15);
    ViewCost hopeless = new ViewCost(1e3, 0, 40, Long.MAX_VALUE, 0.05, 9);
    Plan plan =
        Planner.plan(
            List.of(
                new Candidate("a", "1", alone, hopeless), new Candidate("b", "2", alone, hopeless)),
            1_000_000,
            true,
            Policy.FASTEST);
    assertEquals(1, plan.parts(), "not where it would lose much");
  }

  private static Candidate view(double now, double potential, int samples, double compile) {
    return view(now, potential, samples, 0, compile);
  }

  private static Candidate view(
      double now, double potential, int samples, long unseenRuns, double compile) {
    ViewCost known = new ViewCost(1e3, 0, now, Long.MAX_VALUE, 0.1, samples);
    ViewCost warm = new ViewCost(1e3, 0, potential, Long.MAX_VALUE, 0.25, samples);
    return new Candidate(
        "v" + now,
        "chip",
        known.after(compile),
        known.after(compile),
        known.after(compile),
        warm,
        unseenRuns,
        compile);
  }

  private static Plan explored(Candidate present, Candidate other, double budget) {
    return Planner.plan(List.of(present, other), 10_000, true, Policy.FASTEST, budget);
  }

  @Test
  void aViewThatMayBeFasterIsCompiledAsideAndTriedWithinTheBudget() {
    Candidate present = view(10, 10, 9, 0);
    Candidate uncompiled = view(60, 6, 0, 1e6);
    assertEquals(-1, explored(present, uncompiled, 0.5e6).prepare());
    Plan prepared = explored(present, uncompiled, 0.6e6);
    assertEquals(1, prepared.prepare());
    assertEquals(List.of(10_000L, 0L), prepared.units());
    Candidate cold = view(60, 6, 0, 0);
    assertEquals(List.of(10_000L, 0L), explored(present, cold, 0.25e6).units());
    Plan tried = explored(present, cold, 0.3e6);
    assertEquals(List.of(0L, 10_000L), tried.units());
    assertEquals(101_000, tried.exploredNanos(), "what it would have taken without");
  }

  @Test
  void aViewThatIsKnownToBeSlowerIsNotTried() {
    Candidate present = view(10, 10, 9, 0);
    assertEquals(0, explored(present, view(11, 11, 3, 0), 1e9).exploredNanos());
    assertTrue(explored(present, view(11, 11, 2, 0), 1e9).exploredNanos() > 0, "hardly known");
    assertEquals(0, explored(present, view(30, 30, 0, 0), 1e9).exploredNanos(), "too slow");
  }

  @Test
  void aKnownViewIsMeasuredAgainTheLaterTheSlowerItWas() {
    Candidate present = view(10, 10, 9, 0);
    long[] runs = {0, 0};
    double[] slowness = {1.1, 2.5};
    for (int i = 0; i < slowness.length; i++) {
      double slow = 10 * slowness[i];
      while (explored(present, view(slow, slow, 9, runs[i], 0), 1e9).exploredNanos() == 0) {
        runs[i]++;
      }
      assertTrue((slowness[i] - 1) / runs[i] < 0.02, "it costs too much after " + runs[i]);
    }
    assertTrue(runs[0] < 20 && runs[1] > 100 && runs[1] < 300, runs[0] + ", " + runs[1]);
  }

  @Test
  void viewsOfAChipCompeteByWhatTheyTakeUndisturbed() {
    ViewCost disturbed = new ViewCost(1e3, 0, 14, Long.MAX_VALUE, 0.1, 9);
    ViewCost least = new ViewCost(1e3, 0, 10, Long.MAX_VALUE, 0.1, 9);
    ViewCost other = new ViewCost(1e3, 0, 12, Long.MAX_VALUE, 0.1, 9);
    Candidate present = new Candidate("a", "chip", disturbed, disturbed, least, least, 0, 0);
    Plan plan =
        Planner.plan(
            List.of(new Candidate("b", "chip", other), present), 10_000, true, Policy.FASTEST);
    assertEquals(List.of(0L, 10_000L), plan.units());
    assertEquals(141_000, plan.nanos(), "predicted as it goes now");
  }

  /** Whatever the machine: all work is given out, and no split is slower than the best alone. */
  @Test
  void randomMachines() {
    Random random = new Random(7);
    for (int trial = 0; trial < 2_000; trial++) {
      List<Candidate> candidates = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        candidates.add(
            candidate(
                "d" + i,
                "g" + random.nextInt(5),
                Math.exp(4 + 8 * random.nextDouble()),
                Math.exp(-3 + 7 * random.nextDouble()),
                random.nextDouble() * 0.5,
                5));
      }
      long units = 1 + (long) Math.exp(random.nextDouble() * 18);
      Plan plan = Planner.plan(candidates, units, true, Policy.FASTEST);
      assertEquals(units, plan.units().stream().mapToLong(Long::longValue).sum());
      assertTrue(plan.nanos() <= plan.bestNanos() * (1 + 1e-9));
      for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
          boolean both = plan.units().get(i) > 0 && plan.units().get(j) > 0;
          assertTrue(!both || !candidates.get(i).group().equals(candidates.get(j).group()));
        }
      }
    }
  }
}
