package dev.heddle.compiler.ir;

/** Conversions: one operand, a result of another type. */
public enum ConvertOp {
  /** Integer to a narrower integer: the low bits. To BOOL: the lowest bit. */
  TRUNC("trunc"),
  /** Integer to a wider integer, sign copied. */
  SEXT("sext"),
  /** Integer or BOOL to a wider integer, filled with zero bits. */
  ZEXT("zext"),
  /** Signed integer to F32 or F64, to nearest even, in one rounding. */
  S_TO_F("s2f"),
  /** Unsigned integer to F32 or F64, to nearest even, in one rounding. */
  U_TO_F("u2f"),
  /** F32 or F64 to signed integer, toward zero; saturates; NaN gives 0. */
  F_TO_S("f2s"),
  /** F32 or F64 to unsigned integer, toward zero; saturates; NaN gives 0. */
  F_TO_U("f2u"),
  /** To a wider float; exact. A NaN result is canonical. */
  F_EXTEND("fext"),
  /** To a narrower float, to nearest even. A NaN result is canonical. */
  F_TRUNC("ftrunc_to"),
  /** Same width, same bits. */
  BITCAST("bitcast");

  private final String text;

  ConvertOp(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** Whether a value of {@code from} may be converted to {@code to} by this operator. */
  public boolean accepts(Type from, Type to) {
    return switch (this) {
      case TRUNC -> from.isInteger() && (to.isInteger() || to == Type.BOOL) && narrower(to, from);
      case SEXT -> from.isInteger() && to.isInteger() && narrower(from, to);
      case ZEXT -> (from.isInteger() || from == Type.BOOL) && to.isInteger() && narrower(from, to);
      case S_TO_F, U_TO_F -> from.isInteger() && computable(to);
      case F_TO_S, F_TO_U -> computable(from) && to.isInteger();
      case F_EXTEND -> from.isFloat() && computable(to) && narrower(from, to);
      case F_TRUNC -> computable(from) && to.isFloat() && narrower(to, from);
      case BITCAST -> from.bits() == to.bits() && from != to;
    };
  }

  private static boolean narrower(Type a, Type b) {
    return a.bits() < b.bits();
  }

  private static boolean computable(Type type) {
    return type == Type.F32 || type == Type.F64;
  }
}
