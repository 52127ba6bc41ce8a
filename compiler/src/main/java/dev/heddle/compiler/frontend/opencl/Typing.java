package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Expr.BinaryKind;
import dev.heddle.compiler.frontend.opencl.Expr.Relation;
import dev.heddle.compiler.frontend.opencl.Expr.UnaryKind;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds typed expressions and checks the rules of C on the way (C99 section 6.5 with the changes
 * of OpenCL C 1.2 section 6.3). A mistake is reported once; the expression becomes invalid and fits
 * everywhere.
 */
final class Typing {
  private final Diagnostics diagnostics;
  private final Conversions conversions;

  Typing(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    this.conversions = new Conversions(diagnostics);
  }

  Conversions conversions() {
    return conversions;
  }

  Expr mistake(Span span, String message) {
    diagnostics.error(span, message);
    return new Expr.Invalid(span);
  }

  private static boolean invalid(Expr... parts) {
    for (Expr part : parts) {
      if (part.type().isInvalid()) {
        return true;
      }
    }
    return false;
  }

  /** A value that can be computed with: a scalar or vector. */
  private static boolean arithmetic(CType type) {
    return type.elementOrNull() != null;
  }

  // operators

  Expr unary(UnaryKind op, Expr operand, Span span) {
    Expr value = conversions.promote(conversions.rvalue(operand));
    if (invalid(value)) {
      return new Expr.Invalid(span);
    }
    boolean fits = arithmetic(value.type()) && (op == UnaryKind.NEGATE || !isFloat(value.type()));
    if (!fits) {
      String sign = op == UnaryKind.NEGATE ? "-" : "~";
      return mistake(span, "'" + sign + "' does not apply to " + value.type().text());
    }
    Expr computed = new Expr.Unary(op, conversions.computed(value), span);
    return conversions.convert(Constants.folded(computed), value.type());
  }

  Expr plus(Expr operand, Span span) {
    Expr value = conversions.promote(conversions.rvalue(operand));
    return invalid(value) || arithmetic(value.type())
        ? value
        : mistake(span, "'+' does not apply to " + value.type().text());
  }

  static boolean isFloat(CType type) {
    ElementType element = type.elementOrNull();
    return element != null && element.type().isFloat();
  }

  Expr not(Expr operand, Span span) {
    Expr value = conversions.rvalue(operand);
    if (value.type() instanceof CType.Vector vector) {
      return new Expr.Not(conversions.computed(value), maskOf(vector), span);
    }
    Expr tested = condition(value);
    return invalid(tested) ? tested : new Expr.Not(tested, CType.INT, span);
  }

  /** The type of a comparison of vectors: signed integers of the same width. */
  private static CType.Vector maskOf(CType.Vector vector) {
    ElementType element =
        switch (vector.element().type().bytes()) {
          case 1 -> ElementType.CHAR;
          case 2 -> ElementType.SHORT;
          case 4 -> ElementType.INT;
          default -> ElementType.LONG;
        };
    return new CType.Vector(element, vector.width());
  }

  /** A scalar that can be tested; a pointer becomes its comparison with null. */
  Expr condition(Expr operand) {
    Expr value = conversions.rvalue(operand);
    if (invalid(value)) {
      return value;
    }
    if (value.type().isPointer()) {
      Expr zero = new Expr.Null(value.type(), value.span());
      return new Expr.PointerComparison(Relation.UNEQUAL, value, zero, value.span());
    }
    if (value.type() instanceof CType.Scalar && arithmetic(value.type())) {
      return conversions.computed(value);
    }
    return mistake(value.span(), "a condition must be a scalar, this is " + value.type().text());
  }

  Expr binary(BinaryKind op, Expr leftOperand, Expr rightOperand, boolean contract, Span span) {
    Expr left = conversions.rvalue(leftOperand);
    Expr right = conversions.rvalue(rightOperand);
    if (invalid(left, right)) {
      return new Expr.Invalid(span);
    }
    boolean moves = op == BinaryKind.ADD || op == BinaryKind.SUBTRACT;
    if (moves && left.type().isPointer() && right.type().isPointer()) {
      return pointerDifference(op, left, right, span);
    }
    if (moves && left.type().isPointer()) {
      return pointerAdd(left, right, op == BinaryKind.SUBTRACT, span);
    }
    if (op == BinaryKind.ADD && right.type().isPointer()) {
      return pointerAdd(right, left, false, span);
    }
    CType type = op.shifts() ? shiftType(left, right) : commonType(left, right);
    if (type == null || op.integersOnly() && isFloat(type)) {
      return badOperands(op.text(), left, right, span);
    }
    Expr typedLeft = computed(left, type);
    Expr typedRight = op.shifts() ? shiftCount(right, type) : computed(right, type);
    warnDivision(op, typedRight);
    boolean fuses = contract && type.elementOrNull() != ElementType.HALF;
    Expr result =
        new Expr.Binary(op, typedLeft, typedRight, Conversions.computed(type), fuses, span);
    return conversions.convert(Constants.folded(result), type);
  }

  /**
   * An operand brought to the common type. Halves are computed with as floats: a sum, product,
   * quotient or square root so computed and then rounded to half is the correctly rounded one,
   * since a float has more than twice the digits of a half.
   */
  private Expr computed(Expr operand, CType type) {
    return conversions.computed(conversions.convert(operand, type));
  }

  private void warnDivision(BinaryKind op, Expr divisor) {
    boolean divides = op == BinaryKind.DIVIDE || op == BinaryKind.REMAINDER;
    if (divides
        && divisor instanceof Expr.Literal literal
        && literal.bits() == 0
        && !literal.type().isFloat()) {
      diagnostics.warning(divisor.span(), "this divides by zero");
    }
  }

  private Expr badOperands(String op, Expr left, Expr right, Span span) {
    return mistake(
        span,
        "'%s' does not apply to %s and %s".formatted(op, left.type().text(), right.type().text()));
  }

  /** The usual arithmetic conversions; null where there is no common type. */
  @Nullable CType commonType(Expr left, Expr right) {
    return arithmetic(left.type()) && arithmetic(right.type())
        ? conversions.common(left.type(), right.type())
        : null;
  }

  private @Nullable CType shiftType(Expr left, Expr right) {
    boolean integers =
        arithmetic(left.type())
            && arithmetic(right.type())
            && !isFloat(left.type())
            && !isFloat(right.type());
    if (!integers) {
      return null;
    }
    CType promoted = Conversions.promoted(left.type());
    int width = right.type().components();
    if (width == 1 || width == promoted.components()) {
      return promoted;
    }
    return null;
  }

  private Expr shiftCount(Expr count, CType type) {
    return conversions.convert(count, CType.of(type.lane(), type.components()));
  }

  private Expr pointerDifference(BinaryKind op, Expr left, Expr right, Span span) {
    boolean same =
        left.type() instanceof CType.Pointer a
            && right.type() instanceof CType.Pointer b
            && a.target().type().size() == b.target().type().size();
    return op == BinaryKind.SUBTRACT && same
        ? new Expr.PointerDifference(left, right, span)
        : badOperands(op.text(), left, right, span);
  }

  private Expr pointerAdd(Expr pointer, Expr index, boolean subtract, Span span) {
    if (!index.type().isInteger()) {
      return badOperands(subtract ? "-" : "+", pointer, index, span);
    }
    return new Expr.PointerAdd(pointer, widenBool(index), subtract, span);
  }

  private Expr widenBool(Expr index) {
    return index.type() == CType.BOOL ? conversions.convert(index, CType.INT) : index;
  }

  Expr comparison(Relation relation, Expr leftOperand, Expr rightOperand, Span span) {
    Expr left = conversions.rvalue(leftOperand);
    Expr right = conversions.rvalue(rightOperand);
    if (invalid(left, right)) {
      return new Expr.Invalid(span);
    }
    if (left.type().isPointer() || right.type().isPointer()) {
      return pointerComparison(relation, left, right, span);
    }
    CType type = commonType(left, right);
    if (type == null) {
      return badOperands(relation.text(), left, right, span);
    }
    CType result = type instanceof CType.Vector vector ? maskOf(vector) : CType.INT;
    return Constants.folded(
        new Expr.Comparison(relation, computed(left, type), computed(right, type), result, span));
  }

  private Expr pointerComparison(Relation relation, Expr left, Expr right, Span span) {
    Expr a = conversions.nullTo(left, right.type());
    Expr b = conversions.nullTo(right, left.type());
    return a.type().isPointer() && b.type().isPointer()
        ? new Expr.PointerComparison(relation, a, b, span)
        : badOperands(relation.text(), left, right, span);
  }

  Expr logical(boolean and, Expr leftOperand, Expr rightOperand, Span span) {
    Expr left = conversions.rvalue(leftOperand);
    Expr right = conversions.rvalue(rightOperand);
    boolean vectors = left.type() instanceof CType.Vector || right.type() instanceof CType.Vector;
    if (vectors) {
      CType type = commonType(left, right);
      return type instanceof CType.Vector vector
          ? new Expr.Logical(and, computed(left, type), computed(right, type), maskOf(vector), span)
          : badOperands(and ? "&&" : "||", left, right, span);
    }
    Expr a = condition(left);
    Expr b = condition(right);
    return invalid(a, b)
        ? new Expr.Invalid(span)
        : Constants.folded(new Expr.Logical(and, a, b, CType.INT, span));
  }

  Expr conditional(Expr test, Expr trueOperand, Expr falseOperand, Span span) {
    Expr ifTrue = conversions.rvalue(trueOperand);
    Expr ifFalse = conversions.rvalue(falseOperand);
    if (test.type() instanceof CType.Vector mask) {
      return vectorConditional(test, mask, ifTrue, ifFalse, span);
    }
    Expr condition = condition(test);
    if (invalid(condition, ifTrue, ifFalse)) {
      return new Expr.Invalid(span);
    }
    CType type = branchType(ifTrue, ifFalse);
    if (type == null) {
      return mistake(
          span,
          "the two results of '?:' do not fit together: %s and %s"
              .formatted(ifTrue.type().text(), ifFalse.type().text()));
    }
    return Constants.folded(
        new Expr.Conditional(
            condition,
            conversions.convert(ifTrue, type),
            conversions.convert(ifFalse, type),
            type,
            span));
  }

  private @Nullable CType branchType(Expr a, Expr b) {
    if (a.type().equals(b.type())) {
      return a.type() instanceof CType.Scalar ? Conversions.promoted(a.type()) : a.type();
    }
    if (a.type() instanceof CType.Pointer pa && b.type() instanceof CType.Pointer pb) {
      boolean first = !(pa.target().type() instanceof CType.Void);
      return conversions.isNull(a) || !first ? pb : pa;
    }
    if (a.type().isPointer() || b.type().isPointer()) {
      CType pointer = a.type().isPointer() ? a.type() : b.type();
      return conversions.isNull(a) || conversions.isNull(b) ? pointer : null;
    }
    return commonType(a, b);
  }

  private Expr vectorConditional(
      Expr test, CType.Vector mask, Expr ifTrue, Expr ifFalse, Span span) {
    CType common = commonType(ifTrue, ifFalse);
    if (common == null || isFloat(mask)) {
      return invalid(ifTrue, ifFalse)
          ? new Expr.Invalid(span)
          : badOperands("?:", ifTrue, ifFalse, span);
    }
    CType type = CType.of(common.lane(), mask.width());
    if (common.components() != 1 && common.components() != mask.width()
        || mask.element().type().bytes() != common.lane().type().bytes()) {
      return mistake(
          span,
          "a condition of type %s cannot select among values of type %s"
              .formatted(mask.text(), common.text()));
    }
    return new Expr.Conditional(
        test, conversions.convert(ifTrue, type), conversions.convert(ifFalse, type), type, span);
  }

  Expr comma(Expr left, Expr right, Span span) {
    return new Expr.Comma(conversions.rvalue(left), conversions.rvalue(right), span);
  }

  // assignment

  /** Reports why nothing can be assigned to this expression; null if something can. */
  private @Nullable String notAssignable(Expr target) {
    Qualified place = Places.of(target);
    if (place == null) {
      return "only a variable or an object in memory can be assigned to";
    }
    if (place.constant() || place.space() == AddressSpace.CONSTANT) {
      String name = target instanceof Expr.VariableUse use ? "'" + use.variable() + "'" : "this";
      return name + " is constant and cannot be changed";
    }
    if (target instanceof Expr.VariableUse use && use.variable().readOnly()) {
      return "'" + use.variable() + "' is constant and cannot be changed";
    }
    if (target instanceof Expr.Swizzle swizzle
        && swizzle.components().stream().distinct().count() < swizzle.components().size()) {
      return "a component is named twice here, so nothing can be assigned";
    }
    return target.type() instanceof CType.Array ? "an array cannot be assigned to" : null;
  }

  private boolean checkTarget(Expr target) {
    if (invalid(target)) {
      return false;
    }
    String reason = notAssignable(target);
    if (reason != null) {
      diagnostics.error(target.span(), reason);
    }
    return reason == null;
  }

  Expr assign(Expr target, Expr value, Span span) {
    if (!checkTarget(target)) {
      return new Expr.Invalid(span);
    }
    Expr converted = conversions.implicit(value, target.type(), "assigned");
    return invalid(converted) ? converted : new Expr.Assign(target, converted, span);
  }

  Expr compoundAssign(BinaryKind op, Expr target, Expr operand, boolean contract, Span span) {
    Expr value = conversions.rvalue(operand);
    if (!checkTarget(target) || invalid(value)) {
      return new Expr.Invalid(span);
    }
    boolean moves = op == BinaryKind.ADD || op == BinaryKind.SUBTRACT;
    if (moves && target.type().isPointer() && value.type().isInteger()) {
      return new Expr.PointerAssign(target, widenBool(value), op == BinaryKind.SUBTRACT, span);
    }
    CType type = op.shifts() ? shiftType(target, value) : commonType(target, value);
    if (type == null
        || (op.integersOnly() && isFloat(type))
        || (type.components() != 1 && type.components() != target.type().components())) {
      return badOperands(op.text() + "=", target, value, span);
    }
    Expr typed = op.shifts() ? shiftCount(value, type) : computed(value, type);
    warnDivision(op, typed);
    boolean fuses = contract && type.elementOrNull() != ElementType.HALF;
    return new Expr.CompoundAssign(op, target, typed, Conversions.computed(type), fuses, span);
  }

  Expr increment(Expr target, int step, boolean prefix, Span span) {
    if (!checkTarget(target)) {
      return new Expr.Invalid(span);
    }
    if (!target.type().isPointer() && !arithmetic(target.type())) {
      String sign = step > 0 ? "++" : "--";
      return mistake(span, "'" + sign + "' does not apply to " + target.type().text());
    }
    return new Expr.Increment(target, step, prefix, span);
  }

  // memory

  /** A string literal: an unnamed table in constant memory, with a zero at its end. */
  Expr string(byte[] text, Span span) {
    CType type = new CType.Array(CType.CHAR, text.length + 1L);
    Qualified table = Qualified.of(type).in(AddressSpace.CONSTANT);
    Variable variable = new Variable("string", table, Variable.Scope.FILE, span);
    variable.setContent(new Bytes(Arrays.copyOf(text, text.length + 1)));
    return new Expr.VariableUse(variable, span);
  }

  Expr dereference(Expr operand, Span span) {
    Expr pointer = conversions.rvalue(operand);
    if (invalid(pointer)) {
      return pointer;
    }
    if (!(pointer.type() instanceof CType.Pointer type)) {
      return mistake(span, "'*' needs a pointer, this is " + pointer.type().text());
    }
    CType target = type.target().type();
    if (target instanceof CType.Void
        || target instanceof CType.Struct struct && !struct.isComplete()) {
      return mistake(span, "the object of a " + type.text() + " has no known type; cast it first");
    }
    return new Expr.Dereference(pointer, target, span);
  }

  Expr index(Expr baseOperand, Expr indexOperand, Span span) {
    Expr base = conversions.rvalue(baseOperand);
    Expr index = conversions.rvalue(indexOperand);
    if (invalid(base, index)) {
      return new Expr.Invalid(span);
    }
    if (base.type() instanceof CType.Vector vector) {
      return component(base, vector, index, span);
    }
    if (!base.type().isPointer() && index.type().isPointer()) {
      return index(index, base, span);
    }
    if (!base.type().isPointer()) {
      return mistake(span, "'[]' needs an array or a pointer, this is " + base.type().text());
    }
    if (!index.type().isInteger()) {
      return mistake(index.span(), "an index must be an integer, this is " + index.type().text());
    }
    return dereference(pointerAdd(base, index, false, span), span);
  }

  private Expr component(Expr base, CType.Vector vector, Expr index, Span span) {
    Long value = Constants.integer(index);
    if (value == null && index.type().isInteger() && Places.of(base) != null) {
      return componentInMemory(base, vector, index, span);
    }
    if (value == null || value < 0 || value >= vector.width()) {
      return mistake(
          index.span(),
          "a component of a %s is chosen by a constant from 0 to %d"
              .formatted(vector.text(), vector.width() - 1));
    }
    return new Expr.Swizzle(base, List.of(value.intValue()), CType.scalar(vector.element()), span);
  }

  /** {@code v[i]}, as C compilers take it beyond the standard: the vector has to lie in memory. */
  private Expr componentInMemory(Expr base, CType.Vector vector, Expr index, Span span) {
    Places.takeAddress(base);
    Qualified whole = Objects.requireNonNull(Places.of(base));
    CType scalars = new CType.Pointer(whole.withType(CType.scalar(vector.element())));
    Expr address = new Expr.AddressOf(base, new CType.Pointer(whole.withType(vector)), span);
    return dereference(
        pointerAdd(new Expr.Convert(address, scalars, span), index, false, span), span);
  }

  Expr member(Expr base, String name, boolean arrow, Span span) {
    if (invalid(base)) {
      return base;
    }
    if (arrow || base.type().isPointer()) {
      boolean pointer = conversions.rvalue(base).type().isPointer();
      if (!arrow || !pointer) {
        return mistake(
            span,
            arrow
                ? "'->' needs a pointer, this is " + base.type().text() + "; use '.'"
                : "this is a pointer; use '->" + name + "'");
      }
      return member(dereference(base, span), name, false, span);
    }
    return switch (base.type()) {
      case CType.Vector vector -> swizzle(base, vector, name, span);
      case CType.Struct struct -> structMember(base, struct, name, span);
      default -> mistake(span, base.type().text() + " has no members");
    };
  }

  private Expr swizzle(Expr base, CType.Vector vector, String name, Span span) {
    List<Integer> components = Swizzles.components(name, vector.width());
    if (components == null) {
      return mistake(span, "a " + vector.text() + " has no components '" + name + "'");
    }
    return new Expr.Swizzle(base, components, CType.of(vector.element(), components.size()), span);
  }

  private Expr structMember(Expr base, CType.Struct struct, String name, Span span) {
    CType.Struct.Member member = struct.member(name);
    if (member != null) {
      return new Expr.Member(base, member, span);
    }
    List<String> names = struct.members().stream().map(CType.Struct.Member::name).toList();
    String hint =
        struct.isComplete()
            ? Suggestions.didYouMean(name, names)
            : "; it is declared without its members";
    return mistake(span, struct.text() + " has no member '" + name + "'" + hint);
  }

  Expr addressOf(Expr place, Span span) {
    if (invalid(place)) {
      return place;
    }
    Qualified qualified = Places.of(place);
    if (qualified == null) {
      return mistake(span, "'&' needs a variable or an object in memory");
    }
    if (place instanceof Expr.Swizzle swizzle && swizzle.components().size() != 1) {
      return mistake(span, "'&' does not apply to several components of a vector");
    }
    if (place.type().isPointer()) {
      return mistake(
          span,
          "the address of a pointer is not supported; return the pointer from the function, or"
              + " pass an index");
    }
    Places.takeAddress(place);
    return new Expr.AddressOf(place, new CType.Pointer(qualified.withType(place.type())), span);
  }

  Expr vectorLiteral(CType.Vector type, List<Expr> operands, Span span) {
    List<Expr> parts = new ArrayList<>();
    int count = 0;
    for (Expr operand : operands) {
      Expr part = conversions.rvalue(operand);
      if (invalid(part)) {
        return part;
      }
      if (!arithmetic(part.type())) {
        return mistake(
            part.span(), part.type().text() + " cannot be a component of a " + type.text());
      }
      count += part.type().components();
      parts.add(conversions.convert(part, CType.of(type.element(), part.type().components())));
    }
    if (count != type.width() && !(parts.size() == 1 && count == 1)) {
      return mistake(
          span,
          "a %s has %d components, but %d are given".formatted(type.text(), type.width(), count));
    }
    return new Expr.VectorLiteral(parts, type, span);
  }

  // calls

  Expr call(FunctionSymbol function, List<Expr> arguments, Span span) {
    List<Variable> parameters = function.parameters();
    if (arguments.size() != parameters.size()) {
      return mistake(
          span,
          "'%s' takes %d argument%s, but %d %s given"
              .formatted(
                  function.name(),
                  parameters.size(),
                  parameters.size() == 1 ? "" : "s",
                  arguments.size(),
                  arguments.size() == 1 ? "is" : "are"));
    }
    List<Expr> converted = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Variable parameter = parameters.get(i);
      String use = "passed as '" + parameter.name() + "'";
      converted.add(conversions.implicit(arguments.get(i), parameter.type(), use));
    }
    return invalid(converted.toArray(Expr[]::new))
        ? new Expr.Invalid(span)
        : new Expr.Call(function, converted, span);
  }

  Expr call(Builtin builtin, List<Expr> arguments, Span span) {
    List<Expr> values = arguments.stream().map(conversions::rvalue).toList();
    if (invalid(values.toArray(Expr[]::new))) {
      return new Expr.Invalid(span);
    }
    return builtin.movesHalves() || values.stream().noneMatch(Typing::isHalf)
        ? builtin.rule().type(this, builtin, values, span)
        : ofHalves(builtin, values, span);
  }

  private static boolean isHalf(Expr value) {
    return value.type().elementOrNull() == ElementType.HALF;
  }

  /** A function of halves is that of floats, its result rounded to half. */
  private Expr ofHalves(Builtin builtin, List<Expr> values, Span span) {
    List<Expr> computed = values.stream().map(conversions::computed).toList();
    Expr result = builtin.rule().type(this, builtin, computed, span);
    boolean wider = values.stream().anyMatch(v -> isFloat(v.type()) && !isHalf(v));
    return result.type().elementOrNull() == ElementType.FLOAT && !wider
        ? conversions.convert(result, CType.of(ElementType.HALF, result.type().components()))
        : result;
  }
}
