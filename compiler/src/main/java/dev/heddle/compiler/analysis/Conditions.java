package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows for the forms of values where a condition holds or does not hold. */
final class Conditions {
  private static final Interval NEGATIVE = new Interval(Long.MIN_VALUE, -1);
  private static final Interval POSITIVE = new Interval(1, Long.MAX_VALUE);
  private static final Interval NOT_POSITIVE = new Interval(Long.MIN_VALUE, 0);
  private static final Interval NOT_NEGATIVE = new Interval(0, Long.MAX_VALUE);
  private static final Interval ZERO = Interval.point(0);

  /**
   * One conclusion: {@code form} lies in {@code range}, or is not zero.
   *
   * @param nonZero whether it says that the form is not zero; the range is then open
   */
  record Relation(Form form, Interval range, boolean nonZero) {}

  /**
   * All conclusions from a condition.
   *
   * @param complete whether they say as much as the condition
   */
  record Conclusion(List<Relation> relations, boolean complete) {}

  private final Values values;
  private final Context context;
  private final Structure structure;

  Conditions(Values values, Context context, Structure structure) {
    this.values = values;
    this.context = context;
    this.structure = structure;
  }

  Conclusion conclude(Value condition, boolean truth) {
    List<Relation> relations = new ArrayList<>();
    boolean complete = collect(condition, truth, relations);
    return new Conclusion(relations, complete);
  }

  /** Adds the conclusions to the context; false if the place is then never reached. */
  boolean assume(Conclusion conclusion) {
    for (Relation relation : conclusion.relations()) {
      if (!assume(relation)) {
        return false;
      }
    }
    return true;
  }

  private boolean assume(Relation relation) {
    if (!relation.nonZero()) {
      return context.assume(relation.form(), relation.range());
    }
    Interval range = context.range(relation.form());
    if (range.lo() == 0) {
      return context.assume(relation.form(), POSITIVE);
    }
    return range.hi() != 0 || context.assume(relation.form(), NEGATIVE);
  }

  /** Whether the conclusion cuts the ranges of ids and counters and says no more and no less. */
  boolean precise(Conclusion conclusion) {
    return conclusion.complete() && conclusion.relations().stream().allMatch(this::precise);
  }

  private boolean precise(Relation relation) {
    Form form = relation.form();
    if (form.isConstant()) {
      return true;
    }
    if (form.terms.length > 1) {
      return false;
    }
    if (relation.nonZero()) {
      Interval range = context.range(form);
      return (range.lo() >= 0 || range.hi() <= 0) && basic(form.terms[0]);
    }
    return basic(form.terms[0]);
  }

  private static boolean basic(Term term) {
    if (term.kind == Term.Kind.QUOTIENT) {
      Form dividend = term.operands.getFirst();
      return dividend.terms.length == 1 && basic(dividend.terms[0]);
    }
    return term.isId() || term.kind == Term.Kind.COUNTER;
  }

  private boolean collect(Value condition, boolean truth, List<Relation> out) {
    Form form = values.form(condition);
    if (form.isConstant()) {
      if ((form.constant != 0) != truth) {
        out.add(new Relation(Form.of(1), ZERO, false));
      }
      return true;
    }
    return switch (structure.definition(condition)) {
      case Op.Compare compare -> collect(compare, truth, out);
      case Op.Binary binary -> collect(binary, truth, out);
      case Op.Unary unary when unary.op() == UnaryOp.NOT -> collect(unary.operand(), !truth, out);
      case Op.Select select ->
          collect(select.condition(), select.ifTrue(), select.ifFalse(), truth, out);
      case Op.If branch -> collect(branch, condition, truth, out);
      case Op.Convert convert when convert.operand().type().isInteger() ->
          collectNumber(convert.operand(), truth, out);
      case null, default -> false;
    };
  }

  private boolean collect(Op.Binary binary, boolean truth, List<Relation> out) {
    Form left = values.form(binary.left());
    Form right = values.form(binary.right());
    return switch (binary.op()) {
      case AND, OR -> {
        boolean both = (binary.op() == BinaryOp.AND) == truth;
        if (both) {
          boolean first = collect(binary.left(), truth, out);
          yield collect(binary.right(), truth, out) && first;
        }
        if (left.isConstant() || right.isConstant()) {
          yield collect(left.isConstant() ? binary.right() : binary.left(), truth, out);
        }
        yield false;
      }
      case XOR -> {
        if (right.isConstant()) {
          yield collect(binary.left(), truth ^ right.isConstant(1), out);
        }
        yield left.isConstant() && collect(binary.right(), truth ^ left.isConstant(1), out);
      }
      default -> false;
    };
  }

  /** {@code condition ? a : b} on truth values: with a constant it is an and, or an or. */
  private boolean collect(Value condition, Value a, Value b, boolean truth, List<Relation> out) {
    Form first = values.form(a);
    Form second = values.form(b);
    if (second.isConstant(truth ? 0 : 1)) {
      boolean held = collect(condition, true, out);
      return collect(a, truth, out) && held;
    }
    if (first.isConstant(truth ? 0 : 1)) {
      boolean held = collect(condition, false, out);
      return collect(b, truth, out) && held;
    }
    return false;
  }

  private boolean collect(Op.If branch, Value result, boolean truth, List<Relation> out) {
    int index = branch.results().indexOf(result);
    Value a = yielded(branch.thenRegion(), index);
    Value b = yielded(branch.elseRegion(), index);
    if (a == null || b == null) {
      Value only = a != null ? a : b;
      return only != null && collect(only, truth, out);
    }
    return collect(branch.condition(), a, b, truth, out);
  }

  private static @Nullable Value yielded(Region arm, int index) {
    return arm.terminator() instanceof Terminator.Yield yield ? yield.values().get(index) : null;
  }

  /** A number that stands for a truth value: 0 or 1. */
  private boolean collectNumber(Value number, boolean truth, List<Relation> out) {
    if (structure.definition(number) instanceof Op.Convert convert
        && convert.operand().type() == Type.BOOL) {
      return collect(convert.operand(), truth, out);
    }
    if (structure.definition(number) instanceof Op.Select select
        && values.form(select.ifTrue()).isConstant(1)
        && values.form(select.ifFalse()).isConstant(0)) {
      return collect(select.condition(), truth, out);
    }
    return false;
  }

  private boolean collect(Op.Compare compare, boolean truth, List<Relation> out) {
    if (compare.left().type() == Type.BOOL) {
      return collectTruths(compare, truth, out);
    }
    if (!compare.left().type().isInteger()) {
      return false;
    }
    Form left = values.form(compare.left());
    Form right = values.form(compare.right());
    boolean equality = compare.op() == CompareOp.EQ || compare.op() == CompareOp.NE;
    if (equality
        && right.isConstant(0)
        && collectNumber(compare.left(), (compare.op() == CompareOp.NE) == truth, out)) {
      return true;
    }
    return relate(truth ? compare.op() : opposite(compare.op()), left, right, out);
  }

  private boolean collectTruths(Op.Compare compare, boolean truth, List<Relation> out) {
    Form right = values.form(compare.right());
    boolean equal = (compare.op() == CompareOp.EQ) == truth;
    return right.isConstant() && collect(compare.left(), right.isConstant(1) == equal, out);
  }

  private static CompareOp opposite(CompareOp op) {
    return switch (op) {
      case EQ -> CompareOp.NE;
      case NE -> CompareOp.EQ;
      case SLT -> CompareOp.SGE;
      case SLE -> CompareOp.SGT;
      case SGT -> CompareOp.SLE;
      case SGE -> CompareOp.SLT;
      case ULT -> CompareOp.UGE;
      case ULE -> CompareOp.UGT;
      case UGT -> CompareOp.ULE;
      case UGE -> CompareOp.ULT;
      case FEQ, FNE, FLT, FLE, FGT, FGE -> throw new IllegalArgumentException("float " + op);
    };
  }

  private boolean relate(CompareOp op, Form left, Form right, List<Relation> out) {
    Form difference = left.minus(right);
    if (difference == null) {
      return false;
    }
    return switch (op) {
      case EQ -> out.add(new Relation(difference, ZERO, false));
      case NE -> out.add(new Relation(difference, Interval.of(Type.I64), true));
      case SLT -> out.add(new Relation(difference, NEGATIVE, false));
      case SLE -> out.add(new Relation(difference, NOT_POSITIVE, false));
      case SGT -> out.add(new Relation(difference, POSITIVE, false));
      case SGE -> out.add(new Relation(difference, NOT_NEGATIVE, false));
      case ULT, ULE -> unsigned(op == CompareOp.ULT ? NEGATIVE : NOT_POSITIVE, left, right, out);
      case UGT, UGE -> unsigned(op == CompareOp.UGT ? NEGATIVE : NOT_POSITIVE, right, left, out);
      case FEQ, FNE, FLT, FLE, FGT, FGE -> throw new IllegalArgumentException("float " + op);
    };
  }

  /** {@code low} is below {@code high} as an unsigned number. */
  private boolean unsigned(Interval sign, Form low, Form high, List<Relation> out) {
    if (context.range(high).lo() < 0) {
      return false;
    }
    Form difference = low.minus(high);
    if (difference == null) {
      return false;
    }
    out.add(new Relation(difference, sign, false));
    boolean natural = context.range(low).lo() >= 0;
    if (!natural) {
      out.add(new Relation(low, NOT_NEGATIVE, false));
    }
    return true;
  }
}
