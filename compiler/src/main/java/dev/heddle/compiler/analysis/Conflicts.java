package dev.heddle.compiler.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two accesses of one piece of memory, by work-items that differ along a dimension,
 * can meet in a byte.
 *
 * <p>The distance of the two places is a sum of variables with coefficients: for each id the
 * difference between the two work-items, all else once for each of them. They meet if some choice
 * of the variables, not all of the distinguishing ones 0, brings the distance between minus one
 * width and the other. The search goes from the largest coefficient to the smallest and follows
 * only values that the others can still make up for; it is exact, and gives up (they may meet)
 * after too many steps.
 */
final class Conflicts {
  private static final int STEPS = 4000;
  private static final Predicate<Term> NONE = term -> false;
  private static final List<Interval> SIDES =
      List.of(new Interval(1, Long.MAX_VALUE), new Interval(Long.MIN_VALUE, -1));

  /**
   * One place of an access.
   *
   * @param offset in the memory
   * @param box the ranges of its terms
   * @param facts what else is known of them
   */
  record Place(Form offset, Box box, List<Context.Fact> facts, int bytes) {}

  /** How two places met: by how much the distinguishing id differed; 0 if that is not known. */
  record Meeting(long difference) {}

  /** A variable of the distance. */
  private record Variable(long coefficient, Interval range, boolean distinguishes) {}

  private final Terms terms;
  private int steps;
  private long difference;
  private Predicate<Term> shared = NONE;

  Conflicts(Terms terms) {
    this.terms = terms;
  }

  /**
   * How the two accesses may meet from work-items with different ids along the dimension; null if
   * that is proven impossible.
   *
   * @param groups whether the work-items are of different work-groups
   */
  @Nullable Meeting meet(Place first, Place second, int dimension, boolean groups) {
    Meeting plain = meet(first, second, distinguishing(first, second, dimension, groups));
    Place wide = overGroups(first);
    Place other = overGroups(second);
    if (plain == null || wide == null || other == null) {
      return plain;
    }
    Term group = terms.group(dimension);
    List<Term> ids = groups ? List.of(group) : List.of(group, terms.local(dimension));
    return meet(wide, other, ids) == null ? null : plain;
  }

  /**
   * The same for two work-items of one work-group, with different local ids along the dimension.
   *
   * @param common the terms that are the same number for both; group ids among them
   */
  @Nullable Meeting meetInGroup(Place first, Place second, int dimension, Predicate<Term> common) {
    Place a = overGroups(first);
    Place b = overGroups(second);
    if (a == null || b == null) {
      return new Meeting(0);
    }
    shared = common;
    try {
      Meeting meeting = meet(a, b, List.of(terms.local(dimension)));
      return meeting == null || new Distance(terms, common).apart(a, b) ? null : meeting;
    } finally {
      shared = NONE;
    }
  }

  private @Nullable Place overGroups(Place place) {
    Form form = terms.overGroups(place.offset());
    return form == null ? null : new Place(form, place.box(), place.facts(), place.bytes());
  }

  /** The terms of which some must differ between the two work-items. */
  private List<Term> distinguishing(Place first, Place second, int dimension, boolean groups) {
    Term global = terms.global(dimension);
    Term group = terms.group(dimension);
    if (uses(first, second, global)) {
      return List.of(global);
    }
    if (groups && uses(first, second, group)) {
      return List.of(group);
    }
    for (Term term : first.offset().terms) {
      if (Terms.isPartOf(term, global) && second.offset().contains(term)) {
        // of two different numbers, quotient or remainder differ
        return terms.parts(term);
      }
    }
    return groups ? List.of(group) : List.of(group, terms.local(dimension));
  }

  private static boolean uses(Place first, Place second, Term term) {
    return first.offset().contains(term) || second.offset().contains(term);
  }

  private @Nullable Meeting meet(Place first, Place second, List<Term> distinguishing) {
    Meeting meeting = meet(first, second, distinguishing, false);
    boolean alike =
        distinguishing.stream()
            .allMatch(t -> first.offset().coefficient(t) == second.offset().coefficient(t));
    return meeting == null || alike ? meeting : meet(first, second, distinguishing, true);
  }

  /**
   * @param bySecond whether the distance is written with the second place's coefficients of the
   *     distinguishing terms; both ways are right, and either may prove that there is no meeting
   */
  private @Nullable Meeting meet(
      Place first, Place second, List<Term> distinguishing, boolean bySecond) {
    List<Variable> variables = new ArrayList<>();
    long constant = first.offset().constant - second.offset().constant;
    for (Term term : union(first.offset(), second.offset(), distinguishing)) {
      if (distinguishing.contains(term)) {
        addDistinguishing(term, first, second, bySecond, variables);
      } else {
        addVariables(term, first, second, variables);
      }
    }
    steps = 0;
    variables.sort(Comparator.comparing((Variable v) -> Math.abs(v.coefficient())).reversed());
    Interval touching = new Interval(1 - first.bytes(), second.bytes() - 1).plus(-constant);
    boolean any = false;
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      if (variable.distinguishes()) {
        any = true;
        for (Interval side : SIDES) {
          List<Variable> cut = new ArrayList<>(variables);
          Interval range = variable.range().intersect(side);
          cut.set(i, new Variable(variable.coefficient(), range, true));
          if (!range.empty() && reaches(cut, touching)) {
            return new Meeting(difference);
          }
        }
      }
    }
    if (any) {
      return null;
    }
    return reaches(variables, touching) ? new Meeting(0) : null;
  }

  private static List<Term> union(Form first, Form second, List<Term> others) {
    List<Term> all = new ArrayList<>(List.of(first.terms));
    for (Term term : second.terms) {
      if (!all.contains(term)) {
        all.add(term);
      }
    }
    for (Term term : others) {
      if (!all.contains(term)) {
        all.add(term);
      }
    }
    return all;
  }

  private void addVariables(Term term, Place first, Place second, List<Variable> variables) {
    long a = first.offset().coefficient(term);
    long b = second.offset().coefficient(term);
    Interval mine = first.box().range(term);
    Interval theirs = second.box().range(term);
    if (shared.test(term)) {
      add(Interval.add(a, -b), mine.intersect(theirs), variables);
    } else if (a == b) {
      add(a, mine.plus(theirs.negate()), variables);
    } else {
      add(a, mine, variables);
      add(-b, theirs, variables);
    }
  }

  private static void addDistinguishing(
      Term term, Place first, Place second, boolean bySecond, List<Variable> variables) {
    long a = first.offset().coefficient(term);
    long b = second.offset().coefficient(term);
    Interval mine = first.box().range(term);
    Interval theirs = second.box().range(term);
    // a * mine - b * theirs is a * (mine - theirs) + (a - b) * theirs,
    // and b * (mine - theirs) + (a - b) * mine
    variables.add(new Variable(bySecond ? b : a, mine.plus(theirs.negate()), true));
    add(Interval.add(a, -b), bySecond ? mine : theirs, variables);
  }

  private static void add(long coefficient, Interval range, List<Variable> variables) {
    if (coefficient != 0) {
      variables.add(new Variable(coefficient, range, false));
    }
  }

  private boolean reaches(List<Variable> variables, Interval target) {
    int count = variables.size();
    Interval[] rest = new Interval[count + 1];
    long[] divisors = new long[count + 1];
    rest[count] = Interval.point(0);
    for (int i = count - 1; i >= 0; i--) {
      Variable variable = variables.get(i);
      rest[i] = rest[i + 1].plus(variable.range().times(variable.coefficient()));
      divisors[i] = divisor(divisors[i + 1], Math.abs(variable.coefficient()));
    }
    difference = 0;
    return reaches(variables, rest, divisors, 0, target);
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** Whether the variables from {@code i} on can add up to a number in {@code target}. */
  private boolean reaches(
      List<Variable> variables, Interval[] rest, long[] divisors, int i, Interval target) {
    if (target.intersect(rest[i]).empty() || !hasMultiple(target, divisors[i])) {
      return false;
    }
    if (i == variables.size()) {
      return true;
    }
    Variable variable = variables.get(i);
    Interval values = variable.range();
    if (variable.coefficient() == 0) {
      values = Interval.point(values.lo());
    } else {
      Interval left = target.plus(rest[i + 1].negate());
      values = values.intersect(Context.divide(left, variable.coefficient()));
    }
    for (long value = values.lo(); value <= values.hi(); value++) {
      if (++steps > STEPS) {
        return true;
      }
      Interval next = target.plus(Interval.multiply(-variable.coefficient(), value));
      if (reaches(variables, rest, divisors, i + 1, next)) {
        if (variable.distinguishes()) {
          difference = value;
        }
        return true;
      }
    }
    return false;
  }

  private static boolean hasMultiple(Interval target, long divisor) {
    if (divisor == 0) {
      return target.lo() <= 0 && target.hi() >= 0;
    }
    if (Interval.infinite(target.lo()) || Interval.infinite(target.hi())) {
      return true;
    }
    return Math.floorDiv(target.hi(), divisor) * divisor >= target.lo();
  }
}
