package dev.heddle.compiler.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Ranges of some terms, those that they are computed from included. */
final class Box {
  private final Term[] terms;
  private final Interval[] ranges;

  private Box(Term[] terms, Interval[] ranges) {
    this.terms = terms;
    this.ranges = ranges;
  }

  /** The ranges that the ids and the terms of a form have in the context. */
  static Box of(Form form, Context context, List<Term> ids) {
    List<Term> found = new ArrayList<>(form.terms.length + ids.size());
    found.addAll(ids);
    collect(form, found);
    Term[] terms = found.toArray(Term[]::new);
    Interval[] ranges = new Interval[terms.length];
    for (int i = 0; i < terms.length; i++) {
      ranges[i] = context.own(terms[i]);
    }
    return new Box(terms, ranges);
  }

  private static void collect(Form form, List<Term> found) {
    for (Term term : form.terms) {
      if (!found.contains(term)) {
        found.add(term);
        term.operands.forEach(operand -> collect(operand, found));
      }
    }
  }

  /** The box with a term cut to a range. */
  Box cut(Term term, Interval range) {
    Interval[] cut = ranges.clone();
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] == term) {
        cut[i] = cut[i].intersect(range);
        return new Box(terms, cut);
      }
    }
    return this;
  }

  /** Whether every term has a range within that of the other box. */
  boolean within(Box other) {
    for (Term term : terms) {
      if (!range(term).within(other.range(term))) {
        return false;
      }
    }
    return true;
  }

  /** Whether some term has no value left. */
  boolean empty() {
    for (Term term : terms) {
      if (range(term).empty()) {
        return true;
      }
    }
    return false;
  }

  /** The range of a term: its own, and what follows from what it is computed from. */
  Interval range(Term term) {
    Interval own = term.range;
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] == term) {
        own = ranges[i];
      }
    }
    Function<Form, Interval> forms = this::range;
    return term.isDerived() ? own.intersect(Recipes.range(term, forms)) : own;
  }

  Interval range(Form form) {
    Interval sum = Interval.point(form.constant);
    for (int i = 0; i < form.terms.length; i++) {
      sum = sum.plus(range(form.terms[i]).times(form.coefficients[i]));
    }
    return sum;
  }
}
