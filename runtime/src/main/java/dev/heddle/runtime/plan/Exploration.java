package dev.heddle.runtime.plan;

import java.util.List;

/**
 * Tries the other views of a chip. Of the views of one chip a plan takes the one that is expected
 * to be fastest now, and would never learn that another is faster once its code is compiled and
 * warm, nor that it was disturbed when it was measured. So a view that may well be faster in the
 * long run takes a run now and then, as long as all that this has cost stays a small part of what
 * the kernel's runs have taken.
 */
final class Exploration {
  /** A view with as many measurements is known. */
  private static final int KNOWN_SAMPLES = 3;

  /** It must promise this part of the time. */
  private static final double LEAST_GAIN = 0.05;

  /** A view that promises all of the time may cost so many times the budget more. */
  private static final double EAGERNESS = 2;

  /**
   * A view that is known is measured again the later, the slower it was: the logarithm of how much
   * slower grows by this each time the number of runs meanwhile doubles. For any view that costs
   * less than 2 % of the time.
   */
  private static final double STALENESS = 0.25;

  private static final double FRESH_RUNS = 16;

  private Exploration() {}

  /**
   * The plan, or another one that tries a view.
   *
   * @param budgetNanos what trying may cost; up to three times as much where it promises much
   */
  static Plan explore(List<Candidate> candidates, Plan plan, double budgetNanos) {
    if (budgetNanos <= 0) {
      return plan;
    }
    for (int present = 0; present < candidates.size(); present++) {
      long units = plan.units().get(present);
      for (int other = 0; units > 0 && other < candidates.size(); other++) {
        if (worthTrying(candidates, plan, present, other)) {
          Plan trial = trial(candidates, plan, present, other, budgetNanos);
          if (trial != plan) {
            return trial;
          }
        }
      }
    }
    return plan;
  }

  private static boolean worthTrying(
      List<Candidate> candidates, Plan plan, int present, int other) {
    Candidate view = candidates.get(other);
    long units = plan.units().get(present);
    boolean sameChip = view.group().equals(candidates.get(present).group());
    if (other == present || !sameChip || view.potential().capacity() < units) {
      return false;
    }
    double hoped = view.potential().nanos(units) * Math.exp(-luck(view));
    return hoped < (1 - LEAST_GAIN) * now(candidates.get(present), plan).nanos(units);
  }

  /** How much faster than believed a view may well be, as a logarithm. */
  private static double luck(Candidate view) {
    ViewCost potential = view.potential();
    return potential.samples() < KNOWN_SAMPLES
        ? 2 * potential.sigma()
        : STALENESS * Math.log(1 + view.unseenRuns() / FRESH_RUNS) / Math.log(2);
  }

  /** What the present view is compared with: undisturbed, as the other one is. */
  private static ViewCost now(Candidate candidate, Plan plan) {
    return plan.parts() > 1 ? candidate.together() : candidate.least();
  }

  private static ViewCost cost(Candidate candidate, Plan plan) {
    return plan.parts() > 1 ? candidate.together() : candidate.alone();
  }

  private static Plan trial(
      List<Candidate> candidates, Plan plan, int present, int other, double budgetNanos) {
    Candidate view = candidates.get(other);
    long units = plan.units().get(present);
    double now = cost(candidates.get(present), plan).nanos(units);
    double gain = Math.max(0, 1 - view.potential().nanos(units) / now);
    double limit = budgetNanos * (1 + EAGERNESS * gain);
    if (view.compileNanos() > 0) {
      return view.compileNanos() <= limit ? plan.preparing(other) : plan;
    }
    double then = cost(view, plan).nanos(units);
    if (then - now > limit) {
      return plan;
    }
    Long[] shares = plan.units().toArray(Long[]::new);
    shares[other] = units;
    shares[present] = 0L;
    return new Plan(
            List.of(shares),
            Math.max(plan.nanos(), then),
            plan.best(),
            plan.bestNanos(),
            plan.heldBack(),
            plan.nanos(),
            -1,
            plan.notes())
        .with(view.id() + " is tried, since it may be the faster view of its chip");
  }
}
