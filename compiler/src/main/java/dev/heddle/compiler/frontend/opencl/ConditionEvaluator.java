package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.Token.Kind;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.List;

/** Evaluates the expression of an {@code #if}: 64-bit integers, signed unless one is unsigned. */
final class ConditionEvaluator {
  private static final int DEEPEST = 200;

  private record Number(long bits, boolean unsigned) {
    static Number of(boolean value) {
      return new Number(value ? 1 : 0, false);
    }

    boolean isTrue() {
      return bits != 0;
    }
  }

  /** Stops the evaluation at a mistake that has been reported. */
  private static final class Mistake extends RuntimeException {
    Mistake() {
      super(null, null, false, false);
    }
  }

  private final MacroExpander.Shared shared;
  private final Span span;
  private final List<Token> tokens;
  private int at;
  private int depth;

  /** How many enclosing operands are not evaluated; a division by zero there is no mistake. */
  private int idle;

  ConditionEvaluator(MacroExpander.Shared shared, List<Token> line, Span span) {
    this.shared = shared;
    this.span = span;
    this.tokens = MacroExpander.expand(shared, withoutDefined(line));
  }

  private List<Token> withoutDefined(List<Token> line) {
    List<Token> result = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      Token token = line.get(i);
      if (!token.is("defined")) {
        result.add(token);
        continue;
      }
      boolean parenthesised = i + 3 < line.size() && line.get(i + 1).is("(");
      int name = parenthesised ? i + 2 : i + 1;
      boolean closed = !parenthesised || line.get(i + 3).is(")");
      if (name >= line.size() || !line.get(name).isIdentifier() || !closed) {
        shared.diagnostics.error(token.span(), "'defined' needs the name of a macro");
        return List.of();
      }
      String value = shared.macros.isDefined(line.get(name).text()) ? "1" : "0";
      result.add(new Token(Kind.NUMBER, value, token.span(), false, true));
      i = parenthesised ? i + 3 : i + 1;
    }
    return result;
  }

  boolean holds() {
    try {
      if (tokens.isEmpty()) {
        throw mistake(span, "this condition has no expression");
      }
      Number value = conditional();
      if (at < tokens.size()) {
        throw mistake(tokens.get(at).span(), tokens.get(at).describe() + " does not belong here");
      }
      return value.isTrue();
    } catch (Mistake reported) {
      return false;
    }
  }

  private Mistake mistake(Span place, String message) {
    shared.diagnostics.error(place, message);
    return new Mistake();
  }

  private boolean accept(String punctuator) {
    boolean found = at < tokens.size() && tokens.get(at).is(punctuator);
    at += found ? 1 : 0;
    return found;
  }

  private void expect(String punctuator) {
    if (!accept(punctuator)) {
      throw mistake(span, "'" + punctuator + "' is missing in this condition");
    }
  }

  /** conditional = binary [ "?" conditional ":" conditional ]. */
  private Number conditional() {
    enter();
    Number condition = binary(1);
    if (accept("?")) {
      idle += condition.isTrue() ? 0 : 1;
      Number ifTrue = conditional();
      idle -= condition.isTrue() ? 0 : 1;
      expect(":");
      idle += condition.isTrue() ? 1 : 0;
      Number ifFalse = conditional();
      idle -= condition.isTrue() ? 1 : 0;
      boolean unsigned = ifTrue.unsigned || ifFalse.unsigned;
      condition = new Number(condition.isTrue() ? ifTrue.bits : ifFalse.bits, unsigned);
    }
    depth--;
    return condition;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw mistake(span, "this condition nests deeper than " + DEEPEST + " levels");
    }
  }

  private static int precedence(String operator) {
    return switch (operator) {
      case "||" -> 1;
      case "&&" -> 2;
      case "|" -> 3;
      case "^" -> 4;
      case "&" -> 5;
      case "==", "!=" -> 6;
      case "<", ">", "<=", ">=" -> 7;
      case "<<", ">>" -> 8;
      case "+", "-" -> 9;
      case "*", "/", "%" -> 10;
      default -> 0;
    };
  }

  /** binary = unary { operator binary }, by precedence. */
  private Number binary(int lowest) {
    Number left = unary();
    while (at < tokens.size() && tokens.get(at).kind() == Kind.PUNCTUATOR) {
      Token operator = tokens.get(at);
      int precedence = precedence(operator.text());
      if (precedence < lowest || precedence == 0) {
        break;
      }
      at++;
      boolean skipped = operator.is("&&") && !left.isTrue() || operator.is("||") && left.isTrue();
      idle += skipped ? 1 : 0;
      Number right = binary(precedence + 1);
      idle -= skipped ? 1 : 0;
      left = apply(operator, left, right);
    }
    return left;
  }

  private Number apply(Token operator, Number a, Number b) {
    boolean unsigned = a.unsigned || b.unsigned;
    int order = unsigned ? Long.compareUnsigned(a.bits, b.bits) : Long.compare(a.bits, b.bits);
    return switch (operator.text()) {
      case "||" -> Number.of(a.isTrue() || b.isTrue());
      case "&&" -> Number.of(a.isTrue() && b.isTrue());
      case "|" -> new Number(a.bits | b.bits, unsigned);
      case "^" -> new Number(a.bits ^ b.bits, unsigned);
      case "&" -> new Number(a.bits & b.bits, unsigned);
      case "==" -> Number.of(a.bits == b.bits);
      case "!=" -> Number.of(a.bits != b.bits);
      case "<" -> Number.of(order < 0);
      case ">" -> Number.of(order > 0);
      case "<=" -> Number.of(order <= 0);
      case ">=" -> Number.of(order >= 0);
      case "<<" -> new Number(a.bits << b.bits, a.unsigned);
      case ">>" -> new Number(a.unsigned ? a.bits >>> b.bits : a.bits >> b.bits, a.unsigned);
      case "+" -> new Number(a.bits + b.bits, unsigned);
      case "-" -> new Number(a.bits - b.bits, unsigned);
      case "*" -> new Number(a.bits * b.bits, unsigned);
      default -> divide(operator, a, b, unsigned);
    };
  }

  private Number divide(Token operator, Number a, Number b, boolean unsigned) {
    if (b.bits == 0) {
      if (idle == 0) {
        throw mistake(operator.span(), "this condition divides by zero");
      }
      return a;
    }
    boolean quotient = operator.is("/");
    long bits =
        unsigned
            ? quotient
                ? Long.divideUnsigned(a.bits, b.bits)
                : Long.remainderUnsigned(a.bits, b.bits)
            : quotient ? a.bits / b.bits : a.bits % b.bits;
    return new Number(bits, unsigned);
  }

  /** unary = { "+" | "-" | "~" | "!" } primary. */
  private Number unary() {
    enter();
    Number result;
    if (accept("+")) {
      result = unary();
    } else if (accept("-")) {
      Number operand = unary();
      result = new Number(-operand.bits, operand.unsigned);
    } else if (accept("~")) {
      Number operand = unary();
      result = new Number(~operand.bits, operand.unsigned);
    } else if (accept("!")) {
      result = Number.of(!unary().isTrue());
    } else {
      result = primary();
    }
    depth--;
    return result;
  }

  /** primary = number | character | identifier (0) | "(" conditional ")". */
  private Number primary() {
    if (accept("(")) {
      Number value = conditional();
      expect(")");
      return value;
    }
    if (at >= tokens.size()) {
      throw mistake(span, "an operand is missing in this condition");
    }
    Token token = tokens.get(at++);
    return switch (token.kind()) {
      case IDENTIFIER -> new Number(token.is("true") ? 1 : 0, false);
      case NUMBER -> number(token);
      case CHARACTER -> new Number(Literals.character(token, shared.diagnostics), false);
      default -> throw mistake(token.span(), token.describe() + " cannot be in a condition");
    };
  }

  private Number number(Token token) {
    Literals.Number literal = Literals.number(token, shared.diagnostics);
    if (literal.isFloat()) {
      throw mistake(token.span(), "a condition is an integer expression");
    }
    return new Number(literal.bits(), !literal.type().element().signed());
  }
}
