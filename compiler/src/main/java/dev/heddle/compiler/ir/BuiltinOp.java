package dev.heddle.compiler.ir;

/**
 * Math functions on F32 or F64, before the math expansion replaces them by IR sequences. One row:
 * name, number of operands, largest error allowed for F32 in ULP, and whether no device is asked
 * for a function of its own, even where it might be faster.
 */
public enum BuiltinOp {
  EXP("exp", 1, 3),
  EXP2("exp2", 1, 3),
  EXP10("exp10", 1, 3),
  EXPM1("expm1", 1, 3),
  LOG("log", 1, 3),
  LOG2("log2", 1, 3),
  LOG10("log10", 1, 3),
  LOG1P("log1p", 1, 2),
  POW("pow", 2, 16),
  SIN("sin", 1, 4),
  COS("cos", 1, 4),
  TAN("tan", 1, 5),
  ASIN("asin", 1, 4),
  ACOS("acos", 1, 4),
  ATAN("atan", 1, 5),
  ATAN2("atan2", 2, 6),
  SINH("sinh", 1, 4),
  COSH("cosh", 1, 4),
  TANH("tanh", 1, 5),
  RSQRT("rsqrt", 1, 2),
  CBRT("cbrt", 1, 2),
  HYPOT("hypot", 2, 4),
  ERF("erf", 1, 16),
  ERFC("erfc", 1, 16),
  FMOD("fmod", 2, 0),
  SINPI("sinpi", 1, 4, true),
  COSPI("cospi", 1, 4, true),
  TANPI("tanpi", 1, 6, true),
  ASINPI("asinpi", 1, 5, true),
  ACOSPI("acospi", 1, 5, true),
  ATANPI("atanpi", 1, 5, true),
  ATAN2PI("atan2pi", 2, 6, true),
  ASINH("asinh", 1, 4, true),
  ACOSH("acosh", 1, 4, true),
  ATANH("atanh", 1, 5, true),
  POWR("powr", 2, 16, true),
  /** The exponent as the sum of two whole numbers, of which the second is from 0 to 255. */
  POWN("pown", 3, 16, true),
  /** The order as {@link #POWN} has its exponent. */
  ROOTN("rootn", 3, 16, true),
  REMAINDER("remainder", 2, 0, true),
  /** The last seven bits of the quotient that belongs to the remainder, as a whole number. */
  REMQUO("remquo", 2, 0, true),
  /** Of the magnitude of the gamma function; OpenCL C sets no limit. */
  LGAMMA("lgamma", 1, 16, true),
  TGAMMA("tgamma", 1, 16, true);

  private final String text;
  private final int operands;
  private final int ulp;
  private final boolean alwaysExpanded;

  BuiltinOp(String text, int operands, int ulp) {
    this(text, operands, ulp, false);
  }

  BuiltinOp(String text, int operands, int ulp, boolean alwaysExpanded) {
    this.text = text;
    this.operands = operands;
    this.ulp = ulp;
    this.alwaysExpanded = alwaysExpanded;
  }

  public String text() {
    return text;
  }

  public int operands() {
    return operands;
  }

  /** The OpenCL full-profile limit for F32, in ULP. */
  public int ulp() {
    return ulp;
  }

  /** Whether its sequence stands for it on every device and in every mode. */
  public boolean alwaysExpanded() {
    return alwaysExpanded;
  }
}
