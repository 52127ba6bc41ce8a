package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.List;

/** Floating-point functions as short sequences, on values of F32 or F64. */
final class FloatSequences {
  private FloatSequences() {}

  private static boolean single(Value x) {
    return x.type() == Type.F32;
  }

  static ElementType elementOf(Value x) {
    return single(x) ? ElementType.FLOAT : ElementType.DOUBLE;
  }

  private static Value number(Code code, Value like, double value) {
    return code.number(elementOf(like), value);
  }

  static Value bits(Code code, Value x) {
    return code.bitcast(x, Code.bitsOf(x.type()));
  }

  /** The bit pattern with only the sign set, or all others. */
  private static Value signMask(Code code, Type integer, boolean others) {
    long sign = 1L << integer.bits() - 1;
    return code.constant(integer, others ? ~sign : sign);
  }

  static Value copySign(Code code, Value magnitude, Value sign) {
    Type integer = Code.bitsOf(magnitude.type());
    Value low = code.binary(BinaryOp.AND, bits(code, magnitude), signMask(code, integer, true));
    Value high = code.binary(BinaryOp.AND, bits(code, sign), signMask(code, integer, false));
    return code.bitcast(code.binary(BinaryOp.OR, low, high), magnitude.type());
  }

  /** Half away from zero: the difference to the truncated value is exact. */
  static Value round(Code code, Value x) {
    Value truncated = code.unary(UnaryOp.FTRUNC, x);
    Value rest = code.unary(UnaryOp.FABS, code.binary(BinaryOp.FSUB, x, truncated));
    Value up = code.compare(CompareOp.FGE, rest, number(code, x, 0.5));
    Value one = copySign(code, number(code, x, 1), x);
    Value away = code.binary(BinaryOp.FADD, truncated, one);
    return code.select(up, away, truncated);
  }

  /** {@code x * 2^n} in one rounding; {@code n} is an I32. */
  static Value ldexp(Code code, ElementType element, Value x, Value n) {
    if (element == ElementType.FLOAT) {
      // a double holds every product exactly, so that only the conversion rounds
      Value bounded = clampInt(code, n, -400, 400);
      Value wide = code.builder().convert(ConvertOp.F_EXTEND, Type.F64, x);
      Value product = code.binary(BinaryOp.FMUL, wide, powerOfTwo(code, bounded));
      return code.builder().convert(ConvertOp.F_TRUNC, Type.F32, product);
    }
    return ldexpDouble(code, x, n);
  }

  /**
   * Two pre-multiplications bring the exponent into range; on the way down they stay 53 bits above
   * the smallest normal number, so that only the last multiplication rounds.
   */
  private static Value ldexpDouble(Code code, Value x, Value n) {
    Value result = x;
    Value rest = clampInt(code, n, -2200, 2200);
    for (int i = 0; i < 2; i++) {
      Value high = code.compare(CompareOp.SGT, rest, code.constant(Type.I32, 1023));
      Value low = code.compare(CompareOp.SLT, rest, code.constant(Type.I32, -1022));
      Value factor =
          code.select(
              high,
              code.number(ElementType.DOUBLE, 0x1p1023),
              code.select(
                  low,
                  code.number(ElementType.DOUBLE, 0x1p-969),
                  code.number(ElementType.DOUBLE, 1)));
      Value step =
          code.select(
              high,
              code.constant(Type.I32, 1023),
              code.select(low, code.constant(Type.I32, -969), code.zero(Type.I32)));
      result = code.binary(BinaryOp.FMUL, result, factor);
      rest = code.binary(BinaryOp.SUB, rest, step);
    }
    return code.binary(BinaryOp.FMUL, result, powerOfTwo(code, clampInt(code, rest, -1022, 1023)));
  }

  private static Value clampInt(Code code, Value n, int low, int high) {
    Value least = code.binary(BinaryOp.SMAX, n, code.constant(Type.I32, low));
    return code.binary(BinaryOp.SMIN, least, code.constant(Type.I32, high));
  }

  /** {@code 2^n} as a double, for {@code n} from -1022 to 1023. */
  private static Value powerOfTwo(Code code, Value n) {
    Value wide = code.builder().convert(ConvertOp.SEXT, Type.I64, n);
    Value biased = code.binary(BinaryOp.ADD, wide, code.constant(Type.I64, 1023));
    Value shifted = code.binary(BinaryOp.SHL, biased, code.constant(Type.I64, 52));
    return code.bitcast(shifted, Type.F64);
  }

  /**
   * {@code sin(pi * (x + shift/2))}: the quarter turns come off exactly, then the rest of at most
   * an eighth of a turn goes to sine or cosine.
   *
   * @param shift quarter turns to add: 0 for sine, 1 for cosine
   */
  static Value sinpi(Code code, ElementType element, Value x, int shift) {
    // beyond this every value is an even integer
    double large = element == ElementType.FLOAT ? 0x1p25 : 0x1p54;
    Value tooLarge =
        code.compare(CompareOp.FGE, code.unary(UnaryOp.FABS, x), code.number(element, large));
    Value infinite = isInfinite(code, x);
    Value bounded =
        code.select(
            code.binary(BinaryOp.AND, tooLarge, code.not(infinite)), code.number(element, 0), x);
    Value quarters =
        code.unary(UnaryOp.RINT, code.binary(BinaryOp.FMUL, bounded, code.number(element, 2)));
    Value rest = code.builder().fma(quarters, code.number(element, -0.5), bounded);
    Value angle = code.binary(BinaryOp.FMUL, rest, code.number(element, Math.PI));
    Value sine = code.builder().builtin(BuiltinOp.SIN, List.of(angle));
    Value cosine = code.builder().builtin(BuiltinOp.COS, List.of(angle));
    Value turns =
        code.binary(
            BinaryOp.ADD,
            code.convert(quarters, element, ElementType.LONG),
            code.constant(Type.I64, shift));
    Value odd = bit(code, turns, 1);
    Value chosen = code.select(odd, cosine, sine);
    Value negated = code.select(bit(code, turns, 2), code.unary(UnaryOp.FNEG, chosen), chosen);
    if (shift == 1) {
      // an exact zero of the cosine is positive
      Value zero = code.compare(CompareOp.FEQ, negated, code.number(element, 0));
      return code.select(zero, code.number(element, 0), negated);
    }
    // an integer gives a zero of its own sign
    Value zero = code.compare(CompareOp.FEQ, negated, code.number(element, 0));
    return code.select(zero, copySign(code, code.number(element, 0), x), negated);
  }

  private static Value bit(Code code, Value bits, long mask) {
    Value masked = code.binary(BinaryOp.AND, bits, code.constant(bits.type(), mask));
    return code.compare(CompareOp.NE, masked, code.zero(bits.type()));
  }

  static Value isInfinite(Code code, Value x) {
    return code.compare(
        CompareOp.FEQ, code.unary(UnaryOp.FABS, x), number(code, x, Double.POSITIVE_INFINITY));
  }

  /** {@code log1p(|x| + x^2 / (1 + sqrt(x^2 + 1)))} with the sign of x; log(2|x|) for large x. */
  static Value asinh(Code code, ElementType element, Value x) {
    Value a = code.unary(UnaryOp.FABS, x);
    Value one = code.number(element, 1);
    Value root = code.unary(UnaryOp.SQRT, code.builder().fma(a, a, one));
    Value small =
        code.binary(
            BinaryOp.FADD,
            a,
            code.binary(
                BinaryOp.FDIV,
                code.binary(BinaryOp.FMUL, a, a),
                code.binary(BinaryOp.FADD, one, root)));
    Value near = code.builder().builtin(BuiltinOp.LOG1P, List.of(small));
    Value isLarge = code.compare(CompareOp.FGT, a, code.number(element, 0x1p28));
    return copySign(code, code.select(isLarge, logOfTwice(code, element, a), near), x);
  }

  private static Value logOfTwice(Code code, ElementType element, Value a) {
    return code.binary(
        BinaryOp.FADD,
        code.builder().builtin(BuiltinOp.LOG, List.of(a)),
        code.number(element, Math.log(2)));
  }

  /** {@code log1p(t + sqrt(2t + t^2))} with {@code t = x - 1}; log(2x) for large x. */
  static Value acosh(Code code, ElementType element, Value x) {
    Value t = code.binary(BinaryOp.FSUB, x, code.number(element, 1));
    Value twice = code.binary(BinaryOp.FMUL, t, code.number(element, 2));
    Value root = code.unary(UnaryOp.SQRT, code.builder().fma(t, t, twice));
    Value near =
        code.builder().builtin(BuiltinOp.LOG1P, List.of(code.binary(BinaryOp.FADD, t, root)));
    Value isLarge = code.compare(CompareOp.FGT, x, code.number(element, 0x1p28));
    return code.select(isLarge, logOfTwice(code, element, x), near);
  }

  /** {@code log1p(2|x| / (1 - |x|)) / 2} with the sign of x. */
  static Value atanh(Code code, ElementType element, Value x) {
    Value a = code.unary(UnaryOp.FABS, x);
    Value quotient =
        code.binary(
            BinaryOp.FDIV,
            code.binary(BinaryOp.FADD, a, a),
            code.binary(BinaryOp.FSUB, code.number(element, 1), a));
    Value log = code.builder().builtin(BuiltinOp.LOG1P, List.of(quotient));
    return copySign(code, code.binary(BinaryOp.FMUL, log, code.number(element, 0.5)), x);
  }

  /** The exponent of a finite value other than zero, an I32; subnormal numbers are scaled first. */
  private static Value exponent(Code code, ElementType element, Value x) {
    boolean single = element == ElementType.FLOAT;
    int mantissa = single ? 23 : 52;
    int bias = single ? 127 : 1023;
    Value a = code.unary(UnaryOp.FABS, x);
    Value tiny =
        code.compare(CompareOp.FLT, a, code.number(element, single ? 0x1p-126 : 0x1p-1022));
    Value scaled = code.binary(BinaryOp.FMUL, a, code.number(element, 0x1p60));
    Value raw = bits(code, code.select(tiny, scaled, a));
    Value field = code.binary(BinaryOp.LSHR, raw, code.constant(raw.type(), mantissa));
    Value narrow = single ? field : code.builder().convert(ConvertOp.TRUNC, Type.I32, field);
    Value offset =
        code.select(tiny, code.constant(Type.I32, bias + 60), code.constant(Type.I32, bias));
    return code.binary(BinaryOp.SUB, narrow, offset);
  }

  /** 0 gives the lowest int, NaN and the infinities the highest. */
  static Value ilogb(Code code, ElementType element, Value x) {
    Value regular = exponent(code, element, x);
    Value zero = code.compare(CompareOp.FEQ, x, code.number(element, 0));
    Value a = code.unary(UnaryOp.FABS, x);
    Value finite = code.compare(CompareOp.FLT, a, code.number(element, Double.POSITIVE_INFINITY));
    Value other = code.constant(Type.I32, Integer.MAX_VALUE);
    Value least = code.constant(Type.I32, Integer.MIN_VALUE);
    return code.select(zero, least, code.select(finite, regular, other));
  }

  static Value logb(Code code, ElementType element, Value x) {
    Value regular = code.convert(exponent(code, element, x), ElementType.INT, element);
    Value zero = code.compare(CompareOp.FEQ, x, code.number(element, 0));
    Value a = code.unary(UnaryOp.FABS, x);
    Value finite = code.compare(CompareOp.FLT, a, code.number(element, Double.POSITIVE_INFINITY));
    return code.select(
        zero, code.number(element, Double.NEGATIVE_INFINITY), code.select(finite, regular, a));
  }

  /** Mantissa in [0.5, 1) and exponent; zero, NaN and infinities keep their value, exponent 0. */
  static List<Value> frexp(Code code, ElementType element, Value x) {
    Value a = code.unary(UnaryOp.FABS, x);
    Value finite = code.compare(CompareOp.FLT, a, code.number(element, Double.POSITIVE_INFINITY));
    Value nonZero = code.compare(CompareOp.FGT, a, code.number(element, 0));
    Value regular = code.binary(BinaryOp.AND, finite, nonZero);
    Value one = code.constant(Type.I32, 1);
    Value exponent = code.binary(BinaryOp.ADD, exponent(code, element, x), one);
    Value mantissa = ldexp(code, element, x, code.unary(UnaryOp.NEG, exponent));
    return List.of(
        code.select(regular, mantissa, x), code.select(regular, exponent, code.zero(Type.I32)));
  }

  /** The neighbour of x in the direction of y, by the order of the bit patterns. */
  static Value nextAfter(Code code, Value x, Value y) {
    Type integer = Code.bitsOf(x.type());
    Value raw = bits(code, x);
    Value zero = number(code, x, 0);
    Value one = code.constant(integer, 1);
    Value up = code.compare(CompareOp.FLT, x, y);
    Value negative = code.compare(CompareOp.FLT, x, zero);
    Value grows = code.compare(CompareOp.NE, up, negative);
    Value moved =
        code.select(
            grows, code.binary(BinaryOp.ADD, raw, one), code.binary(BinaryOp.SUB, raw, one));
    Value smallest = copySign(code, code.bitcast(one, x.type()), y);
    Value isZero = code.compare(CompareOp.FEQ, x, zero);
    Value stepped = code.select(isZero, smallest, code.bitcast(moved, x.type()));
    Value same = code.compare(CompareOp.FEQ, x, y);
    Value ordered =
        code.binary(
            BinaryOp.AND, code.compare(CompareOp.FEQ, x, x), code.compare(CompareOp.FEQ, y, y));
    Value sum = code.binary(BinaryOp.FADD, x, y);
    return code.select(ordered, code.select(same, y, stepped), sum);
  }
}
