package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
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

  /**
   * {@code x * 2^n} in one rounding; {@code n} is an I32. Two multiplications bring the exponent
   * into range; on the way down they stay above the smallest normal number by all bits of a number,
   * so that only the last multiplication rounds.
   */
  static Value ldexp(Code code, ElementType element, Value x, Value n) {
    boolean single = element == ElementType.FLOAT;
    int up = single ? 127 : 1023;
    int least = 1 - up;
    int down = least + (single ? 24 : 53);
    Value result = x;
    Value rest = clampInt(code, n, -3 * up, 3 * up);
    for (int i = 0; i < 2; i++) {
      Value high = code.compare(CompareOp.SGT, rest, code.constant(Type.I32, up));
      Value low = code.compare(CompareOp.SLT, rest, code.constant(Type.I32, least));
      Value factor =
          code.select(
              high,
              code.number(element, Math.scalb(1.0, up)),
              code.select(
                  low, code.number(element, Math.scalb(1.0, down)), code.number(element, 1)));
      Value step =
          code.select(
              high,
              code.constant(Type.I32, up),
              code.select(low, code.constant(Type.I32, down), code.zero(Type.I32)));
      result = code.binary(BinaryOp.FMUL, result, factor);
      rest = code.binary(BinaryOp.SUB, rest, step);
    }
    Value last = clampInt(code, rest, least, up);
    return code.binary(BinaryOp.FMUL, result, powerOfTwo(code, single, last));
  }

  private static Value clampInt(Code code, Value n, int low, int high) {
    Value least = code.binary(BinaryOp.SMAX, n, code.constant(Type.I32, low));
    return code.binary(BinaryOp.SMIN, least, code.constant(Type.I32, high));
  }

  /** {@code 2^n} for an {@code n} of a normal number. */
  private static Value powerOfTwo(Code code, boolean single, Value n) {
    Value wide = single ? n : code.builder().convert(ConvertOp.SEXT, Type.I64, n);
    Value biased = code.binary(BinaryOp.ADD, wide, code.constant(wide.type(), single ? 127 : 1023));
    Value shift = code.constant(wide.type(), single ? 23 : 52);
    return code.bitcast(code.binary(BinaryOp.SHL, biased, shift), single ? Type.F32 : Type.F64);
  }

  static Value isInfinite(Code code, Value x) {
    return code.compare(
        CompareOp.FEQ, code.unary(UnaryOp.FABS, x), number(code, x, Double.POSITIVE_INFINITY));
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

  /** An I32 as the sum of two whole numbers, of which the second is from 0 to 255. */
  static List<Value> inTwo(Code code, ElementType element, Value n) {
    Value low = code.binary(BinaryOp.AND, n, code.constant(Type.I32, 255));
    Value high = code.binary(BinaryOp.SUB, n, low);
    return List.of(
        code.convert(high, ElementType.INT, element), code.convert(low, ElementType.INT, element));
  }
}
