package dev.heddle.compiler.analysis;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code constant + sum of coefficient * term}, the terms in the order of their index. */
final class Form {
  static final Form ZERO = new Form(0, new Term[0], new long[0]);

  final long constant;
  final Term[] terms;
  final long[] coefficients;

  Form(long constant, Term[] terms, long[] coefficients) {
    this.constant = constant;
    this.terms = terms;
    this.coefficients = coefficients;
  }

  static Form of(long constant) {
    return constant == 0 ? ZERO : new Form(constant, ZERO.terms, ZERO.coefficients);
  }

  static Form of(Term term) {
    return new Form(0, new Term[] {term}, new long[] {1});
  }

  boolean isConstant() {
    return terms.length == 0;
  }

  boolean isConstant(long value) {
    return terms.length == 0 && constant == value;
  }

  long coefficient(Term term) {
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] == term) {
        return coefficients[i];
      }
    }
    return 0;
  }

  /** Whether this is one global id and a constant. */
  boolean isGlobalId() {
    return terms.length == 1 && terms[0].kind == Term.Kind.GLOBAL_ID && coefficients[0] == 1;
  }

  boolean contains(Term term) {
    return coefficient(term) != 0;
  }

  Form withConstant(long value) {
    return new Form(value, terms, coefficients);
  }

  /** The sum, or null if a coefficient leaves the range of {@code long}. */
  @Nullable Form plus(Form other) {
    return combine(other, 1);
  }

  @Nullable Form minus(Form other) {
    return combine(other, -1);
  }

  @Nullable Form plus(long value) {
    return overflows(constant, value) ? null : withConstant(constant + value);
  }

  /** {@code this + factor * other}. */
  @Nullable Form combine(Form other, long factor) {
    if (other.terms.length == 0) {
      long change = Interval.multiply(other.constant, factor);
      return saturated(change) ? null : plus(change);
    }
    Term[] all = new Term[terms.length + other.terms.length];
    long[] factors = new long[all.length];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < terms.length || j < other.terms.length) {
      int mine = i < terms.length ? terms[i].index : Integer.MAX_VALUE;
      int theirs = j < other.terms.length ? other.terms[j].index : Integer.MAX_VALUE;
      long value = mine <= theirs ? coefficients[i] : 0;
      Term term = mine <= theirs ? terms[i] : other.terms[j];
      if (theirs <= mine) {
        value = Interval.add(value, Interval.multiply(other.coefficients[j], factor));
      }
      i += mine <= theirs ? 1 : 0;
      j += theirs <= mine ? 1 : 0;
      if (saturated(value)) {
        return null;
      }
      if (value != 0) {
        all[count] = term;
        factors[count++] = value;
      }
    }
    long sum = Interval.add(constant, Interval.multiply(other.constant, factor));
    return saturated(sum)
        ? null
        : new Form(sum, Arrays.copyOf(all, count), Arrays.copyOf(factors, count));
  }

  @Nullable Form times(long factor) {
    return ZERO.combine(this, factor);
  }

  /** Without that term. */
  Form without(Term term) {
    long coefficient = coefficient(term);
    if (coefficient == 0) {
      return this;
    }
    return Objects.requireNonNull(combine(of(term), -coefficient));
  }

  /** Whether constant and coefficients are multiples of {@code divisor}. */
  boolean multipleOf(long divisor) {
    if (constant % divisor != 0) {
      return false;
    }
    for (long coefficient : coefficients) {
      if (coefficient % divisor != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether lanes of a row may have different values. */
  boolean varies() {
    for (Term term : terms) {
      if (term.varies) {
        return true;
      }
    }
    return false;
  }

  /** The unknown argument or size that it depends on, if any. */
  @Nullable String unknown() {
    for (Term term : terms) {
      if (term.unknown != null) {
        return term.unknown;
      }
    }
    return null;
  }

  private static boolean overflows(long a, long b) {
    return saturated(Interval.add(a, b));
  }

  private static boolean saturated(long value) {
    return value == Long.MIN_VALUE || value == Long.MAX_VALUE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Form that
        && constant == that.constant
        && Arrays.equals(terms, that.terms)
        && Arrays.equals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    int hash = Long.hashCode(constant) * 31 + Arrays.hashCode(coefficients);
    for (Term term : terms) {
      hash = hash * 31 + term.index;
    }
    return hash;
  }
}
