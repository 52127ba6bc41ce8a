package dev.heddle.compiler.ir;

/** Operators of one operand whose result has the operand's type. */
public enum UnaryOp {
  NEG("neg", Domain.INTEGER, CostClass.SIMPLE),
  /** Bitwise complement; on BOOL, logical negation. */
  NOT("not", Domain.INTEGER_OR_BOOL, CostClass.SIMPLE),
  /** Number of leading zero bits; the width for 0. */
  CLZ("clz", Domain.INTEGER, CostClass.SIMPLE),
  /** Number of trailing zero bits; the width for 0. */
  CTZ("ctz", Domain.INTEGER, CostClass.SIMPLE),
  POPCOUNT("popcount", Domain.INTEGER, CostClass.SIMPLE),
  /** Flips the sign bit, of a NaN too. */
  FNEG("fneg", Domain.FLOAT, CostClass.SIMPLE),
  /** Clears the sign bit, of a NaN too. */
  FABS("fabs", Domain.FLOAT, CostClass.SIMPLE),
  /** Correctly rounded. */
  SQRT("sqrt", Domain.FLOAT, CostClass.FLOAT_DIVIDE),
  FLOOR("floor", Domain.FLOAT, CostClass.FLOAT),
  CEIL("ceil", Domain.FLOAT, CostClass.FLOAT),
  /** Rounds toward zero. */
  FTRUNC("ftrunc", Domain.FLOAT, CostClass.FLOAT),
  /** Rounds to nearest, ties to even. */
  RINT("rint", Domain.FLOAT, CostClass.FLOAT);

  private final String text;
  private final Domain domain;
  private final CostClass cost;

  UnaryOp(String text, Domain domain, CostClass cost) {
    this.text = text;
    this.domain = domain;
    this.cost = cost;
  }

  public String text() {
    return text;
  }

  public Domain domain() {
    return domain;
  }

  public CostClass cost() {
    return cost;
  }
}
