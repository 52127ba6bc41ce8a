package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A typed expression. {@link Typing} builds it: every implicit conversion is a {@link Convert}, an
 * array that decays is a {@link Decay}, and {@code a[i]} is a dereferenced {@link PointerAdd}.
 */
sealed interface Expr {
  CType type();

  Span span();

  /** A scalar constant; the bits are those of the type, sign-extended or not. */
  record Literal(CType.Scalar type, long bits, Span span) implements Expr {}

  /** The null pointer. */
  record Null(CType type, Span span) implements Expr {}

  record VariableUse(Variable variable, Span span) implements Expr {
    @Override
    public CType type() {
      return variable.type();
    }
  }

  enum UnaryKind {
    NEGATE,
    COMPLEMENT
  }

  record Unary(UnaryKind op, Expr operand, Span span) implements Expr {
    @Override
    public CType type() {
      return operand.type();
    }
  }

  /** {@code !x}: an int, or for a vector a vector of -1 and 0. */
  record Not(Expr operand, CType type, Span span) implements Expr {}

  enum BinaryKind {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    AND("&"),
    OR("|"),
    XOR("^"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>");

    private static final Map<String, BinaryKind> BY_TEXT =
        Stream.of(values()).collect(Collectors.toMap(BinaryKind::text, Function.identity()));

    private final String text;

    BinaryKind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** The one of that spelling; null if there is none. */
    static @Nullable BinaryKind of(String text) {
      return BY_TEXT.get(text);
    }

    boolean shifts() {
      return this == SHIFT_LEFT || this == SHIFT_RIGHT;
    }

    boolean integersOnly() {
      return ordinal() >= REMAINDER.ordinal();
    }
  }

  /**
   * An arithmetic operation; both operands have its type, but for the count of a shift.
   *
   * @param contract whether a product below it may fuse
   */
  record Binary(BinaryKind op, Expr left, Expr right, CType type, boolean contract, Span span)
      implements Expr {}

  enum Relation {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">=");

    private static final Map<String, Relation> BY_TEXT =
        Stream.of(values()).collect(Collectors.toMap(Relation::text, Function.identity()));

    private final String text;

    Relation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** The one of that spelling; null if there is none. */
    static @Nullable Relation of(String text) {
      return BY_TEXT.get(text);
    }
  }

  /** A comparison of two values of one arithmetic type: an int, or a vector of -1 and 0. */
  record Comparison(Relation relation, Expr left, Expr right, CType type, Span span)
      implements Expr {}

  record PointerComparison(Relation relation, Expr left, Expr right, Span span) implements Expr {
    @Override
    public CType type() {
      return CType.INT;
    }
  }

  /** {@code &&} and {@code ||}; on vectors of each component, without short circuit. */
  record Logical(boolean and, Expr left, Expr right, CType type, Span span) implements Expr {}

  /** {@code c ? a : b}; a vector condition selects by component. */
  record Conditional(Expr condition, Expr ifTrue, Expr ifFalse, CType type, Span span)
      implements Expr {}

  record Comma(Expr left, Expr right, Span span) implements Expr {
    @Override
    public CType type() {
      return right.type();
    }
  }

  record Assign(Expr target, Expr value, Span span) implements Expr {
    @Override
    public CType type() {
      return target.type();
    }
  }

  /** {@code a op= b}, computed in {@code computeType}. */
  record CompoundAssign(
      BinaryKind op, Expr target, Expr value, CType computeType, boolean contract, Span span)
      implements Expr {
    @Override
    public CType type() {
      return target.type();
    }
  }

  /** {@code p += n} for a pointer. */
  record PointerAssign(Expr target, Expr index, boolean subtract, Span span) implements Expr {
    @Override
    public CType type() {
      return target.type();
    }
  }

  /** {@code ++} and {@code --}. */
  record Increment(Expr target, int step, boolean prefix, Span span) implements Expr {
    @Override
    public CType type() {
      return target.type();
    }
  }

  /** A conversion between arithmetic types (a scalar to a vector spreads), or of a pointer. */
  record Convert(Expr operand, CType type, Span span) implements Expr {}

  record Dereference(Expr pointer, CType type, Span span) implements Expr {}

  record Member(Expr base, CType.Struct.Member member, Span span) implements Expr {
    @Override
    public CType type() {
      return member.type();
    }
  }

  /** Components of a vector, in the order named. */
  record Swizzle(Expr base, List<Integer> components, CType type, Span span) implements Expr {}

  /** {@code (float4)(...)}: the components of all parts in order; a single scalar spreads. */
  record VectorLiteral(List<Expr> parts, CType.Vector type, Span span) implements Expr {}

  record AddressOf(Expr place, CType type, Span span) implements Expr {}

  /** The address of an array's first element. */
  record Decay(Expr array, CType type, Span span) implements Expr {}

  record PointerAdd(Expr pointer, Expr index, boolean subtract, Span span) implements Expr {
    @Override
    public CType type() {
      return pointer.type();
    }
  }

  record PointerDifference(Expr left, Expr right, Span span) implements Expr {
    @Override
    public CType type() {
      return CType.LONG;
    }
  }

  record Call(FunctionSymbol function, List<Expr> arguments, Span span) implements Expr {
    @Override
    public CType type() {
      return function.result();
    }
  }

  record BuiltinCall(Builtin builtin, List<Expr> arguments, CType type, Span span)
      implements Expr {}

  /** {@code (struct S){...}} and other compound literals: an unnamed variable and its content. */
  record Compound(Variable variable, Statement.Declare declaration, Span span) implements Expr {
    @Override
    public CType type() {
      return variable.type();
    }
  }

  /** Stands for an expression with a mistake that has been reported. */
  record Invalid(Span span) implements Expr {
    @Override
    public CType type() {
      return CType.INVALID;
    }
  }
}
