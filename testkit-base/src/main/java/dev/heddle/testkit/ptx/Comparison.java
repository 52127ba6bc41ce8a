package dev.heddle.testkit.ptx;

import java.util.Set;

/** Comparison operators (ISA section 9.3.1) and how setp and set join them with a predicate. */
record Comparison(PtxType type, String operator) {
  private static final Set<String> BITWISE = Set.of("eq", "ne");
  private static final Set<String> SIGNED = Set.of("eq", "ne", "lt", "le", "gt", "ge");
  private static final Set<String> UNSIGNED =
      Set.of("eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs");
  private static final Set<String> FLOATING =
      Set.of(
          "eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu", "num",
          "nan");

  Comparison {
    Set<String> allowed =
        type.isFloat() ? FLOATING : type.isBits() ? BITWISE : type.isSigned() ? SIGNED : UNSIGNED;
    if (!allowed.contains(operator)) {
      throw new IllegalArgumentException(operator + " does not compare " + type.text());
    }
  }

  boolean of(long a, long b) {
    if (type.isFloat()) {
      return ofFloats(FloatOperations.number(type, a), FloatOperations.number(type, b));
    }
    int order =
        type.isSigned() ? Long.compare(type.number(a), type.number(b)) : Long.compareUnsigned(a, b);
    return ordered(operator, order);
  }

  private boolean ofFloats(double a, double b) {
    boolean nan = Double.isNaN(a) || Double.isNaN(b);
    return switch (operator) {
      case "num" -> !nan;
      case "nan" -> nan;
      case "equ", "neu", "ltu", "leu", "gtu", "geu" ->
          nan || ordered(operator.substring(0, 2), order(a, b));
      default -> !nan && ordered(operator, order(a, b));
    };
  }

  /** Zeros are equal, unlike in Double.compare. */
  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static boolean ordered(String operator, int order) {
    return switch (operator) {
      case "eq" -> order == 0;
      case "ne" -> order != 0;
      case "lt", "lo" -> order < 0;
      case "le", "ls" -> order <= 0;
      case "gt", "hi" -> order > 0;
      case "ge", "hs" -> order >= 0;
      default -> throw new IllegalStateException(operator);
    };
  }

  static boolean join(String operator, boolean compared, boolean other) {
    return switch (operator) {
      case "" -> compared;
      case "and" -> compared & other;
      case "or" -> compared | other;
      case "xor" -> compared ^ other;
      default -> throw new IllegalStateException(operator);
    };
  }
}
