package dev.heddle.cli.spec;

import dev.heddle.cli.spec.Number.Real;
import dev.heddle.cli.spec.Number.Whole;
import java.util.List;
import java.util.function.Function;

/**
 * Evaluates arithmetic on the command line: {@code 1<<20}, {@code (n+15)/16}, {@code 2.5}, {@code
 * 1_000_000}. Integers are exact 64-bit numbers, overflow is an error; an operation with a
 * floating-point operand is done in double. Precedence is C's.
 */
public final class Expression {
  private static final int MAX_DEPTH = 100;
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private final String text;
  private final Function<String, Number> names;
  private int at;
  private int depth;

  private Expression(String text, Function<String, Number> names) {
    this.text = text;
    this.names = names;
  }

  /**
   * The value of {@code text}.
   *
   * @param names gives the value of a name, or throws a {@link UsageException}
   */
  public static Number evaluate(String text, Function<String, Number> names) {
    Expression expression = new Expression(text, names);
    Number value = expression.binary(0);
    expression.skipBlanks();
    if (expression.at < text.length()) {
      throw expression.error("'" + text.charAt(expression.at) + "' was not expected");
    }
    return value;
  }

  /** expression := level0; leveln := leveln+1 (op leveln+1)*. */
  private Number binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    Number left = binary(level + 1);
    for (String op = operator(level); !op.isEmpty(); op = operator(level)) {
      left = apply(op, left, binary(level + 1));
    }
    return left;
  }

  private String operator(int level) {
    skipBlanks();
    for (String op : LEVELS.get(level)) {
      if (text.startsWith(op, at)) {
        at += op.length();
        return op;
      }
    }
    return "";
  }

  /** unary := ('-' | '+' | '~') unary | primary. */
  private Number unary() {
    if (++depth > MAX_DEPTH) {
      throw error("nested deeper than " + MAX_DEPTH);
    }
    skipBlanks();
    Number value =
        switch (at < text.length() ? text.charAt(at) : ' ') {
          case '-' -> negate(afterSign());
          case '+' -> afterSign();
          case '~' -> complement(afterSign());
          default -> primary();
        };
    depth--;
    return value;
  }

  private Number afterSign() {
    at++;
    return unary();
  }

  private Number negate(Number value) {
    return switch (value) {
      case Whole whole -> exact(() -> Math.negateExact(whole.value()));
      case Real real -> new Real(-real.value());
    };
  }

  private Number complement(Number value) {
    return new Whole(~whole(value, "~"));
  }

  /** primary := '(' expression ')' | name | number. */
  private Number primary() {
    skipBlanks();
    if (at == text.length()) {
      throw error("a value is missing at the end");
    }
    char first = text.charAt(at);
    if (first == '(') {
      return parenthesised();
    }
    if (Character.isLetter(first) || first == '_') {
      return name();
    }
    if (Character.isDigit(first) || first == '.') {
      return number();
    }
    throw error("'" + first + "' was not expected");
  }

  private Number parenthesised() {
    at++;
    Number value = binary(0);
    skipBlanks();
    if (at == text.length() || text.charAt(at) != ')') {
      throw error("')' is missing");
    }
    at++;
    return value;
  }

  private Number name() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "nan", "NaN" -> new Real(Double.NaN);
      case "inf", "Infinity" -> new Real(Double.POSITIVE_INFINITY);
      default -> names.apply(word);
    };
  }

  private Number number() {
    int start = at;
    while (at < text.length() && inNumber(start)) {
      at++;
    }
    String digits = text.substring(start, at).replace("_", "");
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return new Whole(Long.parseUnsignedLong(digits.substring(2), 16));
      }
      return digits.chars().allMatch(Character::isDigit)
          ? new Whole(Long.parseLong(digits))
          : new Real(Double.parseDouble(floatDigits(digits)));
    } catch (NumberFormatException e) {
      throw error("'" + digits + "' is not a number of at most 64 bits");
    }
  }

  private static String floatDigits(String digits) {
    return digits.endsWith("f") || digits.endsWith("F")
        ? digits.substring(0, digits.length() - 1)
        : digits;
  }

  private boolean inNumber(int start) {
    char c = text.charAt(at);
    boolean hex = text.startsWith("0x", start) || text.startsWith("0X", start);
    boolean exponentSign =
        (c == '-' || c == '+') && at > start && !hex && "eE".indexOf(text.charAt(at - 1)) >= 0;
    return isWord(c) || c == '.' || exponentSign;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private Number apply(String op, Number left, Number right) {
    if (left instanceof Whole a && right instanceof Whole b) {
      return applyWhole(op, a.value(), b.value());
    }
    double a = left.asDouble();
    double b = right.asDouble();
    return switch (op) {
      case "+" -> new Real(a + b);
      case "-" -> new Real(a - b);
      case "*" -> new Real(a * b);
      case "/" -> new Real(a / b);
      default -> throw error("'" + op + "' needs integers on both sides");
    };
  }

  private Number applyWhole(String op, long a, long b) {
    if ((op.equals("/") || op.equals("%")) && b == 0) {
      throw error("division by zero");
    }
    if (op.equals("<<") || op.equals(">>")) {
      return shift(op, a, b);
    }
    return exact(
        () ->
            switch (op) {
              case "+" -> Math.addExact(a, b);
              case "-" -> Math.subtractExact(a, b);
              case "*" -> Math.multiplyExact(a, b);
              case "/" -> Math.divideExact(a, b);
              case "%" -> a % b;
              case "&" -> a & b;
              case "|" -> a | b;
              case "^" -> a ^ b;
              default -> throw new IllegalStateException(op);
            });
  }

  private Number shift(String op, long a, long b) {
    if (b < 0 || b > 63) {
      throw error("a shift by " + b + " is not within 0 to 63");
    }
    if (op.equals(">>")) {
      return new Whole(a >> b);
    }
    if (a << b >> b != a) {
      throw error(a + " << " + b + " does not fit 64 bits");
    }
    return new Whole(a << b);
  }

  private interface LongComputation {
    long compute();
  }

  private Number exact(LongComputation computation) {
    try {
      return new Whole(computation.compute());
    } catch (ArithmeticException e) {
      throw error("the result does not fit 64 bits");
    }
  }

  private long whole(Number value, String op) {
    if (value instanceof Whole whole) {
      return whole.value();
    }
    throw error("'" + op + "' needs an integer");
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private UsageException error(String why) {
    return new UsageException("'" + text + "': " + why);
  }
}
