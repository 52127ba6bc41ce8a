package dev.heddle.compiler.ir;

/**
 * Operators of two operands of one type, with a result of that type. Integer overflow wraps; shift
 * counts are taken modulo the width; a division or remainder by zero is a fault that yields 0, and
 * {@code MIN / -1} is {@code MIN}, {@code MIN % -1} is 0.
 */
public enum BinaryOp {
  ADD("add", Domain.INTEGER, CostClass.SIMPLE, true),
  SUB("sub", Domain.INTEGER, CostClass.SIMPLE, false),
  MUL("mul", Domain.INTEGER, CostClass.INTEGER_MULTIPLY, true),
  /** High half of the double-width signed product. */
  SMULHI("smulhi", Domain.INTEGER, CostClass.INTEGER_MULTIPLY, true),
  /** High half of the double-width unsigned product. */
  UMULHI("umulhi", Domain.INTEGER, CostClass.INTEGER_MULTIPLY, true),
  SDIV("sdiv", Domain.INTEGER, CostClass.INTEGER_DIVIDE, false),
  UDIV("udiv", Domain.INTEGER, CostClass.INTEGER_DIVIDE, false),
  SREM("srem", Domain.INTEGER, CostClass.INTEGER_DIVIDE, false),
  UREM("urem", Domain.INTEGER, CostClass.INTEGER_DIVIDE, false),
  AND("and", Domain.INTEGER_OR_BOOL, CostClass.SIMPLE, true),
  OR("or", Domain.INTEGER_OR_BOOL, CostClass.SIMPLE, true),
  XOR("xor", Domain.INTEGER_OR_BOOL, CostClass.SIMPLE, true),
  SHL("shl", Domain.INTEGER, CostClass.SIMPLE, false),
  /** Arithmetic shift right. */
  ASHR("ashr", Domain.INTEGER, CostClass.SIMPLE, false),
  /** Logical shift right. */
  LSHR("lshr", Domain.INTEGER, CostClass.SIMPLE, false),
  /** Rotates left by the right operand modulo the width. */
  ROTL("rotl", Domain.INTEGER, CostClass.SIMPLE, false),
  SMIN("smin", Domain.INTEGER, CostClass.SIMPLE, true),
  SMAX("smax", Domain.INTEGER, CostClass.SIMPLE, true),
  UMIN("umin", Domain.INTEGER, CostClass.SIMPLE, true),
  UMAX("umax", Domain.INTEGER, CostClass.SIMPLE, true),
  FADD("fadd", Domain.FLOAT, CostClass.FLOAT, true),
  FSUB("fsub", Domain.FLOAT, CostClass.FLOAT, false),
  FMUL("fmul", Domain.FLOAT, CostClass.FLOAT, true),
  /** Correctly rounded. */
  FDIV("fdiv", Domain.FLOAT, CostClass.FLOAT_DIVIDE, false),
  /** The other operand where one is NaN; -0 is less than +0. */
  FMIN("fmin", Domain.FLOAT, CostClass.SIMPLE, true),
  /** The other operand where one is NaN; -0 is less than +0. */
  FMAX("fmax", Domain.FLOAT, CostClass.SIMPLE, true);

  private final String text;
  private final Domain domain;
  private final CostClass cost;
  private final boolean commutative;

  BinaryOp(String text, Domain domain, CostClass cost, boolean commutative) {
    this.text = text;
    this.domain = domain;
    this.cost = cost;
    this.commutative = commutative;
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

  public boolean commutative() {
    return commutative;
  }

  /** Whether a zero right operand is a fault. */
  public boolean divides() {
    return cost == CostClass.INTEGER_DIVIDE;
  }
}
