package dev.heddle.runtime.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which devices take part in a run and which share of the work each gets. */
public final class Planner {
  /** A split must gain this part of the time of the best device alone. */
  static final double LEAST_GAIN = 0.03;

  /** A view with fewer measurements is tried where that costs little. */
  private static final int KNOWN_SAMPLES = 3;

  /** One in so many runs on one device may try a split again, if it loses no more than that. */
  private static final int RETRY = 16;

  private static final double MOST_RETRY_LOSS = 1.3;

  private static final double TRIAL_SHARE = 0.05;
  private static final double MOST_HELD_BACK = 0.7;

  /** A held-back rest pays if the run lasts this many times a launch. */
  private static final double CORRECTABLE = 20;

  /** Where a run lasts this many times a launch, some launches more are not felt. */
  private static final double CHEAP = 500;

  /** With so much held back, a device that is three times slower than believed delays nobody. */
  private static final double CHEAPLY_HELD_BACK = 0.65;

  /** Beyond this many combinations of views the fastest of each chip is taken. */
  private static final int MOST_COMBINATIONS = 64;

  private Planner() {}

  /**
   * Plans.
   *
   * @param candidates at least one
   * @param units amount of work, in the units of the candidates' costs
   * @param splittable whether the work may be split at all; weights are taken as they are
   */
  public static Plan plan(
      List<Candidate> candidates, long units, boolean splittable, Policy policy) {
    return plan(candidates, units, splittable, policy, 0);
  }

  /**
   * The same, where views of a chip that may turn out to be faster are tried.
   *
   * @param budgetNanos what trying may cost
   */
  public static Plan plan(
      List<Candidate> candidates,
      long units,
      boolean splittable,
      Policy policy,
      double budgetNanos) {
    Plan plan = known(candidates, units, splittable, policy);
    return policy instanceof Policy.Fastest
        ? Exploration.explore(candidates, plan, budgetNanos)
        : plan;
  }

  private static Plan known(
      List<Candidate> candidates, long units, boolean splittable, Policy policy) {
    int best = fastest(candidates, units);
    double bestNanos = candidates.get(best).alone().nanos(units);
    boolean fits = candidates.get(best).alone().capacity() >= units;
    Plan single =
        new Plan(only(candidates.size(), best, units), bestNanos, best, bestNanos, 0, List.of());
    if (!splittable && !(policy instanceof Policy.Weights)) {
      return single;
    }
    return switch (policy) {
      case Policy.Single one -> single;
      case Policy.Weights weights ->
          byWeights(candidates, units, weights.weights(), best, bestNanos);
      case Policy.Fastest fastest -> {
        Plan split = bestSplit(candidates, units, best, bestNanos);
        if (!fits || worthIt(candidates, split, bestNanos)) {
          yield trial(candidates, held(candidates, split), units);
        }
        yield worthAnotherTry(candidates, split, units)
            ? held(candidates, split).with("a split is tried again, to see whether it pays now")
            : trial(candidates, single, units);
      }
    };
  }

  private static int fastest(List<Candidate> candidates, long units) {
    int best = 0;
    for (int i = 1; i < candidates.size(); i++) {
      ViewCost cost = candidates.get(i).least();
      ViewCost champion = candidates.get(best).least();
      boolean fits = cost.capacity() >= units;
      boolean championFits = champion.capacity() >= units;
      if (fits != championFits ? fits : cost.nanos(units) < champion.nanos(units)) {
        best = i;
      }
    }
    return best;
  }

  private static List<Long> only(int size, int index, long units) {
    Long[] shares = new Long[size];
    Arrays.fill(shares, 0L);
    shares[index] = units;
    return List.of(shares);
  }

  private static Plan byWeights(
      List<Candidate> candidates, long units, List<Double> weights, int best, double bestNanos) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    long[] shares = new long[candidates.size()];
    double before = 0;
    long given = 0;
    for (int i = 0; i < shares.length; i++) {
      before += weights.get(i);
      long upTo = i == shares.length - 1 ? units : Math.round(units * (before / sum));
      shares[i] = Math.max(0, Math.min(units, upTo) - given);
      given += shares[i];
    }
    return plan(candidates, shares, best, bestNanos);
  }

  private static Plan plan(List<Candidate> candidates, long[] shares, int best, double bestNanos) {
    long parts = Arrays.stream(shares).filter(share -> share > 0).count();
    List<ViewCost> costs =
        candidates.stream().map(parts > 1 ? Candidate::together : Candidate::alone).toList();
    return new Plan(
        Arrays.stream(shares).boxed().toList(),
        WaterFilling.makespan(costs, shares),
        best,
        bestNanos,
        0,
        List.of());
  }

  /** The fastest division over one view of each chip. */
  private static Plan bestSplit(
      List<Candidate> candidates, long units, int best, double bestNanos) {
    List<List<Integer>> chips = chips(candidates, units);
    int combinations = chips.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
    Plan champion = null;
    for (int number = 0; number < combinations; number++) {
      List<Integer> chosen = combination(chips, number);
      Plan plan = divide(candidates, chosen, units, best, bestNanos);
      if (plan != null && (champion == null || plan.nanos() < champion.nanos())) {
        champion = plan;
      }
    }
    if (champion == null) {
      throw new IllegalArgumentException("no room for " + units + " units");
    }
    return champion;
  }

  /** The candidates of each chip; only the fastest of each where there are too many. */
  private static List<List<Integer>> chips(List<Candidate> candidates, long units) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      groups.computeIfAbsent(candidates.get(i).group(), group -> new ArrayList<>()).add(i);
    }
    long combinations = 1;
    for (List<Integer> group : groups.values()) {
      combinations = Math.min(MOST_COMBINATIONS + 1L, combinations * group.size());
    }
    if (combinations <= MOST_COMBINATIONS) {
      return List.copyOf(groups.values());
    }
    List<List<Integer>> fastest = new ArrayList<>();
    for (List<Integer> group : groups.values()) {
      List<Candidate> views = group.stream().map(candidates::get).toList();
      fastest.add(List.of(group.get(fastest(views, units))));
    }
    return fastest;
  }

  private static List<Integer> combination(List<List<Integer>> chips, int number) {
    List<Integer> chosen = new ArrayList<>(chips.size());
    int rest = number;
    for (List<Integer> chip : chips) {
      chosen.add(chip.get(rest % chip.size()));
      rest /= chip.size();
    }
    return chosen;
  }

  private static @org.jspecify.annotations.Nullable Plan divide(
      List<Candidate> candidates, List<Integer> chosen, long units, int best, double bestNanos) {
    List<ViewCost> costs = chosen.stream().map(i -> candidates.get(i).together()).toList();
    double room = costs.stream().mapToDouble(ViewCost::capacity).sum();
    if (room < units) {
      return null;
    }
    long[] some = WaterFilling.divide(costs, units);
    long[] shares = new long[candidates.size()];
    for (int i = 0; i < some.length; i++) {
      shares[chosen.get(i)] = some[i];
    }
    return plan(candidates, shares, best, bestNanos);
  }

  private static boolean worthIt(List<Candidate> candidates, Plan split, double bestNanos) {
    double gain = 1 - split.nanos() / bestNanos;
    double least =
        correctable(candidates, split)
            ? LEAST_GAIN
            : Math.max(LEAST_GAIN, 2 * sigma(candidates, split));
    return split.parts() > 1 && gain > least;
  }

  /**
   * Whether a split that did not pay is tried again: now and then, if it should pay by what the
   * devices do alone, since what was measured in company may have been disturbed.
   */
  private static boolean worthAnotherTry(List<Candidate> candidates, Plan split, long units) {
    Candidate best = candidates.get(split.best());
    boolean turn = best.alone().samples() % RETRY == RETRY - 1;
    if (!turn || split.parts() < 2 || split.nanos() > MOST_RETRY_LOSS * split.bestNanos()) {
      return false;
    }
    List<ViewCost> alone = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (split.units().get(i) > 0) {
        alone.add(candidates.get(i).alone());
      }
    }
    double promised = WaterFilling.makespan(alone, WaterFilling.divide(alone, units));
    return promised < (1 - LEAST_GAIN) * split.bestNanos();
  }

  /** Whether the run is long enough to be corrected while it goes on. */
  private static boolean correctable(List<Candidate> candidates, Plan plan) {
    return plan.nanos() > CORRECTABLE * latest(candidates, plan);
  }

  /** The longest time that a device needs for a launch beside the work. */
  private static double latest(List<Candidate> candidates, Plan plan) {
    double latest = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (plan.units().get(i) > 0) {
        Candidate candidate = candidates.get(i);
        latest = Math.max(latest, candidate.together().fixedNanos() - candidate.compileNanos());
      }
    }
    return latest;
  }

  private static double sigma(List<Candidate> candidates, Plan plan) {
    double sigma = 0;
    for (int i = 0; i < candidates.size(); i++) {
      if (plan.units().get(i) > 0) {
        sigma = Math.max(sigma, candidates.get(i).together().sigma());
      }
    }
    return sigma;
  }

  /** Holds back the more the less sure it is, and much in any case where that costs nothing. */
  private static Plan held(List<Candidate> candidates, Plan plan) {
    double least = plan.nanos() > CHEAP * latest(candidates, plan) ? CHEAPLY_HELD_BACK : 0;
    double held =
        correctable(candidates, plan)
            ? Math.clamp(2 * sigma(candidates, plan), least, MOST_HELD_BACK)
            : 0;
    return plan.holdingBack(held);
  }

  /**
   * Gives a view of an idle chip that is hardly known a small share, where that does not make the
   * run longer by more than the least gain: what is never tried is never learned. What the share
   * should have been shows while the run goes on.
   */
  private static Plan trial(List<Candidate> candidates, Plan plan, long units) {
    long share = (long) (units * TRIAL_SHARE);
    for (int i = 0; i < candidates.size(); i++) {
      ViewCost cost = candidates.get(i).together();
      boolean late = cost.nanos(share) * Math.exp(2 * cost.sigma()) > plan.nanos();
      if (share > 0
          && cost.samples() < KNOWN_SAMPLES
          && cost.capacity() >= share
          && idle(candidates, plan, i)
          && !late) {
        return withTrial(candidates, plan, i, share);
      }
    }
    return plan;
  }

  private static boolean idle(List<Candidate> candidates, Plan plan, int view) {
    for (int i = 0; i < candidates.size(); i++) {
      if (plan.units().get(i) > 0
          && candidates.get(i).group().equals(candidates.get(view).group())) {
        return false;
      }
    }
    return true;
  }

  private static Plan withTrial(List<Candidate> candidates, Plan plan, int view, long share) {
    Long[] shares = plan.units().toArray(Long[]::new);
    int donor = 0;
    for (int i = 0; i < shares.length; i++) {
      donor = shares[i] > shares[donor] ? i : donor;
    }
    shares[donor] -= share;
    shares[view] += share;
    Plan trial =
        new Plan(
            List.of(shares),
            plan.nanos(),
            plan.best(),
            plan.bestNanos(),
            0,
            plan.nanos(),
            plan.prepare(),
            plan.notes());
    return held(candidates, trial)
        .with(candidates.get(view).id() + " gets a small share, to learn how fast it is");
  }
}
