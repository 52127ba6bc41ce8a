package dev.heddle.compiler.analysis;

import java.util.function.Function;

/**
 * How the range of a derived term follows from the ranges of the forms that it is computed from.
 */
final class Recipes {
  private Recipes() {}

  static Interval range(Term term, Function<Form, Interval> ranges) {
    Interval first = ranges.apply(term.operands.getFirst());
    return switch (term.kind) {
      case QUOTIENT -> quotient(first, term.by);
      case REMAINDER -> remainder(first, term.by);
      case MINIMUM -> {
        Interval second = ranges.apply(term.operands.get(1));
        yield new Interval(Math.min(first.lo(), second.lo()), Math.min(first.hi(), second.hi()));
      }
      case MAXIMUM -> {
        Interval second = ranges.apply(term.operands.get(1));
        yield new Interval(Math.max(first.lo(), second.lo()), Math.max(first.hi(), second.hi()));
      }
      case PRODUCT -> first.times(ranges.apply(term.operands.get(1)));
      case CHOICE -> first.hull(ranges.apply(term.operands.get(1)));
      case GLOBAL_ID, LOCAL_ID, GROUP_ID, COUNTER, OPAQUE ->
          throw new IllegalStateException("no recipe for " + term.kind);
    };
  }

  private static Interval quotient(Interval dividend, long by) {
    return new Interval(
        dividend.lo() == Long.MIN_VALUE ? Long.MIN_VALUE : Math.floorDiv(dividend.lo(), by),
        dividend.hi() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.floorDiv(dividend.hi(), by));
  }

  private static Interval remainder(Interval dividend, long by) {
    boolean known = dividend.lo() > Long.MIN_VALUE && dividend.hi() < Long.MAX_VALUE;
    if (known && Math.floorDiv(dividend.lo(), by) == Math.floorDiv(dividend.hi(), by)) {
      return new Interval(Math.floorMod(dividend.lo(), by), Math.floorMod(dividend.hi(), by));
    }
    return new Interval(0, by - 1);
  }
}
