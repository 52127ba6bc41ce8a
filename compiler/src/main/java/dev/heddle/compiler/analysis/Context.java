package dev.heddle.compiler.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of the terms at a place in the kernel: ranges of single terms, and of sums of them.
 * Facts are added on the way into a region and taken back on the way out.
 */
final class Context {
  /** {@code form}, whose constant is 0, lies in {@code range}. */
  record Fact(Form form, Interval range) {}

  /** How much was known at some time. */
  record Mark(int changes, int facts) {}

  private record Change(int term, Interval before) {}

  private final List<Fact> facts = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private Interval[] ranges = new Interval[32];

  void define(Term term) {
    if (term.index >= ranges.length) {
      ranges = Arrays.copyOf(ranges, Math.max(term.index + 1, ranges.length * 2));
    }
    ranges[term.index] = term.range;
  }

  Mark mark() {
    return new Mark(changes.size(), facts.size());
  }

  void reset(Mark mark) {
    while (changes.size() > mark.changes()) {
      Change change = changes.removeLast();
      ranges[change.term()] = change.before();
    }
    facts.subList(mark.facts(), facts.size()).clear();
  }

  List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** The values that a term may have here. */
  Interval range(Term term) {
    Interval known = ranges[term.index];
    return term.isDerived() ? known.intersect(Recipes.range(term, this::rangeOf)) : known;
  }

  /** What is known of the term itself, whatever it is computed from. */
  Interval own(Term term) {
    return ranges[term.index];
  }

  /** The values that a form may have here. */
  Interval range(Form form) {
    Interval plain = rangeOf(form);
    if (facts.isEmpty() || form.terms.length < 2) {
      return plain;
    }
    Interval best = plain;
    Form rest = form;
    Interval replaced = Interval.point(0);
    for (Fact fact : facts) {
      long ratio = ratio(form, fact.form());
      if (ratio != 0) {
        Form other = form.combine(fact.form(), -ratio);
        if (other != null) {
          best = best.intersect(rangeOf(other).plus(fact.range().times(ratio)));
        }
      }
      long again = ratio(rest, fact.form());
      Form less = again == 0 ? null : rest.combine(fact.form(), -again);
      if (less != null) {
        rest = less;
        replaced = replaced.plus(fact.range().times(again));
      }
    }
    return best.intersect(rangeOf(rest).plus(replaced));
  }

  private Interval rangeOf(Form form) {
    Interval sum = Interval.point(form.constant);
    for (int i = 0; i < form.terms.length; i++) {
      sum = sum.plus(range(form.terms[i]).times(form.coefficients[i]));
    }
    return sum;
  }

  /** The k for which {@code form} has k times every coefficient of {@code part}, else 0. */
  private static long ratio(Form form, Form part) {
    long first = form.coefficient(part.terms[0]);
    if (first == 0 || first % part.coefficients[0] != 0) {
      return 0;
    }
    long ratio = first / part.coefficients[0];
    for (int i = 1; i < part.terms.length; i++) {
      if (form.coefficient(part.terms[i]) != ratio * part.coefficients[i]) {
        return 0;
      }
    }
    return ratio;
  }

  /**
   * Adds that a form lies in a range. Returns false if that cannot be: the place is not reached.
   */
  boolean assume(Form form, Interval range) {
    Interval now = range(form);
    Interval wanted = now.intersect(range);
    if (wanted.empty()) {
      return false;
    }
    if (now.within(range)) {
      return true;
    }
    Interval sum = wanted.plus(-form.constant);
    if (form.terms.length > 1) {
      facts.add(new Fact(form.withConstant(0), sum));
    }
    for (int i = 0; i < form.terms.length; i++) {
      if (!narrow(form, i, range)) {
        return false;
      }
    }
    return true;
  }

  /** Draws the conclusion for the i-th term of a form that lies in {@code range}. */
  private boolean narrow(Form form, int i, Interval range) {
    Term term = form.terms[i];
    Interval rest = rangeOf(form.without(term));
    return restrict(term, divide(range.plus(rest.negate()), form.coefficients[i]));
  }

  /** The integers whose product with {@code by} lies in {@code range}. */
  static Interval divide(Interval range, long by) {
    Interval positive = by > 0 ? range : range.negate();
    long size = Math.abs(by);
    long lo = positive.lo();
    long hi = positive.hi();
    lo = Interval.infinite(lo) ? lo : Math.ceilDiv(lo, size);
    hi = Interval.infinite(hi) ? hi : Math.floorDiv(hi, size);
    return new Interval(lo, hi);
  }

  boolean restrict(Term term, Interval range) {
    Interval known = ranges[term.index];
    Interval narrowed = known.intersect(range);
    if (range(term).intersect(range).empty()) {
      return false;
    }
    if (narrowed.equals(known)) {
      return true;
    }
    changes.add(new Change(term.index, known));
    ranges[term.index] = narrowed;
    return term.kind != Term.Kind.QUOTIENT || assumeDividend(term, narrowed);
  }

  private boolean assumeDividend(Term quotient, Interval range) {
    long least =
        range.lo() == Long.MIN_VALUE ? range.lo() : Interval.multiply(range.lo(), quotient.by);
    long most =
        range.hi() == Long.MAX_VALUE
            ? range.hi()
            : Interval.add(Interval.multiply(range.hi(), quotient.by), quotient.by - 1);
    return assume(quotient.operands.getFirst(), new Interval(least, most));
  }
}
