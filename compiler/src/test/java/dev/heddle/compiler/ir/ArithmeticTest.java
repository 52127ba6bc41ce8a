package dev.heddle.compiler.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with exact arithmetic on big numbers, which shares no code with what it tests. */
class ArithmeticTest {
  private static final long FLOAT_NAN = 0x7FC00000L;
  private static final long DOUBLE_NAN = 0x7FF8000000000000L;
  private static final MathContext EXACT_ENOUGH = new MathContext(1200);

  // ---- integers

  private static long[] integers(Type type) {
    Random random = new Random(1);
    int bits = type.bits();
    LongStream special =
        LongStream.of(
            0,
            1,
            2,
            3,
            7,
            8,
            31,
            32,
            63,
            64,
            -1,
            -2,
            -3,
            1L << (bits - 1),
            (1L << (bits - 1)) - 1,
            (1L << (bits - 1)) + 1,
            0x5555555555555555L,
            0xAAAAAAAAAAAAAAAAL,
            1L << (bits / 2));
    return LongStream.concat(special, random.longs(20))
        .map(value -> Arithmetic.truncate(type, value))
        .distinct()
        .toArray();
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  private static BigInteger signed(Type type, long bits) {
    BigInteger value = unsigned(bits);
    return value.testBit(type.bits() - 1)
        ? value.subtract(BigInteger.ONE.shiftLeft(type.bits()))
        : value;
  }

  private static long wrap(Type type, BigInteger value) {
    return value.mod(BigInteger.ONE.shiftLeft(type.bits())).longValue();
  }

  private static BigInteger exact(BinaryOp op, Type type, long x, long y) {
    BigInteger ux = unsigned(x);
    BigInteger uy = unsigned(y);
    BigInteger sx = signed(type, x);
    BigInteger sy = signed(type, y);
    int width = type.bits();
    int count = uy.mod(BigInteger.valueOf(width)).intValue();
    boolean zero = y == 0;
    return switch (op) {
      case ADD -> ux.add(uy);
      case SUB -> ux.subtract(uy);
      case MUL -> ux.multiply(uy);
      case SMULHI -> sx.multiply(sy).shiftRight(width);
      case UMULHI -> ux.multiply(uy).shiftRight(width);
      case SDIV -> zero ? BigInteger.ZERO : sx.divide(sy);
      case UDIV -> zero ? BigInteger.ZERO : ux.divide(uy);
      case SREM -> zero ? BigInteger.ZERO : sx.remainder(sy);
      case UREM -> zero ? BigInteger.ZERO : ux.remainder(uy);
      case AND -> ux.and(uy);
      case OR -> ux.or(uy);
      case XOR -> ux.xor(uy);
      case SHL -> ux.shiftLeft(count);
      case ASHR -> sx.shiftRight(count);
      case LSHR -> ux.shiftRight(count);
      case ROTL -> ux.shiftLeft(count).or(ux.shiftRight(width - count));
      case SMIN -> sx.min(sy);
      case SMAX -> sx.max(sy);
      case UMIN -> ux.min(uy);
      case UMAX -> ux.max(uy);
      case FADD, FSUB, FMUL, FDIV, FMIN, FMAX -> throw new AssertionError(op);
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Type.class,
      names = {"I8", "I16", "I32", "I64"})
  void integerBinaryOperators(Type type) {
    for (BinaryOp op : BinaryOp.values()) {
      if (op.domain() == Domain.FLOAT) {
        continue;
      }
      for (long x : integers(type)) {
        for (long y : integers(type)) {
          assertEquals(
              wrap(type, exact(op, type, x, y)),
              Arithmetic.binary(op, type, x, y),
              () -> op + " " + type + " " + x + " " + y);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Type.class,
      names = {"I8", "I16", "I32", "I64"})
  void integerUnaryOperatorsAndComparisons(Type type) {
    int width = type.bits();
    for (long x : integers(type)) {
      BigInteger ux = unsigned(x);
      assertEquals(wrap(type, ux.negate()), Arithmetic.unary(UnaryOp.NEG, type, x));
      assertEquals(wrap(type, ux.not()), Arithmetic.unary(UnaryOp.NOT, type, x));
      assertEquals(width - ux.bitLength(), Arithmetic.unary(UnaryOp.CLZ, type, x));
      int trailing = x == 0 ? width : ux.getLowestSetBit();
      assertEquals(trailing, Arithmetic.unary(UnaryOp.CTZ, type, x));
      assertEquals(ux.bitCount(), Arithmetic.unary(UnaryOp.POPCOUNT, type, x));
      for (long y : integers(type)) {
        int s = signed(type, x).compareTo(signed(type, y));
        int u = ux.compareTo(unsigned(y));
        assertEquals(u == 0, Arithmetic.compare(CompareOp.EQ, type, x, y));
        assertEquals(u != 0, Arithmetic.compare(CompareOp.NE, type, x, y));
        assertEquals(s < 0, Arithmetic.compare(CompareOp.SLT, type, x, y));
        assertEquals(s <= 0, Arithmetic.compare(CompareOp.SLE, type, x, y));
        assertEquals(s > 0, Arithmetic.compare(CompareOp.SGT, type, x, y));
        assertEquals(s >= 0, Arithmetic.compare(CompareOp.SGE, type, x, y));
        assertEquals(u < 0, Arithmetic.compare(CompareOp.ULT, type, x, y));
        assertEquals(u <= 0, Arithmetic.compare(CompareOp.ULE, type, x, y));
        assertEquals(u > 0, Arithmetic.compare(CompareOp.UGT, type, x, y));
        assertEquals(u >= 0, Arithmetic.compare(CompareOp.UGE, type, x, y));
      }
    }
  }

  @Test
  void booleans() {
    for (long x = 0; x < 2; x++) {
      assertEquals(1 - x, Arithmetic.unary(UnaryOp.NOT, Type.BOOL, x));
      for (long y = 0; y < 2; y++) {
        assertEquals(x * y, Arithmetic.binary(BinaryOp.AND, Type.BOOL, x, y));
        assertEquals(Math.max(x, y), Arithmetic.binary(BinaryOp.OR, Type.BOOL, x, y));
        assertEquals((x + y) % 2, Arithmetic.binary(BinaryOp.XOR, Type.BOOL, x, y));
        assertEquals(x == y, Arithmetic.compare(CompareOp.EQ, Type.BOOL, x, y));
        assertEquals(x != y, Arithmetic.compare(CompareOp.NE, Type.BOOL, x, y));
      }
    }
  }

  // ---- floats

  private static List<Long> floats() {
    Random random = new Random(2);
    List<Long> all = new ArrayList<>();
    int[] special = {
      0,
      1,
      2,
      0x007FFFFF,
      0x00800000,
      0x00800001,
      0x3F800000,
      0x3F800001,
      0x3F7FFFFF,
      0x3F000000,
      0x40000000,
      0x40400000,
      0x4B000001,
      0x4AFFFFFF,
      0x4B7FFFFF,
      0x7F7FFFFF,
      0x7F800000,
      0x7FC00000,
      0x7FC01234,
      0x7F800001,
      0x3FC00000,
      0x40200000,
      0x3EFFFFFF,
      0x4F000000,
      0x5F000000,
      0x1A000000
    };
    for (int bits : special) {
      all.add(Integer.toUnsignedLong(bits));
      all.add(Integer.toUnsignedLong(bits ^ 0x80000000));
    }
    random.ints(30).forEach(bits -> all.add(Integer.toUnsignedLong(bits)));
    return all;
  }

  private static List<Long> doubles() {
    Random random = new Random(3);
    List<Long> all = new ArrayList<>();
    long[] special = {
      0,
      1,
      0x000FFFFFFFFFFFFFL,
      0x0010000000000000L,
      0x3FF0000000000000L,
      0x3FF0000000000001L,
      0x3FEFFFFFFFFFFFFFL,
      0x3FE0000000000000L,
      0x4008000000000000L,
      0x4330000000000001L,
      0x7FEFFFFFFFFFFFFFL,
      0x7FF0000000000000L,
      0x7FF8000000000000L,
      0x7FF8000000000777L,
      0x7FF0000000000001L,
      0x3FF8000000000000L,
      0x4004000000000000L,
      0x43E0000000000000L,
      0x43F0000000000000L,
      0x41EFFFFFFFF00000L
    };
    for (long bits : special) {
      all.add(bits);
      all.add(bits ^ Long.MIN_VALUE);
    }
    random.longs(20).forEach(all::add);
    return all;
  }

  private static float f(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  private static double d(long bits) {
    return Double.longBitsToDouble(bits);
  }

  /** The bits of a computed value: a NaN is the canonical one. */
  private static long bits(float value) {
    return Float.isNaN(value) ? FLOAT_NAN : Float.floatToRawIntBits(value) & 0xFFFFFFFFL;
  }

  private static long bits(double value) {
    return Double.isNaN(value) ? DOUBLE_NAN : Double.doubleToRawLongBits(value);
  }

  private static double reference(BinaryOp op, double x, double y) {
    return switch (op) {
      case FADD -> x + y;
      case FSUB -> x - y;
      case FMUL -> x * y;
      case FDIV -> x / y;
      case FMIN -> smallerOf(x, y);
      case FMAX -> -smallerOf(-x, -y);
      default -> throw new AssertionError(op);
    };
  }

  private static double smallerOf(double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.isNaN(x) ? y : x;
    }
    // orders -0 before +0
    return Double.compare(x, y) <= 0 ? x : y;
  }

  private static BigDecimal exact(BinaryOp op, double x, double y) {
    BigDecimal a = new BigDecimal(x);
    BigDecimal b = new BigDecimal(y);
    return switch (op) {
      case FADD -> a.add(b);
      case FSUB -> a.subtract(b);
      case FMUL -> a.multiply(b);
      case FDIV -> a.divide(b, EXACT_ENOUGH);
      default -> throw new AssertionError(op);
    };
  }

  private static final List<BinaryOp> FLOAT_OPS =
      List.of(
          BinaryOp.FADD, BinaryOp.FSUB, BinaryOp.FMUL, BinaryOp.FDIV, BinaryOp.FMIN, BinaryOp.FMAX);

  /** A double result of two floats, rounded to float, is correctly rounded (53 >= 2 * 24 + 2). */
  @Test
  void floatBinaryOperators() {
    for (BinaryOp op : FLOAT_OPS) {
      for (long x : floats()) {
        for (long y : floats()) {
          assertEquals(
              bits((float) reference(op, f(x), f(y))),
              Arithmetic.binary(op, Type.F32, x, y),
              () -> op + " " + f(x) + " " + f(y));
        }
      }
    }
  }

  @Test
  void doubleBinaryOperators() {
    for (BinaryOp op : FLOAT_OPS) {
      for (long x : doubles()) {
        for (long y : doubles()) {
          double expected = reference(op, d(x), d(y));
          boolean rounds = op != BinaryOp.FMIN && op != BinaryOp.FMAX;
          if (rounds && Double.isFinite(d(x)) && Double.isFinite(d(y)) && d(y) != 0) {
            BigDecimal exact = exact(op, d(x), d(y));
            // the sign of a zero is not in the exact value
            expected = exact.signum() == 0 ? expected : exact.doubleValue();
          }
          if (expected == 0 && rounds) {
            expected = Math.copySign(0.0, reference(op, d(x), d(y)));
          }
          assertEquals(
              bits(expected),
              Arithmetic.binary(op, Type.F64, x, y),
              () -> op + " " + d(x) + " " + d(y));
        }
      }
    }
  }

  @Test
  void fusedMultiplyAdd() {
    List<Long> values = floats();
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      long x = values.get(random.nextInt(values.size()));
      long y = values.get(random.nextInt(values.size()));
      long z = values.get(random.nextInt(values.size()));
      double rounded = (double) f(x) * f(y) + f(z);
      float expected = (float) rounded;
      if (Float.isFinite(f(x)) && Float.isFinite(f(y)) && Float.isFinite(f(z))) {
        BigDecimal exact =
            new BigDecimal(f(x)).multiply(new BigDecimal(f(y))).add(new BigDecimal(f(z)));
        expected = exact.signum() == 0 ? expected : exact.floatValue();
        expected = expected == 0 ? Math.copySign(expected, (float) rounded) : expected;
      }
      assertEquals(
          bits(expected),
          Arithmetic.fma(Type.F32, x, y, z),
          () -> f(x) + " * " + f(y) + " + " + f(z));
    }
    // one rounding, where two would lose the difference
    double a = 1 + 0x1p-30;
    long fused =
        Arithmetic.fma(
            Type.F64,
            Double.doubleToRawLongBits(a),
            Double.doubleToRawLongBits(a),
            Double.doubleToRawLongBits(-1 - 0x1p-29));
    assertEquals(0x1p-60, d(fused));
    assertEquals(DOUBLE_NAN, Arithmetic.fma(Type.F64, 0xFFF8000000000001L, 0, 0x7FF8000000000777L));
  }

  @Test
  void floatUnaryOperators() {
    for (long x : floats()) {
      float value = f(x);
      assertEquals(x ^ 0x80000000L, Arithmetic.unary(UnaryOp.FNEG, Type.F32, x));
      assertEquals(x & 0x7FFFFFFFL, Arithmetic.unary(UnaryOp.FABS, Type.F32, x));
      for (UnaryOp op : List.of(UnaryOp.FLOOR, UnaryOp.CEIL, UnaryOp.FTRUNC, UnaryOp.RINT)) {
        assertEquals(
            bits((float) rounded(op, value)), Arithmetic.unary(op, Type.F32, x), op + " " + value);
      }
      long root = Arithmetic.unary(UnaryOp.SQRT, Type.F32, x);
      if (value > 0 && Float.isFinite(value)) {
        assertNearestRoot(value, f(root), Math.ulp(f(root)));
      } else {
        float expected = value == 0 || value == Float.POSITIVE_INFINITY ? value : Float.NaN;
        assertEquals(bits(expected), root);
      }
    }
  }

  @Test
  void doubleUnaryOperators() {
    for (long x : doubles()) {
      double value = d(x);
      assertEquals(x ^ Long.MIN_VALUE, Arithmetic.unary(UnaryOp.FNEG, Type.F64, x));
      assertEquals(x & Long.MAX_VALUE, Arithmetic.unary(UnaryOp.FABS, Type.F64, x));
      for (UnaryOp op : List.of(UnaryOp.FLOOR, UnaryOp.CEIL, UnaryOp.FTRUNC, UnaryOp.RINT)) {
        assertEquals(bits(rounded(op, value)), Arithmetic.unary(op, Type.F64, x), op + " " + value);
      }
      double root = d(Arithmetic.unary(UnaryOp.SQRT, Type.F64, x));
      if (value > 0 && Double.isFinite(value)) {
        assertNearestRoot(value, root, Math.ulp(root));
      }
    }
  }

  private static double rounded(UnaryOp op, double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    java.math.RoundingMode mode =
        switch (op) {
          case FLOOR -> java.math.RoundingMode.FLOOR;
          case CEIL -> java.math.RoundingMode.CEILING;
          case FTRUNC -> java.math.RoundingMode.DOWN;
          case RINT -> java.math.RoundingMode.HALF_EVEN;
          default -> throw new AssertionError(op);
        };
    double result = new BigDecimal(value).setScale(0, mode).doubleValue();
    return Math.copySign(result, value);
  }

  private static void assertNearestRoot(double value, double root, double ulp) {
    BigDecimal half = new BigDecimal(ulp).divide(BigDecimal.TWO);
    BigDecimal low = new BigDecimal(root).subtract(half);
    BigDecimal high = new BigDecimal(root).add(half);
    BigDecimal exact = new BigDecimal(value);
    assertTrue(low.multiply(low).compareTo(exact) <= 0, () -> "sqrt " + value + " = " + root);
    assertTrue(high.multiply(high).compareTo(exact) >= 0, () -> "sqrt " + value + " = " + root);
  }

  @Test
  void floatComparisons() {
    for (long x : floats()) {
      for (long y : floats()) {
        boolean ordered = !Float.isNaN(f(x)) && !Float.isNaN(f(y));
        int sign = ordered ? Float.compare(f(x) + 0f, f(y) + 0f) : 0;
        assertEquals(ordered && sign == 0, Arithmetic.compare(CompareOp.FEQ, Type.F32, x, y));
        assertEquals(!ordered || sign != 0, Arithmetic.compare(CompareOp.FNE, Type.F32, x, y));
        assertEquals(ordered && sign < 0, Arithmetic.compare(CompareOp.FLT, Type.F32, x, y));
        assertEquals(ordered && sign <= 0, Arithmetic.compare(CompareOp.FLE, Type.F32, x, y));
        assertEquals(ordered && sign > 0, Arithmetic.compare(CompareOp.FGT, Type.F32, x, y));
        assertEquals(ordered && sign >= 0, Arithmetic.compare(CompareOp.FGE, Type.F32, x, y));
      }
    }
  }

  // ---- conversions

  @Test
  void integersToIntegers() {
    for (Type from : List.of(Type.I8, Type.I16, Type.I32, Type.I64)) {
      for (Type to : Type.values()) {
        for (long x : integers(from)) {
          if (ConvertOp.TRUNC.accepts(from, to)) {
            BigInteger low = unsigned(x).mod(BigInteger.ONE.shiftLeft(to.bits()));
            assertEquals(low.longValue(), Arithmetic.convert(ConvertOp.TRUNC, from, to, x));
          }
          if (ConvertOp.SEXT.accepts(from, to)) {
            assertEquals(
                wrap(to, signed(from, x)), Arithmetic.convert(ConvertOp.SEXT, from, to, x));
          }
          if (ConvertOp.ZEXT.accepts(from, to)) {
            assertEquals(x, Arithmetic.convert(ConvertOp.ZEXT, from, to, x));
          }
        }
      }
    }
    assertEquals(1, Arithmetic.convert(ConvertOp.ZEXT, Type.BOOL, Type.I64, 1));
    assertEquals(0, Arithmetic.convert(ConvertOp.TRUNC, Type.I32, Type.BOOL, 6));
  }

  @Test
  void integersToFloatsInOneRounding() {
    for (Type from : List.of(Type.I8, Type.I16, Type.I32, Type.I64)) {
      for (long x : roundingHazards(from)) {
        BigDecimal s = new BigDecimal(signed(from, x));
        BigDecimal u = new BigDecimal(unsigned(x));
        assertEquals(bits(s.floatValue()), Arithmetic.convert(ConvertOp.S_TO_F, from, Type.F32, x));
        assertEquals(
            bits(s.doubleValue()), Arithmetic.convert(ConvertOp.S_TO_F, from, Type.F64, x));
        assertEquals(bits(u.floatValue()), Arithmetic.convert(ConvertOp.U_TO_F, from, Type.F32, x));
        assertEquals(
            bits(u.doubleValue()), Arithmetic.convert(ConvertOp.U_TO_F, from, Type.F64, x));
      }
    }
  }

  /** Beside the usual values those just above and below the middle between two floats. */
  private static long[] roundingHazards(Type type) {
    List<Long> all = new ArrayList<>();
    for (long x : integers(type)) {
      all.add(x);
    }
    if (type == Type.I64) {
      for (int shift = 0; shift < 40; shift++) {
        long middle = 0x1000001L << shift;
        for (long near : new long[] {-1, 0, 1}) {
          all.add(middle + near);
          all.add(-(middle + near));
        }
      }
      all.add(0x8000008000000001L);
      all.add(0xFFFFFF8000000001L);
      all.add(0x8000000000000401L);
    }
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  @Test
  void floatsToIntegersSaturate() {
    List<Double> values = new ArrayList<>();
    doubles().forEach(bits -> values.add(d(bits)));
    for (int power : new int[] {7, 8, 15, 16, 31, 32, 63, 64}) {
      double edge = Math.scalb(1.0, power);
      for (double near : new double[] {edge, Math.nextUp(edge), Math.nextDown(edge), edge - 0.5}) {
        values.add(near);
        values.add(-near);
      }
    }
    for (double value : values) {
      for (Type to : List.of(Type.I8, Type.I16, Type.I32, Type.I64)) {
        assertConverts(value, Type.F64, Double.doubleToRawLongBits(value), to);
        float narrow = (float) value;
        long bits = Float.floatToRawIntBits(narrow) & 0xFFFFFFFFL;
        assertConverts(narrow, Type.F32, bits, to);
      }
    }
  }

  private static void assertConverts(double value, Type from, long bits, Type to) {
    BigInteger half = BigInteger.ONE.shiftLeft(to.bits() - 1);
    BigInteger s = saturated(value, half.negate(), half.subtract(BigInteger.ONE));
    BigInteger u = saturated(value, BigInteger.ZERO, half.add(half).subtract(BigInteger.ONE));
    assertEquals(wrap(to, s), Arithmetic.convert(ConvertOp.F_TO_S, from, to, bits), "s " + value);
    assertEquals(wrap(to, u), Arithmetic.convert(ConvertOp.F_TO_U, from, to, bits), "u " + value);
  }

  private static BigInteger saturated(double value, BigInteger low, BigInteger high) {
    if (Double.isNaN(value)) {
      return BigInteger.ZERO;
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? low : high;
    }
    return new BigDecimal(value).toBigInteger().max(low).min(high);
  }

  @Test
  void betweenFloatAndDouble() {
    for (long x : floats()) {
      assertEquals(
          bits((double) f(x)), Arithmetic.convert(ConvertOp.F_EXTEND, Type.F32, Type.F64, x));
    }
    for (long x : doubles()) {
      float expected = Double.isFinite(d(x)) ? new BigDecimal(d(x)).floatValue() : (float) d(x);
      expected = Math.copySign(expected, (float) d(x));
      expected = Double.isNaN(d(x)) ? Float.NaN : expected;
      assertEquals(bits(expected), Arithmetic.convert(ConvertOp.F_TRUNC, Type.F64, Type.F32, x));
    }
  }

  /** By the definition of binary16 in IEEE 754. */
  private static double half(int bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> (1024 + fraction) * Math.scalb(1.0, exponent - 25);
        };
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void everyHalfWidensExactlyAndComesBack() {
    for (int h = 0; h < 1 << 16; h++) {
      double value = half(h);
      long single = Arithmetic.convert(ConvertOp.F_EXTEND, Type.F16, Type.F32, h);
      long wide = Arithmetic.convert(ConvertOp.F_EXTEND, Type.F16, Type.F64, h);
      assertEquals(bits((float) value), single);
      assertEquals(bits(value), wide);
      long back = Double.isNaN(value) ? 0x7E00 : h;
      assertEquals(back, Arithmetic.convert(ConvertOp.F_TRUNC, Type.F32, Type.F16, single));
      assertEquals(back, Arithmetic.convert(ConvertOp.F_TRUNC, Type.F64, Type.F16, wide));
    }
  }

  @Test
  void doublesRoundToHalfOnce() {
    for (int h = 0; h < 0x7C00; h++) {
      double low = half(h);
      double high = h == 0x7BFF ? 65536 : half(h + 1);
      // exact: halves have few digits
      double middle = (low + high) / 2;
      int even = (h & 1) == 0 ? h : h + 1;
      assertToHalf(even, middle);
      assertToHalf(h, Math.nextDown(middle));
      assertToHalf(h + 1, Math.nextUp(middle));
      assertToHalf(h, low + (middle - low) / 2);
    }
    assertToHalf(0x7C00, 1e300);
    assertToHalf(0, 1e-300);
    assertToHalf(0, Double.MIN_VALUE);
    assertToHalf(0, 0x1p-25);
    assertToHalf(1, Math.nextUp(0x1p-25));
  }

  private static void assertToHalf(int expected, double value) {
    for (int sign : new int[] {0, 0x8000}) {
      double signed = sign == 0 ? value : -value;
      assertEquals(
          expected | sign,
          Arithmetic.convert(
              ConvertOp.F_TRUNC, Type.F64, Type.F16, Double.doubleToRawLongBits(signed)),
          () -> "half of " + signed);
      float narrow = (float) signed;
      if (narrow == signed) {
        assertEquals(
            expected | sign,
            Arithmetic.convert(
                ConvertOp.F_TRUNC,
                Type.F32,
                Type.F16,
                Float.floatToRawIntBits(narrow) & 0xFFFFFFFFL));
      }
    }
  }

  @Test
  void bitCastsKeepEveryBit() {
    assertEquals(
        0xFF800001L, Arithmetic.convert(ConvertOp.BITCAST, Type.F32, Type.I32, 0xFF800001L));
    assertEquals(0xFC01, Arithmetic.convert(ConvertOp.BITCAST, Type.I16, Type.F16, 0xFC01));
  }

  @Test
  void atomicOperators() {
    long min = 0x80000000L;
    assertEquals(0, Arithmetic.atomic(AtomicOp.ADD, Type.I32, 0xFFFFFFFFL, 1));
    assertEquals(0xFFFFFFFFL, Arithmetic.atomic(AtomicOp.SUB, Type.I32, 0, 1));
    assertEquals(min, Arithmetic.atomic(AtomicOp.SMIN, Type.I32, 1, min));
    assertEquals(1, Arithmetic.atomic(AtomicOp.UMIN, Type.I32, 1, min));
    assertEquals(1, Arithmetic.atomic(AtomicOp.SMAX, Type.I32, 1, min));
    assertEquals(min, Arithmetic.atomic(AtomicOp.UMAX, Type.I32, 1, min));
    assertEquals(0b100, Arithmetic.atomic(AtomicOp.AND, Type.I64, 0b110, 0b101));
    assertEquals(0b111, Arithmetic.atomic(AtomicOp.OR, Type.I64, 0b110, 0b101));
    assertEquals(0b011, Arithmetic.atomic(AtomicOp.XOR, Type.I64, 0b110, 0b101));
    assertEquals(9, Arithmetic.atomic(AtomicOp.EXCHANGE, Type.I64, 7, 9));
  }

  @Test
  void refusesTypesThatAnOperatorDoesNotAccept() {
    List<Runnable> wrong =
        List.of(
            () -> Arithmetic.unary(UnaryOp.FNEG, Type.I32, 0),
            () -> Arithmetic.unary(UnaryOp.NEG, Type.BOOL, 0),
            () -> Arithmetic.unary(UnaryOp.SQRT, Type.F16, 0),
            () -> Arithmetic.binary(BinaryOp.ADD, Type.F32, 0, 0),
            () -> Arithmetic.binary(BinaryOp.ADD, Type.BOOL, 0, 0),
            () -> Arithmetic.binary(BinaryOp.FADD, Type.I32, 0, 0),
            () -> Arithmetic.binary(BinaryOp.FADD, Type.F16, 0, 0),
            () -> Arithmetic.compare(CompareOp.SLT, Type.F64, 0, 0),
            () -> Arithmetic.compare(CompareOp.FLT, Type.I8, 0, 0),
            () -> Arithmetic.fma(Type.I32, 0, 0, 0),
            () -> Arithmetic.convert(ConvertOp.SEXT, Type.I64, Type.I32, 0));
    for (Runnable call : wrong) {
      assertThrows(IllegalArgumentException.class, call::run);
    }
  }
}
