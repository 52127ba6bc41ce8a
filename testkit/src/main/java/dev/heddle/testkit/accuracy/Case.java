package dev.heddle.testkit.accuracy;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function whose error is measured.
 *
 * @param call in OpenCL C, of {@code x} and {@code y}
 * @param operands 1 or 2
 * @param limit of OpenCL C for float, in units in the last place
 * @param plain the function of doubles, good to a few units; what it gives for special values is
 *     right
 * @param exact in twice the precision, where the result is finite and not 0; null if {@code plain}
 *     is exact
 * @param domain where operands are most interesting
 * @param least doubles below count their errors in its units: 0 but for functions with zeros that
 *     no sequence hits
 */
record Case(
    String name,
    String call,
    int operands,
    double limit,
    DoubleBinaryOperator plain,
    @Nullable Exact exact,
    Domain domain,
    double least) {
  /** A function in twice the precision of a double. */
  @FunctionalInterface
  interface Exact {
    Twofold of(double x, double y);
  }

  /** A function of one operand in twice the precision. */
  @FunctionalInterface
  interface ExactUnary {
    Twofold of(double x);
  }

  /**
   * Ranges of the operands; the second one of functions of one operand is empty.
   *
   * @param whole whether the second operand is a whole number
   */
  record Domain(double low, double high, double lowY, double highY, boolean whole) {}

  static Case unary(
      String name,
      double limit,
      double low,
      double high,
      DoubleUnaryOperator plain,
      ExactUnary exact) {
    return new Case(
        name,
        name + "(x)",
        1,
        limit,
        (x, y) -> plain.applyAsDouble(x),
        (x, y) -> exact.of(x),
        new Domain(low, high, 0, 0, false),
        0);
  }

  static Case binary(
      String name, double limit, Domain domain, DoubleBinaryOperator plain, @Nullable Exact exact) {
    String second = domain.whole() ? "(int) y" : "y";
    return new Case(name, name + "(x, " + second + ")", 2, limit, plain, exact, domain, 0);
  }

  Case countedFrom(double least) {
    return new Case(name, call, operands, limit, plain, exact, domain, least);
  }
}
