package dev.heddle.compiler.ir;

/**
 * What the operators compute: the one definition that constant folding, the interpreter and scalar
 * code share. Values are raw bits in the low bits of a {@code long}, the other bits zero. Operators
 * that compute a NaN give the canonical one; {@code FNEG}, {@code FABS} and bit casts keep every
 * bit. Operand types are taken as verified; a type that an operator does not accept is a bug and
 * throws.
 */
public final class Arithmetic {
  private static final long FLOAT_SIGN = 1L << 31;
  private static final long DOUBLE_SIGN = 1L << 63;

  private Arithmetic() {}

  /** The low bits of {@code bits}, as wide as the type. */
  public static long truncate(Type type, long bits) {
    return type.bits() == 64 ? bits : bits & ((1L << type.bits()) - 1);
  }

  /** The signed number that the bits of an integer stand for. */
  public static long signed(Type type, long bits) {
    int unused = 64 - type.bits();
    return bits << unused >> unused;
  }

  public static float toFloat(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  public static double toDouble(long bits) {
    return Double.longBitsToDouble(bits);
  }

  /** The bits of a computed float: the canonical NaN for any NaN. */
  public static long fromFloat(float value) {
    return Integer.toUnsignedLong(Float.floatToIntBits(value));
  }

  /** The bits of a computed double: the canonical NaN for any NaN. */
  public static long fromDouble(double value) {
    return Double.doubleToLongBits(value);
  }

  public static long unary(UnaryOp op, Type type, long a) {
    check(op.domain(), type, op);
    return switch (op) {
      case NEG -> truncate(type, -a);
      case NOT -> truncate(type, ~a);
      case CLZ -> Long.numberOfLeadingZeros(a) - (64 - type.bits());
      case CTZ -> Math.min(Long.numberOfTrailingZeros(a), type.bits());
      case POPCOUNT -> Long.bitCount(a);
      case FNEG -> type == Type.F32 ? a ^ FLOAT_SIGN : a ^ DOUBLE_SIGN;
      case FABS -> type == Type.F32 ? a & ~FLOAT_SIGN : a & ~DOUBLE_SIGN;
      case SQRT, FLOOR, CEIL, FTRUNC, RINT ->
          type == Type.F32
              // a function of one float computed in double and rounded again is correctly rounded
              // for the square root, and exact for the others
              ? fromFloat((float) unary(op, toFloat(a)))
              : fromDouble(unary(op, toDouble(a)));
    };
  }

  private static double unary(UnaryOp op, double a) {
    return switch (op) {
      case SQRT -> Math.sqrt(a);
      case FLOOR -> Math.floor(a);
      case CEIL -> Math.ceil(a);
      case FTRUNC -> ScalarMath.truncate(a);
      case RINT -> Math.rint(a);
      case NEG, NOT, CLZ, CTZ, POPCOUNT, FNEG, FABS -> throw wrong(op, Type.F64);
    };
  }

  /** Division and remainder by zero yield 0; that it is a fault is for the caller to see. */
  public static long binary(BinaryOp op, Type type, long a, long b) {
    return switch (type) {
      case BOOL, I8, I16, I32, I64 -> integer(op, type, a, b);
      case F32 -> fromFloat(binary(op, toFloat(a), toFloat(b)));
      case F64 -> fromDouble(binary(op, toDouble(a), toDouble(b)));
      case F16 -> throw wrong(op, type);
    };
  }

  private static long integer(BinaryOp op, Type type, long a, long b) {
    check(op.domain(), type, op);
    int width = type.bits();
    int count = (int) b & (width - 1);
    return switch (op) {
      case ADD -> truncate(type, a + b);
      case SUB -> truncate(type, a - b);
      case MUL -> truncate(type, a * b);
      case SMULHI ->
          width == 64
              ? ScalarMath.smulhi(a, b)
              : truncate(type, signed(type, a) * signed(type, b) >> width);
      case UMULHI -> width == 64 ? ScalarMath.umulhi(a, b) : a * b >>> width;
      case SDIV -> truncate(type, ScalarMath.sdiv(signed(type, a), signed(type, b)));
      case UDIV -> ScalarMath.udiv(a, b);
      case SREM -> truncate(type, ScalarMath.srem(signed(type, a), signed(type, b)));
      case UREM -> ScalarMath.urem(a, b);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHL -> truncate(type, a << count);
      case ASHR -> truncate(type, signed(type, a) >> count);
      case LSHR -> a >>> count;
      case ROTL -> count == 0 ? a : truncate(type, a << count | a >>> (width - count));
      case SMIN -> signed(type, a) < signed(type, b) ? a : b;
      case SMAX -> signed(type, a) > signed(type, b) ? a : b;
      case UMIN -> ScalarMath.umin(a, b);
      case UMAX -> ScalarMath.umax(a, b);
      case FADD, FSUB, FMUL, FDIV, FMIN, FMAX -> throw wrong(op, type);
    };
  }

  private static float binary(BinaryOp op, float a, float b) {
    return switch (op) {
      case FADD -> a + b;
      case FSUB -> a - b;
      case FMUL -> a * b;
      case FDIV -> a / b;
      case FMIN -> ScalarMath.fmin(a, b);
      case FMAX -> ScalarMath.fmax(a, b);
      case ADD,
          SUB,
          MUL,
          SMULHI,
          UMULHI,
          SDIV,
          UDIV,
          SREM,
          UREM,
          AND,
          OR,
          XOR,
          SHL,
          ASHR,
          LSHR,
          ROTL,
          SMIN,
          SMAX,
          UMIN,
          UMAX ->
          throw wrong(op, Type.F32);
    };
  }

  private static double binary(BinaryOp op, double a, double b) {
    return switch (op) {
      case FADD -> a + b;
      case FSUB -> a - b;
      case FMUL -> a * b;
      case FDIV -> a / b;
      case FMIN -> ScalarMath.fmin(a, b);
      case FMAX -> ScalarMath.fmax(a, b);
      case ADD,
          SUB,
          MUL,
          SMULHI,
          UMULHI,
          SDIV,
          UDIV,
          SREM,
          UREM,
          AND,
          OR,
          XOR,
          SHL,
          ASHR,
          LSHR,
          ROTL,
          SMIN,
          SMAX,
          UMIN,
          UMAX ->
          throw wrong(op, Type.F64);
    };
  }

  public static boolean compare(CompareOp op, Type type, long a, long b) {
    return switch (type) {
      case BOOL, I8, I16, I32, I64 -> integer(op, type, a, b);
      case F32 -> compare(op, toFloat(a), toFloat(b));
      case F64 -> compare(op, toDouble(a), toDouble(b));
      case F16 -> throw wrong(op, type);
    };
  }

  private static boolean integer(CompareOp op, Type type, long a, long b) {
    check(op.domain(), type, op);
    return switch (op) {
      case EQ -> a == b;
      case NE -> a != b;
      case SLT -> signed(type, a) < signed(type, b);
      case SLE -> signed(type, a) <= signed(type, b);
      case SGT -> signed(type, a) > signed(type, b);
      case SGE -> signed(type, a) >= signed(type, b);
      case ULT -> Long.compareUnsigned(a, b) < 0;
      case ULE -> Long.compareUnsigned(a, b) <= 0;
      case UGT -> Long.compareUnsigned(a, b) > 0;
      case UGE -> Long.compareUnsigned(a, b) >= 0;
      case FEQ, FNE, FLT, FLE, FGT, FGE -> throw wrong(op, type);
    };
  }

  /** Floats widen exactly, so that one comparison serves both types. */
  private static boolean compare(CompareOp op, double a, double b) {
    return switch (op) {
      case FEQ -> a == b;
      case FNE -> a != b;
      case FLT -> a < b;
      case FLE -> a <= b;
      case FGT -> a > b;
      case FGE -> a >= b;
      case EQ, NE, SLT, SLE, SGT, SGE, ULT, ULE, UGT, UGE -> throw wrong(op, Type.F64);
    };
  }

  public static long convert(ConvertOp op, Type from, Type to, long a) {
    if (!op.accepts(from, to)) {
      throw new IllegalArgumentException(op.text() + " from " + from.text() + " to " + to.text());
    }
    return switch (op) {
      case TRUNC -> truncate(to, a);
      case SEXT -> truncate(to, signed(from, a));
      case ZEXT, BITCAST -> a;
      case S_TO_F -> {
        long value = signed(from, a);
        yield to == Type.F32 ? fromFloat((float) value) : fromDouble((double) value);
      }
      case U_TO_F ->
          to == Type.F32
              ? fromFloat(ScalarMath.unsignedToFloat(a))
              : fromDouble(ScalarMath.unsignedToDouble(a));
      case F_TO_S -> truncate(to, toSigned(to, widened(from, a)));
      case F_TO_U -> truncate(to, toUnsigned(to, widened(from, a)));
      case F_EXTEND ->
          to == Type.F32
              ? fromFloat(ScalarMath.halfToFloat((short) a))
              : fromDouble(widened(from, a));
      case F_TRUNC ->
          to == Type.F32
              ? fromFloat((float) toDouble(a))
              : Short.toUnsignedLong(ScalarMath.doubleToHalf(widened(from, a)));
    };
  }

  private static double widened(Type from, long a) {
    return switch (from) {
      case F16 -> ScalarMath.halfToFloat((short) a);
      case F32 -> toFloat(a);
      case F64 -> toDouble(a);
      case BOOL, I8, I16, I32, I64 -> throw new IllegalArgumentException("no float: " + from);
    };
  }

  private static long toSigned(Type to, double value) {
    return switch (to) {
      case I8, I16 -> ScalarMath.toSigned(value, to.bits());
      case I32 -> (int) value;
      case I64 -> (long) value;
      case BOOL, F16, F32, F64 -> throw new IllegalArgumentException("no integer: " + to);
    };
  }

  private static long toUnsigned(Type to, double value) {
    return switch (to) {
      case I8, I16 -> ScalarMath.toUnsigned(value, to.bits());
      case I32 -> ScalarMath.toUnsignedInt(value);
      case I64 -> ScalarMath.toUnsignedLong(value);
      case BOOL, F16, F32, F64 -> throw new IllegalArgumentException("no integer: " + to);
    };
  }

  /** {@code a * b + c} in one rounding. */
  public static long fma(Type type, long a, long b, long c) {
    return switch (type) {
      case F32 -> fromFloat(Math.fma(toFloat(a), toFloat(b), toFloat(c)));
      case F64 -> fromDouble(Math.fma(toDouble(a), toDouble(b), toDouble(c)));
      case BOOL, I8, I16, I32, I64, F16 ->
          throw new IllegalArgumentException("fma of " + type.text());
    };
  }

  /** What an atomic operator leaves in memory that held {@code old}. */
  public static long atomic(AtomicOp op, Type type, long old, long operand) {
    return switch (op) {
      case ADD -> binary(BinaryOp.ADD, type, old, operand);
      case SUB -> binary(BinaryOp.SUB, type, old, operand);
      case AND -> old & operand;
      case OR -> old | operand;
      case XOR -> old ^ operand;
      case SMIN -> binary(BinaryOp.SMIN, type, old, operand);
      case SMAX -> binary(BinaryOp.SMAX, type, old, operand);
      case UMIN -> binary(BinaryOp.UMIN, type, old, operand);
      case UMAX -> binary(BinaryOp.UMAX, type, old, operand);
      case EXCHANGE -> operand;
      case COMPARE_EXCHANGE ->
          throw new IllegalArgumentException("compare_exchange has two operands");
    };
  }

  private static void check(Domain domain, Type type, Enum<?> op) {
    if (!domain.accepts(type)) {
      throw wrong(op, type);
    }
  }

  private static IllegalArgumentException wrong(Enum<?> op, Type type) {
    return new IllegalArgumentException(op + " does not compute with " + type.text());
  }
}
