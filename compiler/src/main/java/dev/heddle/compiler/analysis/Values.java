package dev.heddle.compiler.analysis;

import dev.heddle.compiler.analysis.Term.Kind;
import dev.heddle.compiler.analysis.Term.Origin;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of every integer value, as the signed number that its bits stand for. An operation that
 * is not affine, or may wrap in its own type, gives a new term.
 */
final class Values {
  private final Terms terms;
  private final Context context;
  private final Structure structure;
  private final @Nullable Form[] forms;
  private final Map<Term, Value> firsts = new HashMap<>();

  Values(Terms terms, Context context, Structure structure) {
    this.terms = terms;
    this.context = context;
    this.structure = structure;
    this.forms = new Form[structure.values()];
  }

  /** The form of an integer or BOOL; an opaque one if nothing was said of it. */
  Form form(Value value) {
    Form form = forms[value.id()];
    return form != null ? form : set(value, opaque(value.type(), Origin.NONLINEAR, true, null));
  }

  Interval range(Value value) {
    return context.range(form(value));
  }

  Form set(Value value, Form form) {
    forms[value.id()] = form;
    if (form.terms.length == 1 && form.constant == 0 && form.coefficients[0] == 1) {
      firsts.putIfAbsent(form.terms[0], value);
    }
    return form;
  }

  /** The value that a term was made for, if it stands for that value alone. */
  @Nullable Value first(Term term) {
    return firsts.get(term);
  }

  /** Makes the value opaque. */
  void forget(Value value, Origin origin, boolean varies) {
    if (tracked(value.type())) {
      set(value, opaque(value.type(), origin, varies, null));
    }
  }

  static boolean tracked(Type type) {
    return type.isInteger() || type == Type.BOOL;
  }

  Form opaque(Type type, Origin origin, boolean varies, @Nullable String unknown) {
    return Form.of(terms.opaque(Interval.of(type), origin, varies, unknown));
  }

  /** Finds the forms of the results of an op without regions. */
  void evaluate(Op op) {
    switch (op) {
      case Op.Constant constant -> {
        if (tracked(constant.result().type())) {
          set(constant.result(), constant(constant.result().type(), constant.bits()));
        }
      }
      case Op.Unary unary when tracked(unary.result().type()) -> set(unary.result(), unary(unary));
      case Op.Binary binary when tracked(binary.result().type()) ->
          set(binary.result(), binary(binary));
      case Op.Compare compare -> set(compare.result(), compare(compare));
      case Op.Select select when tracked(select.result().type()) ->
          set(select.result(), select(select));
      case Op.Convert convert when tracked(convert.result().type()) ->
          set(convert.result(), convert(convert));
      case Op.Query query -> set(query.result(), query(query));
      case Op.RootSize size -> set(size.result(), rootSize(size));
      case Op.Load load -> {
        boolean varies = form(load.access().offset()).varies();
        load.results().forEach(result -> forget(result, Origin.LOADED, varies));
      }
      case Op.Atomic atomic -> forget(atomic.result(), Origin.LOADED, true);
      default -> {}
    }
  }

  static Form constant(Type type, long bits) {
    return Form.of(type == Type.BOOL ? bits & 1 : Arithmetic.signed(type, bits));
  }

  private Form query(Op.Query query) {
    Form form = terms.query(query.op(), query.dimension());
    if (form != null) {
      return form;
    }
    boolean global = query.op() == QueryOp.GLOBAL_SIZE;
    long size = terms.shape().global()[query.dimension()];
    Interval range = new Interval(1, size == LaunchShape.UNKNOWN ? Integer.MAX_VALUE : size);
    String unknown =
        size == LaunchShape.UNKNOWN
            ? "the global size"
            : global || terms.shape().local()[query.dimension()] != LaunchShape.UNKNOWN
                ? null
                : "the local size";
    return Form.of(terms.opaque(range, Origin.UNKNOWN, false, unknown));
  }

  private Form rootSize(Op.RootSize size) {
    long bytes = structure.bytes(size.root());
    if (bytes != LaunchShape.UNKNOWN) {
      return Form.of(bytes);
    }
    Interval range = new Interval(0, Long.MAX_VALUE - 1);
    return Form.of(terms.opaque(range, Origin.UNKNOWN, false, "the size of " + size.root().name()));
  }

  private Form unary(Op.Unary unary) {
    Form operand = form(unary.operand());
    Type type = unary.result().type();
    if (unary.op() == UnaryOp.NOT && type == Type.BOOL) {
      return affine(Form.of(1).minus(operand), type, operand, operand);
    }
    return switch (unary.op()) {
      case NEG -> affine(Form.ZERO.minus(operand), type, operand, operand);
      case NOT -> affine(Form.of(-1).minus(operand), type, operand, operand);
      case CLZ, CTZ, POPCOUNT -> within(new Interval(0, type.bits()), operand, operand);
      case FNEG, FABS, SQRT, FLOOR, CEIL, FTRUNC, RINT ->
          throw new IllegalStateException(unary.op() + " of " + type);
    };
  }

  /** The form, if it does not wrap; else what it wraps to. */
  private Form affine(@Nullable Form form, Type type, Form a, Form b) {
    if (form != null) {
      Form normal = terms.normal(form);
      Interval range = context.range(normal);
      if (range.fits(type)) {
        return normal;
      }
      Form shifted = type == Type.I64 ? null : unwrapped(normal, range, type);
      if (shifted != null) {
        return shifted;
      }
    }
    String unknown = a.unknown() != null ? a.unknown() : b.unknown();
    return opaque(type, Origin.WRAPS, a.varies() || b.varies(), unknown);
  }

  /** The form less a multiple of 2^bits, if all its values wrap equally often. */
  private static @Nullable Form unwrapped(Form form, Interval range, Type type) {
    if (Interval.infinite(range.lo()) || Interval.infinite(range.hi())) {
      return null;
    }
    long least = Interval.of(type).lo();
    long size = 1L << type.bits();
    long turns = Math.floorDiv(Interval.add(range.lo(), -least), size);
    boolean same = turns == Math.floorDiv(Interval.add(range.hi(), -least), size);
    return same ? form.plus(Interval.multiply(-turns, size)) : null;
  }

  private Form within(Interval range, Form a, Form b) {
    if (range.isPoint()) {
      return Form.of(range.lo());
    }
    String unknown = a.unknown() != null ? a.unknown() : b.unknown();
    return Form.of(terms.opaque(range, Origin.NONLINEAR, a.varies() || b.varies(), unknown));
  }

  private Form binary(Op.Binary binary) {
    Type type = binary.result().type();
    Form a = form(binary.left());
    Form b = form(binary.right());
    if (a.isConstant() && b.isConstant()) {
      long bits =
          Arithmetic.binary(
              binary.op(),
              type,
              Arithmetic.truncate(type, a.constant),
              Arithmetic.truncate(type, b.constant));
      return constant(type, bits);
    }
    return type == Type.BOOL ? logic(binary.op(), a, b) : integer(binary.op(), type, a, b);
  }

  private Form logic(BinaryOp op, Form a, Form b) {
    if (op == BinaryOp.AND && (a.isConstant(0) || b.isConstant(0))) {
      return Form.ZERO;
    }
    if (op == BinaryOp.OR && (a.isConstant(1) || b.isConstant(1))) {
      return Form.of(1);
    }
    return within(Interval.BOOL, a, b);
  }

  private Form integer(BinaryOp op, Type type, Form a, Form b) {
    return switch (op) {
      case ADD -> affine(a.plus(b), type, a, b);
      case SUB -> affine(a.minus(b), type, a, b);
      case MUL -> product(type, a, b);
      case SDIV, UDIV -> quotient(op == BinaryOp.SDIV, type, a, b);
      case SREM, UREM -> remainder(op == BinaryOp.SREM, type, a, b);
      case AND -> and(type, a, b);
      case OR, XOR -> or(op, type, a, b);
      case SHL -> shiftLeft(type, a, b);
      case ASHR -> shiftRight(type, a, b);
      case LSHR -> context.range(a).lo() >= 0 ? shiftRight(type, a, b) : unsignedShift(type, a, b);
      case SMIN -> extremum(Kind.MINIMUM, a, b);
      case SMAX -> extremum(Kind.MAXIMUM, a, b);
      case UMIN -> natural(a, b) ? extremum(Kind.MINIMUM, a, b) : unsignedMinimum(type, a, b);
      case UMAX -> natural(a, b) ? extremum(Kind.MAXIMUM, a, b) : any(type, a, b);
      case SMULHI, UMULHI, ROTL -> any(type, a, b);
      case FADD, FSUB, FMUL, FDIV, FMIN, FMAX ->
          throw new IllegalStateException(op + " of " + type);
    };
  }

  private Form any(Type type, Form a, Form b) {
    return within(Interval.of(type), a, b);
  }

  private boolean natural(Form a, Form b) {
    return context.range(a).lo() >= 0 && context.range(b).lo() >= 0;
  }

  private Form product(Type type, Form a, Form b) {
    if (a.isConstant() || b.isConstant()) {
      Form form = b.isConstant() ? a.times(b.constant) : b.times(a.constant);
      return affine(form, type, a, b);
    }
    Interval range = context.range(a).times(context.range(b));
    return range.fits(type)
        ? derived(Kind.PRODUCT, range, a, b)
        : opaque(type, Origin.WRAPS, a.varies() || b.varies(), unknown(a, b));
  }

  private static @Nullable String unknown(Form a, Form b) {
    return a.unknown() != null ? a.unknown() : b.unknown();
  }

  private Form derived(Kind kind, Interval range, Form a, Form b) {
    return range.isPoint() ? Form.of(range.lo()) : Form.of(terms.derived(kind, range, a, b));
  }

  private Form quotient(boolean signed, Type type, Form a, Form b) {
    Interval dividend = context.range(a);
    Interval divisor = context.range(b);
    if (dividend.lo() >= 0 && b.isConstant() && b.constant > 0) {
      return terms.normal(terms.quotient(a, b.constant));
    }
    if (dividend.lo() >= 0 && divisor.lo() >= 0) {
      // a division by zero gives 0
      long least = divisor.lo() == 0 ? 0 : dividend.lo() / divisor.hi();
      return within(new Interval(least, dividend.hi() / Math.max(1, divisor.lo())), a, b);
    }
    if (signed && divisor.lo() >= 1) {
      return within(new Interval(Math.min(0, dividend.lo()), Math.max(0, dividend.hi())), a, b);
    }
    return any(type, a, b);
  }

  private Form remainder(boolean signed, Type type, Form a, Form b) {
    Interval dividend = context.range(a);
    Interval divisor = context.range(b);
    if (dividend.lo() >= 0 && b.isConstant() && b.constant > 0) {
      return terms.normal(terms.remainder(a, b.constant));
    }
    if (divisor.lo() >= 0 && (dividend.lo() >= 0 || !signed)) {
      long most = Math.max(0, divisor.hi() - 1);
      return within(
          new Interval(0, dividend.lo() >= 0 ? Math.min(most, dividend.hi()) : most), a, b);
    }
    if (signed && divisor.lo() >= 0) {
      long most = Math.max(0, divisor.hi() - 1);
      return within(new Interval(-most, Math.max(0, Math.min(most, dividend.hi()))), a, b);
    }
    return any(type, a, b);
  }

  private Form and(Type type, Form a, Form b) {
    Form mask = b.isConstant() ? b : a;
    Form other = b.isConstant() ? a : b;
    if (mask.isConstant()
        && mask.constant >= 0
        && (mask.constant & (mask.constant + 1)) == 0
        && mask.constant < Long.MAX_VALUE >> 1) {
      return terms.normal(terms.remainder(other, mask.constant + 1));
    }
    long low = -mask.constant;
    if (mask.isConstant() && mask.constant < 0 && Long.bitCount(low) == 1 && low > 0) {
      return affine(other.minus(terms.remainder(other, low)), type, a, b);
    }
    long most =
        Math.min(
            context.range(a).lo() >= 0 ? context.range(a).hi() : Long.MAX_VALUE,
            context.range(b).lo() >= 0 ? context.range(b).hi() : Long.MAX_VALUE);
    return most == Long.MAX_VALUE ? any(type, a, b) : within(new Interval(0, most), a, b);
  }

  /** Or and exclusive or: the sum, if no bit can be set in both; else a range. */
  private Form or(BinaryOp op, Type type, Form a, Form b) {
    if (op == BinaryOp.XOR && (a.isConstant(-1) || b.isConstant(-1))) {
      return affine(Form.of(-1).minus(a.isConstant(-1) ? b : a), type, a, b);
    }
    if (!natural(a, b)) {
      return any(type, a, b);
    }
    if ((Bits.possible(a, context) & Bits.possible(b, context)) == 0) {
      return affine(a.plus(b), type, a, b);
    }
    Interval x = context.range(a);
    Interval y = context.range(b);
    long most = Bits.below(Math.max(x.hi(), y.hi()));
    if (op == BinaryOp.XOR && b.isConstant() && Long.bitCount(b.constant) == 1) {
      // one bit changes: up or down by its worth
      Form up = a.plus(b.constant);
      Form down = a.plus(-b.constant);
      return up == null || down == null
          ? any(type, a, b)
          : derived(Kind.CHOICE, new Interval(0, most), down, up);
    }
    return within(new Interval(op == BinaryOp.OR ? Math.max(x.lo(), y.lo()) : 0, most), a, b);
  }

  private Form shiftLeft(Type type, Form a, Form b) {
    if (b.isConstant()) {
      long count = b.constant & (type.bits() - 1);
      return count >= 62 ? any(type, a, b) : affine(a.times(1L << count), type, a, b);
    }
    Interval count = context.range(b);
    if (count.within(0, Math.min(61, type.bits() - 1))) {
      Interval range = context.range(a).times(new Interval(1L << count.lo(), 1L << count.hi()));
      return range.fits(type) ? within(range, a, b) : any(type, a, b);
    }
    return any(type, a, b);
  }

  private Form shiftRight(Type type, Form a, Form b) {
    Interval range = context.range(a);
    if (b.isConstant()) {
      long count = b.constant & (type.bits() - 1);
      return count >= 62
          ? within(new Interval(range.lo() >> count, range.hi() >> count), a, b)
          : terms.normal(terms.quotient(a, 1L << count));
    }
    Interval count = context.range(b);
    long least = count.within(0, type.bits() - 1) ? count.lo() : 0;
    long most = count.within(0, type.bits() - 1) ? count.hi() : type.bits() - 1;
    return within(
        new Interval(
            Math.min(range.lo() >> least, range.lo() >> most),
            Math.max(range.hi() >> least, range.hi() >> most)),
        a,
        b);
  }

  private Form unsignedShift(Type type, Form a, Form b) {
    long count = b.isConstant() ? b.constant & (type.bits() - 1) : 0;
    return count == 0
        ? any(type, a, b)
        : within(new Interval(0, (1L << (type.bits() - count)) - 1), a, b);
  }

  private Form extremum(Kind kind, Form a, Form b) {
    Interval x = context.range(a);
    Interval y = context.range(b);
    boolean minimum = kind == Kind.MINIMUM;
    if (x.hi() <= y.lo()) {
      return minimum ? a : b;
    }
    if (y.hi() <= x.lo()) {
      return minimum ? b : a;
    }
    return derived(
        kind,
        minimum
            ? new Interval(Math.min(x.lo(), y.lo()), Math.min(x.hi(), y.hi()))
            : new Interval(Math.max(x.lo(), y.lo()), Math.max(x.hi(), y.hi())),
        a,
        b);
  }

  /** The smaller of two as unsigned numbers is at most the one that is not negative. */
  private Form unsignedMinimum(Type type, Form a, Form b) {
    Interval x = context.range(a);
    Interval y = context.range(b);
    if (x.lo() < 0 && y.lo() < 0) {
      return any(type, a, b);
    }
    return within(new Interval(0, x.lo() >= 0 ? x.hi() : y.hi()), a, b);
  }

  private Form compare(Op.Compare compare) {
    if (!tracked(compare.left().type())) {
      return within(Interval.BOOL, VARYING, VARYING);
    }
    Form a = form(compare.left());
    Form b = form(compare.right());
    Boolean answer = decide(compare.op(), a, b);
    return answer == null ? within(Interval.BOOL, a, b) : Form.of(answer ? 1 : 0);
  }

  /** What any float may be: different in every lane. */
  private static final Form VARYING =
      Form.of(
          new Term(
              Integer.MAX_VALUE - 1,
              Kind.OPAQUE,
              Origin.NONLINEAR,
              0,
              Interval.BOOL,
              java.util.List.of(),
              0,
              true,
              null));

  private @Nullable Boolean decide(CompareOp op, Form a, Form b) {
    Form difference = a.minus(b);
    Interval range =
        difference == null
            ? context.range(a).plus(context.range(b).negate())
            : context.range(difference);
    return switch (op) {
      case EQ -> not(different(range));
      case NE -> different(range);
      case SLT -> below(range, 0);
      case SLE -> below(range, 1);
      case SGT -> not(below(range, 1));
      case SGE -> not(below(range, 0));
      case ULT -> natural(a, b) ? below(range, 0) : null;
      case ULE -> natural(a, b) ? below(range, 1) : null;
      case UGT -> natural(a, b) ? not(below(range, 1)) : null;
      case UGE -> natural(a, b) ? not(below(range, 0)) : null;
      case FEQ, FNE, FLT, FLE, FGT, FGE -> null;
    };
  }

  private static @Nullable Boolean different(Interval difference) {
    if (difference.lo() > 0 || difference.hi() < 0) {
      return Boolean.TRUE;
    }
    return difference.isPoint() ? Boolean.FALSE : null;
  }

  private static @Nullable Boolean below(Interval difference, long limit) {
    if (difference.hi() < limit) {
      return Boolean.TRUE;
    }
    return difference.lo() >= limit ? Boolean.FALSE : null;
  }

  private static @Nullable Boolean not(@Nullable Boolean answer) {
    return answer == null ? null : !answer;
  }

  private Form select(Op.Select select) {
    Form condition = form(select.condition());
    if (condition.isConstant()) {
      return form(condition.constant != 0 ? select.ifTrue() : select.ifFalse());
    }
    Interval range = range(select.ifTrue()).hull(range(select.ifFalse()));
    return joined(select.condition(), select.ifTrue(), select.ifFalse(), range);
  }

  /** A value of which only the range is known, that a loop hands on or over. */
  Form loopResult(Interval range) {
    return Form.of(terms.opaque(range, Origin.LOOP, true, null));
  }

  /**
   * What a condition chooses: the smaller or the larger of two, or any of them.
   *
   * @param range where the result lies
   */
  Form joined(Value condition, Value ifTrue, Value ifFalse, Interval range) {
    Form a = form(ifTrue);
    Form b = form(ifFalse);
    if (a.equals(b)) {
      return a;
    }
    Type type = ifTrue.type();
    if (type == Type.BOOL) {
      return within(Interval.BOOL, VARYING, VARYING);
    }
    Kind kind = extremum(condition, a, b);
    if (kind != null) {
      return extremum(kind, a, b);
    }
    boolean varies = form(condition).varies();
    return varies && !a.varies() && !b.varies()
        ? Form.of(terms.opaque(range, Origin.NONLINEAR, true, unknown(a, b)))
        : derived(Kind.CHOICE, range, a, b);
  }

  /** Whether {@code condition ? a : b} is the smaller or the larger of the two. */
  private @Nullable Kind extremum(Value condition, Form a, Form b) {
    if (!(structure.definition(condition) instanceof Op.Compare compare)
        || !compare.left().type().isInteger()) {
      return null;
    }
    Form left = form(compare.left());
    Form right = form(compare.right());
    return switch (compare.op()) {
      case SLT, SLE -> extremum(true, compare.op() == CompareOp.SLT ? -1 : 1, left, right, a, b);
      case SGT, SGE -> extremum(false, compare.op() == CompareOp.SGT ? 1 : -1, left, right, a, b);
      case ULT, ULE ->
          natural(left, right)
              ? extremum(true, compare.op() == CompareOp.ULT ? -1 : 1, left, right, a, b)
              : null;
      case UGT, UGE ->
          natural(left, right)
              ? extremum(false, compare.op() == CompareOp.UGT ? 1 : -1, left, right, a, b)
              : null;
      default -> null;
    };
  }

  /**
   * With {@code left < right} (or {@code >}): {@code left} and {@code right}, or {@code right} and
   * its neighbour, chosen in this order or the other.
   */
  private static @Nullable Kind extremum(
      boolean less, long neighbour, Form left, Form right, Form a, Form b) {
    Form near = right.plus(neighbour);
    if (a.equals(left) && (b.equals(right) || b.equals(near))) {
      return less ? Kind.MINIMUM : Kind.MAXIMUM;
    }
    if (b.equals(left) && (a.equals(right) || a.equals(near))) {
      return less ? Kind.MAXIMUM : Kind.MINIMUM;
    }
    return null;
  }

  private Form convert(Op.Convert convert) {
    Type type = convert.result().type();
    if (!tracked(convert.operand().type())) {
      return any(type, VARYING, VARYING);
    }
    Form operand = form(convert.operand());
    return switch (convert.op()) {
      case TRUNC ->
          type == Type.BOOL ? lowestBit(operand) : affine(operand, type, operand, operand);
      case SEXT -> operand;
      case ZEXT -> zeroExtended(operand, convert.operand().type());
      case BITCAST, S_TO_F, U_TO_F, F_TO_S, F_TO_U, F_EXTEND, F_TRUNC ->
          any(type, operand, operand);
    };
  }

  private Form lowestBit(Form operand) {
    if (context.range(operand).within(0, 1)) {
      return operand;
    }
    return within(Interval.BOOL, operand, operand);
  }

  private Form zeroExtended(Form operand, Type from) {
    Interval range = context.range(operand);
    if (range.lo() >= 0) {
      return operand;
    }
    long size = 1L << from.bits();
    Form moved = range.hi() < 0 ? operand.plus(size) : null;
    return moved != null ? moved : within(new Interval(0, size - 1), operand, operand);
  }
}
