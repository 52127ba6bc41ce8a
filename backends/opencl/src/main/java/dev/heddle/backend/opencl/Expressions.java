package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;

/** The operators of the IR as OpenCL C expressions, over operands that are names or constants. */
final class Expressions {
  private final Dialect dialect;
  private final Prelude prelude;

  Expressions(Dialect dialect, Prelude prelude) {
    this.dialect = dialect;
    this.prelude = prelude;
  }

  String unary(UnaryOp op, Type type, String a) {
    return switch (op) {
      case NEG -> wrapped(type, "0u - " + widened(type, a));
      case NOT -> type == Type.BOOL ? "!" + a : wrapped(type, "~" + a);
      case CLZ -> "clz(" + a + ")";
      case CTZ ->
          wrapped(type, "%du - clz((%s)(~%s & (%s - 1)))".formatted(bits(type), of(type), a, a));
      case POPCOUNT -> "popcount(" + a + ")";
      case FNEG -> onBits(type, a, "^", Long.MIN_VALUE);
      case FABS -> onBits(type, a, "&", Long.MAX_VALUE);
      case SQRT -> inDouble(type) ? "(float)sqrt((double)" + a + ")" : "sqrt(" + a + ")";
      case FLOOR -> "floor(" + a + ")";
      case CEIL -> "ceil(" + a + ")";
      case FTRUNC -> "trunc(" + a + ")";
      case RINT -> "rint(" + a + ")";
    };
  }

  String binary(BinaryOp op, Type type, String a, String b) {
    return switch (op) {
      case ADD -> arithmetic(type, a, "+", b);
      case SUB -> arithmetic(type, a, "-", b);
      case MUL -> arithmetic(type, a, "*", b);
      case SMULHI -> "as_%s(mul_hi(%s, %s))".formatted(of(type), signed(type, a), signed(type, b));
      case UMULHI -> "mul_hi(" + a + ", " + b + ")";
      case SDIV -> call(prelude.divide(true, false, type), a, b);
      case UDIV -> call(prelude.divide(false, false, type), a, b);
      case SREM -> call(prelude.divide(true, true, type), a, b);
      case UREM -> call(prelude.divide(false, true, type), a, b);
      case AND -> logic(type, a, "&", b);
      case OR -> logic(type, a, "|", b);
      case XOR -> logic(type, a, "^", b);
      case SHL -> wrapped(type, "%s << %s".formatted(widened(type, a), count(type, b)));
      case ASHR ->
          wrapped(type, "(%s)(%s >> %s)".formatted(of(type), signed(type, a), count(type, b)));
      case LSHR -> wrapped(type, a + " >> " + count(type, b));
      case ROTL -> "rotate(%s, (%s)%s)".formatted(a, of(type), count(type, b));
      case SMIN -> choose(signed(type, a), "<", signed(type, b), a, b);
      case SMAX -> choose(signed(type, a), ">", signed(type, b), a, b);
      case UMIN -> choose(a, "<", b, a, b);
      case UMAX -> choose(a, ">", b, a, b);
      case FADD -> a + " + " + b;
      case FSUB -> a + " - " + b;
      case FMUL -> a + " * " + b;
      case FDIV ->
          inDouble(type) ? "(float)((double)%s / (double)%s)".formatted(a, b) : a + " / " + b;
      case FMIN -> call(prelude.extremum(false, type), a, b);
      case FMAX -> call(prelude.extremum(true, type), a, b);
    };
  }

  String compare(CompareOp op, Type type, String a, String b) {
    return switch (op) {
      case EQ, FEQ -> a + " == " + b;
      case NE, FNE -> a + " != " + b;
      case SLT -> signed(type, a) + " < " + signed(type, b);
      case SLE -> signed(type, a) + " <= " + signed(type, b);
      case SGT -> signed(type, a) + " > " + signed(type, b);
      case SGE -> signed(type, a) + " >= " + signed(type, b);
      case ULT, FLT -> a + " < " + b;
      case ULE, FLE -> a + " <= " + b;
      case UGT, FGT -> a + " > " + b;
      case UGE, FGE -> a + " >= " + b;
    };
  }

  String convert(ConvertOp op, Type from, Type to, String a) {
    return switch (op) {
      case TRUNC -> to == Type.BOOL ? "(" + a + " & 1) != 0" : "(" + of(to) + ")" + a;
      case SEXT -> "(%s)(%s)%s".formatted(of(to), CType.signed(to), signed(from, a));
      case ZEXT, U_TO_F -> "(" + of(to) + ")" + a;
      case S_TO_F -> "(" + of(to) + ")" + signed(from, a);
      case F_TO_S -> prelude.toSigned(from, to) + "(" + a + ")";
      case F_TO_U -> prelude.toUnsigned(from, to) + "(" + a + ")";
      case F_EXTEND -> extend(from, to, a);
      case F_TRUNC -> narrow(from, to, a);
      case BITCAST -> of(from).equals(of(to)) ? a : "as_" + of(to) + "(" + a + ")";
    };
  }

  /** The value with its NaN made canonical. */
  String canonical(Type type, String a) {
    return prelude.canonical(type) + "(" + a + ")";
  }

  private String extend(Type from, Type to, String a) {
    String single = from == Type.F16 ? prelude.halfToFloat() + "(" + a + ")" : a;
    return to == Type.F64 ? "(double)" + single : single;
  }

  private String narrow(Type from, Type to, String a) {
    if (to == Type.F32) {
      return "(float)" + a;
    }
    return (from == Type.F64 ? prelude.doubleToHalf() : prelude.floatToHalf()) + "(" + a + ")";
  }

  /** Whether a correctly rounded float result is had by way of double only. */
  private boolean inDouble(Type type) {
    return type == Type.F32 && !dialect.exactDivision() && dialect.doubles();
  }

  private static String onBits(Type type, String a, String operator, long mask) {
    return type == Type.F32
        ? "as_float(as_uint(%s) %s 0x%xu)".formatted(a, operator, (int) (mask >>> 32))
        : "as_double(as_ulong(%s) %s 0x%xul)".formatted(a, operator, mask);
  }

  /** Integers narrower than 32 bits are computed as uint, where nothing overflows, and cut. */
  private static String arithmetic(Type type, String a, String operator, String b) {
    return wrapped(type, widened(type, a) + " " + operator + " " + widened(type, b));
  }

  private static String logic(Type type, String a, String operator, String b) {
    String result = a + " " + operator + " " + b;
    return type == Type.BOOL ? "(bool)(" + result + ")" : wrapped(type, result);
  }

  private static String wrapped(Type type, String expression) {
    return isNarrow(type) ? "(" + of(type) + ")(" + expression + ")" : expression;
  }

  private static String widened(Type type, String a) {
    return isNarrow(type) ? "(uint)" + a : a;
  }

  private static boolean isNarrow(Type type) {
    return type == Type.I8 || type == Type.I16;
  }

  private static String signed(Type type, String a) {
    return "(" + CType.signed(type) + ")" + a;
  }

  private static String count(Type type, String b) {
    return "(" + b + " & " + (bits(type) - 1) + ")";
  }

  private static String choose(String a, String operator, String b, String yes, String no) {
    return "%s %s %s ? %s : %s".formatted(a, operator, b, yes, no);
  }

  private static String call(String function, String a, String b) {
    return function + "(" + a + ", " + b + ")";
  }

  private static String of(Type type) {
    return CType.of(type);
  }

  private static int bits(Type type) {
    return type.bits();
  }
}
