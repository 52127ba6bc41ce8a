package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Conflicts.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the distance of two places, one of each of two work-items, by the conditions on the way to
 * them. Terms that both share stand for one number, all others for two.
 */
final class Distance {
  private final Terms terms;
  private final Predicate<Term> shared;
  private final Context context = new Context();
  private final Map<Term, Term> both = new HashMap<>();
  private int count;

  /** One of the two work-items: the names of its own terms. */
  private final class Side {
    private final Place place;
    private final Map<Term, Term> own = new HashMap<>();

    Side(Place place) {
      this.place = place;
    }

    @Nullable Form rename(Form form) {
      Form renamed = Form.of(form.constant);
      for (int i = 0; i < form.terms.length && renamed != null; i++) {
        renamed = renamed.combine(Form.of(renamed(form.terms[i])), form.coefficients[i]);
      }
      return renamed;
    }

    private Term renamed(Term term) {
      Interval range = place.box().range(term);
      Term name = (shared.test(term) ? both : own).computeIfAbsent(term, Distance.this::copy);
      context.restrict(name, range);
      return name;
    }

    /** Whether the work-item can be at its place at all. */
    boolean assume() {
      for (Context.Fact fact : place.facts()) {
        Form split = terms.overGroups(fact.form());
        Form renamed = split == null ? null : rename(split);
        if (renamed != null && !context.assume(renamed, fact.range())) {
          return false;
        }
      }
      return true;
    }
  }

  Distance(Terms terms, Predicate<Term> shared) {
    this.terms = terms;
    this.shared = shared;
  }

  private Term copy(Term term) {
    Term copy =
        new Term(
            count++, Term.Kind.OPAQUE, Term.Origin.NONE, 0, term.range, List.of(), 0, false, null);
    context.define(copy);
    return copy;
  }

  /** Whether the conditions rule out that the two places have a byte in common. */
  boolean apart(Place first, Place second) {
    Side mine = new Side(first);
    Side theirs = new Side(second);
    Form left = mine.rename(first.offset());
    Form right = theirs.rename(second.offset());
    if (left == null || right == null) {
      return false;
    }
    if (!mine.assume() || !theirs.assume()) {
      return true;
    }
    Form distance = left.minus(right);
    Interval touching = new Interval(1 - first.bytes(), second.bytes() - 1);
    return distance != null && context.range(distance).intersect(touching).empty();
  }
}
