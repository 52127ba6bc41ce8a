package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Term.Kind;
import dev.heddle.compiler.analysis.Term.Origin;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one analysis: those of the ids of each dimension, and those made on the way. Keeps
 * forms in one shape: {@code local size * group + local id} is written as the global id, and {@code
 * by * (f / by) + f % by} as {@code f}.
 */
final class Terms {
  private record Split(Kind kind, Form form, long by) {}

  private final LaunchShape shape;
  private final Context context;
  private final Map<Split, Term> splits = new HashMap<>();
  private final Term[] global = new Term[3];
  private final Term[] local = new Term[3];
  private final Term[] group = new Term[3];
  private final List<Term> ids;
  private int count;

  Terms(LaunchShape shape, Context context) {
    this.shape = shape;
    this.context = context;
    for (int d = 0; d < 3; d++) {
      long size = shape.global()[d];
      boolean known = size != LaunchShape.UNKNOWN;
      long most = known ? size : Integer.MAX_VALUE;
      long width =
          shape.local()[d] == LaunchShape.UNKNOWN ? most : Math.min(shape.local()[d], most);
      long groups = groups(d, most);
      long offset = shape.offset()[d];
      global[d] = id(Kind.GLOBAL_ID, d, new Interval(offset, Interval.add(offset, most - 1)));
      local[d] = id(Kind.LOCAL_ID, d, new Interval(0, width - 1));
      group[d] = id(Kind.GROUP_ID, d, new Interval(0, groups - 1));
    }
    ids =
        IntStream.range(0, shape.dimensions())
            .boxed()
            .flatMap(d -> Stream.of(global[d], local[d], group[d]))
            .toList();
  }

  private long groups(int d, long most) {
    return shape.local()[d] == LaunchShape.UNKNOWN ? most : Math.ceilDiv(most, shape.local()[d]);
  }

  private Term id(Kind kind, int d, Interval range) {
    boolean varies = d == 0 && kind != Kind.GROUP_ID;
    return make(kind, Origin.NONE, d, range, List.of(), 0, varies, null);
  }

  private Term make(
      Kind kind,
      Origin origin,
      int number,
      Interval range,
      List<Form> operands,
      long by,
      boolean varies,
      @Nullable String unknown) {
    Term term = new Term(count++, kind, origin, number, range, operands, by, varies, unknown);
    context.define(term);
    return term;
  }

  /** The ids of all dimensions of the launch. */
  List<Term> ids() {
    return ids;
  }

  Term global(int d) {
    return global[d];
  }

  Term local(int d) {
    return local[d];
  }

  Term group(int d) {
    return group[d];
  }

  /** Whether it is known how the dimension is cut into groups. */
  boolean knownGroups(int d) {
    return shape.global()[d] != LaunchShape.UNKNOWN && shape.local()[d] != LaunchShape.UNKNOWN;
  }

  /** Number of work-items along the dimension in its smallest work-group. */
  long smallestGroup(int d) {
    long last = shape.global()[d] % shape.local()[d];
    return last == 0 ? shape.local()[d] : last;
  }

  LaunchShape shape() {
    return shape;
  }

  Term opaque(Interval range, Origin origin, boolean varies, @Nullable String unknown) {
    return make(Kind.OPAQUE, origin, 0, range, List.of(), 0, varies, unknown);
  }

  Term counter(int label, Interval range) {
    return make(Kind.COUNTER, Origin.NONE, label, range, List.of(), 0, false, null);
  }

  /** The minimum, the maximum, the product, or one of two forms. */
  Term derived(Kind kind, Interval range, Form a, Form b) {
    String unknown = a.unknown() != null ? a.unknown() : b.unknown();
    return make(
        kind, Origin.NONLINEAR, 0, range, List.of(a, b), 0, a.varies() || b.varies(), unknown);
  }

  private Term split(Kind kind, Form form, long by) {
    Split key = new Split(kind, form, by);
    Term known = splits.get(key);
    if (known == null) {
      Interval range = kind == Kind.REMAINDER ? new Interval(0, by - 1) : Interval.of(Type.I64);
      known =
          make(kind, Origin.NONLINEAR, 0, range, List.of(form), by, form.varies(), form.unknown());
      splits.put(key, known);
    }
    return known;
  }

  /** Whether a term is a quotient or remainder of that id, but for a constant. */
  static boolean isPartOf(Term term, Term id) {
    return (term.kind == Kind.QUOTIENT || term.kind == Kind.REMAINDER)
        && term.operands.getFirst().isGlobalId()
        && term.operands.getFirst().terms[0] == id;
  }

  /** The quotient and the remainder of the same division. */
  List<Term> parts(Term part) {
    Form dividend = part.operands.getFirst();
    return List.of(
        split(Kind.QUOTIENT, dividend, part.by), split(Kind.REMAINDER, dividend, part.by));
  }

  /** The term of {@code floor(form / by)} or its remainder, if some access uses it. */
  private @Nullable Term existing(Kind kind, Form form, long by) {
    return splits.get(new Split(kind, form, by));
  }

  /** {@code floor(form / by)}, by > 0. */
  Form quotient(Form form, long by) {
    Form high = multiples(form, by);
    Form low = form.minus(high);
    if (low != null && context.range(low).within(0, by - 1)) {
      return over(high, by);
    }
    return Form.of(split(Kind.QUOTIENT, form, by));
  }

  /** {@code form - by * floor(form / by)}, by > 0. */
  Form remainder(Form form, long by) {
    Form low = form.minus(multiples(form, by));
    if (low != null && context.range(low).within(0, by - 1)) {
      return low;
    }
    return Form.of(split(Kind.REMAINDER, form, by));
  }

  /** The part of a form that is a multiple of {@code by}. */
  private static Form multiples(Form form, long by) {
    Form high = Form.of(form.constant - Math.floorMod(form.constant, by));
    for (int i = 0; i < form.terms.length; i++) {
      if (form.coefficients[i] % by == 0) {
        Form sum = high.combine(Form.of(form.terms[i]), form.coefficients[i]);
        high = sum == null ? high : sum;
      }
    }
    return high;
  }

  private static Form over(Form form, long by) {
    long[] coefficients = form.coefficients.clone();
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] /= by;
    }
    return new Form(form.constant / by, form.terms, coefficients);
  }

  /** An id or size, if it is a form. */
  @Nullable Form query(QueryOp op, int d) {
    long size = shape.global()[d];
    long width = shape.local()[d];
    boolean known = size != LaunchShape.UNKNOWN;
    boolean cut = known && width != LaunchShape.UNKNOWN;
    return switch (op) {
      case GLOBAL_ID -> value(global[d]);
      case LOCAL_ID -> value(local[d]);
      case GROUP_ID -> normal(value(group[d]));
      case GLOBAL_SIZE -> known ? Form.of(size) : null;
      case LOCAL_SIZE ->
          cut && size % Math.min(size, width) == 0 ? Form.of(Math.min(size, width)) : null;
      case GROUP_COUNT -> cut ? Form.of(shape.groups(d)) : null;
      case GLOBAL_OFFSET -> Form.of(shape.offset()[d]);
      case WORK_DIM -> Form.of(shape.dimensions());
    };
  }

  private Form value(Term term) {
    return term.range.isPoint() ? Form.of(term.range.lo()) : Form.of(term);
  }

  /** The same form in its one shape. */
  Form normal(Form form) {
    Form result = form;
    for (int d = 0; d < shape.dimensions(); d++) {
      result = joinIds(result, d);
    }
    for (Term term : result.terms) {
      if (term.kind == Kind.QUOTIENT) {
        result = joinSplit(result, term);
      }
    }
    return result;
  }

  private Form joinIds(Form form, int d) {
    long groups = form.coefficient(group[d]);
    long width = shape.local()[d];
    if (groups == 0 || width == LaunchShape.UNKNOWN || groups % width != 0) {
      return form;
    }
    long factor = groups / width;
    if (width > 1 && form.coefficient(local[d]) != factor) {
      return form;
    }
    Form base = form.without(group[d]).without(local[d]);
    Form sum = base.combine(Form.of(global[d]), factor);
    Form moved = sum == null ? null : sum.plus(Interval.multiply(-factor, shape.offset()[d]));
    return moved == null ? form : moved;
  }

  private Form joinSplit(Form form, Term quotient) {
    Form dividend = quotient.operands.getFirst();
    Term remainder = existing(Kind.REMAINDER, dividend, quotient.by);
    if (remainder == null) {
      return form;
    }
    long factor = form.coefficient(remainder);
    if (factor == 0 || form.coefficient(quotient) != Interval.multiply(factor, quotient.by)) {
      return form;
    }
    Form sum = form.without(quotient).without(remainder).combine(dividend, factor);
    return sum == null ? form : normal(sum);
  }

  /** The form over group and local ids, if it has a global id beside one of them. */
  Form independent(Form form) {
    for (int d = 0; d < shape.dimensions(); d++) {
      if (form.contains(global[d]) && (form.contains(local[d]) || form.contains(group[d]))) {
        Form split = overGroups(form);
        return split == null ? form : split;
      }
    }
    return form;
  }

  /**
   * The form over group and local ids in place of global ids; null if the local size is unknown.
   */
  @Nullable Form overGroups(Form form) {
    Form result = form;
    for (int d = 0; d < shape.dimensions(); d++) {
      long factor = result.coefficient(global[d]);
      long width = shape.local()[d];
      if (factor == 0) {
        continue;
      }
      if (width == LaunchShape.UNKNOWN) {
        return null;
      }
      Form sum = result.without(global[d]).combine(value(local[d]), factor);
      sum = sum == null ? null : sum.combine(value(group[d]), Interval.multiply(factor, width));
      sum = sum == null ? null : sum.plus(Interval.multiply(factor, shape.offset()[d]));
      if (sum == null) {
        return null;
      }
      result = sum;
    }
    return result;
  }
}
