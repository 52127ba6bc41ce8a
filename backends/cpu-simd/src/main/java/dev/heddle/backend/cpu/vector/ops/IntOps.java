package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Integers of up to 32 bits; those of 8 and 16 bits are kept sign-extended. */
final class IntOps {
  private IntOps() {}

  static IntVector broadcast(int value) {
    return IntVector.broadcast(Species.INT, value);
  }

  /** {@code base + lane * stride}. */
  static IntVector linear(int base, int stride) {
    return IntVector.zero(Species.INT).addIndex(1).mul(stride).add(base);
  }

  static IntVector add(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.ADD, b);
  }

  static IntVector sub(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.SUB, b);
  }

  static IntVector mul(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.MUL, b);
  }

  static IntVector neg(IntVector a) {
    return a.lanewise(VectorOperators.NEG);
  }

  static IntVector not(IntVector a) {
    return a.lanewise(VectorOperators.NOT);
  }

  static IntVector and(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.AND, b);
  }

  static IntVector or(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.OR, b);
  }

  static IntVector xor(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.XOR, b);
  }

  static IntVector shl(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.LSHL, b.and(31));
  }

  static IntVector ashr(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.ASHR, b.and(31));
  }

  static IntVector lshr(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.LSHR, b.and(31));
  }

  static IntVector shlBy(IntVector a, int count) {
    return a.lanewise(VectorOperators.LSHL, count);
  }

  static IntVector ashrBy(IntVector a, int count) {
    return a.lanewise(VectorOperators.ASHR, count);
  }

  static IntVector lshrBy(IntVector a, int count) {
    return a.lanewise(VectorOperators.LSHR, count);
  }

  static IntVector rotl(IntVector a, IntVector b) {
    IntVector count = b.and(31);
    return shl(a, count).or(lshr(a, count.neg()));
  }

  static IntVector rotlBy(IntVector a, int count) {
    return a.lanewise(VectorOperators.ROL, count);
  }

  static IntVector smin(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.MIN, b);
  }

  static IntVector smax(IntVector a, IntVector b) {
    return a.lanewise(VectorOperators.MAX, b);
  }

  static IntVector umin(IntVector a, IntVector b) {
    return b.blend(a, ult(a, b));
  }

  static IntVector umax(IntVector a, IntVector b) {
    return b.blend(a, ugt(a, b));
  }

  static IntVector clz(IntVector a) {
    return a.lanewise(VectorOperators.LEADING_ZEROS_COUNT);
  }

  static IntVector ctz(IntVector a) {
    return a.lanewise(VectorOperators.TRAILING_ZEROS_COUNT);
  }

  static IntVector popcount(IntVector a) {
    return a.lanewise(VectorOperators.BIT_COUNT);
  }

  /** By the products of even and of odd lanes, each in the room of two lanes. */
  static IntVector smulhi(IntVector a, IntVector b) {
    LongVector evenA = LongOps.signedLow(a.reinterpretAsLongs());
    LongVector evenB = LongOps.signedLow(b.reinterpretAsLongs());
    LongVector oddA = a.reinterpretAsLongs().lanewise(VectorOperators.ASHR, 32);
    LongVector oddB = b.reinterpretAsLongs().lanewise(VectorOperators.ASHR, 32);
    return highHalves(evenA.mul(evenB), oddA.mul(oddB));
  }

  static IntVector umulhi(IntVector a, IntVector b) {
    LongVector evenA = LongOps.unsignedLow(a.reinterpretAsLongs());
    LongVector evenB = LongOps.unsignedLow(b.reinterpretAsLongs());
    LongVector oddA = a.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32);
    LongVector oddB = b.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32);
    return highHalves(evenA.mul(evenB), oddA.mul(oddB));
  }

  static IntVector highHalves(LongVector even, LongVector odd) {
    return even.lanewise(VectorOperators.LSHR, 32)
        .or(odd.and(0xFFFF_FFFF_0000_0000L))
        .reinterpretAsInts();
  }

  /**
   * The quotient; 0 where {@code b} is 0. The quotient of doubles never rounds up to an integer.
   */
  static IntVector sdiv(IntVector a, IntVector b) {
    DoubleVector low = DoubleOps.fromIntLow(a).div(DoubleOps.fromIntLow(b));
    DoubleVector high = DoubleOps.fromIntHigh(a).div(DoubleOps.fromIntHigh(b));
    IntVector quotient = DoubleOps.toInt(low, high);
    // MIN / -1 is 2^31, which saturates; it has to wrap
    return quotient.blend(a.neg(), eq(b, broadcast(-1))).blend(0, eq(b, broadcast(0)));
  }

  static IntVector srem(IntVector a, IntVector b) {
    return a.sub(sdiv(a, b).mul(b)).blend(0, eq(b, broadcast(0)));
  }

  static IntVector udiv(IntVector a, IntVector b) {
    DoubleVector low = DoubleOps.fromUnsignedLow(a).div(DoubleOps.fromUnsignedLow(b));
    DoubleVector high = DoubleOps.fromUnsignedHigh(a).div(DoubleOps.fromUnsignedHigh(b));
    IntVector shifted =
        DoubleOps.toInt(DoubleOps.ftrunc(low).sub(0x1p31), DoubleOps.ftrunc(high).sub(0x1p31));
    return shifted.lanewise(VectorOperators.XOR, Integer.MIN_VALUE).blend(0, eq(b, broadcast(0)));
  }

  static IntVector urem(IntVector a, IntVector b) {
    return a.sub(udiv(a, b).mul(b)).blend(0, eq(b, broadcast(0)));
  }

  static IntVector sext8(IntVector a) {
    return ashrBy(shlBy(a, 24), 24);
  }

  static IntVector sext16(IntVector a) {
    return ashrBy(shlBy(a, 16), 16);
  }

  static IntVector zext8(IntVector a) {
    return a.and(0xFF);
  }

  static IntVector zext16(IntVector a) {
    return a.and(0xFFFF);
  }

  static IntVector clamp(IntVector a, int low, int high) {
    return a.max(low).min(high);
  }

  static IntVector blend(IntVector otherwise, IntVector value, VectorMask<Integer> where) {
    return otherwise.blend(value, where);
  }

  static VectorMask<Integer> eq(IntVector a, IntVector b) {
    return a.compare(VectorOperators.EQ, b);
  }

  static VectorMask<Integer> ne(IntVector a, IntVector b) {
    return a.compare(VectorOperators.NE, b);
  }

  static VectorMask<Integer> lt(IntVector a, IntVector b) {
    return a.compare(VectorOperators.LT, b);
  }

  static VectorMask<Integer> slt(IntVector a, IntVector b) {
    return a.compare(VectorOperators.LT, b);
  }

  static VectorMask<Integer> sle(IntVector a, IntVector b) {
    return a.compare(VectorOperators.LE, b);
  }

  static VectorMask<Integer> sgt(IntVector a, IntVector b) {
    return a.compare(VectorOperators.GT, b);
  }

  static VectorMask<Integer> sge(IntVector a, IntVector b) {
    return a.compare(VectorOperators.GE, b);
  }

  static VectorMask<Integer> ult(IntVector a, IntVector b) {
    return a.compare(VectorOperators.ULT, b);
  }

  static VectorMask<Integer> ule(IntVector a, IntVector b) {
    return a.compare(VectorOperators.ULE, b);
  }

  static VectorMask<Integer> ugt(IntVector a, IntVector b) {
    return a.compare(VectorOperators.UGT, b);
  }

  static VectorMask<Integer> uge(IntVector a, IntVector b) {
    return a.compare(VectorOperators.UGE, b);
  }

  /** 1 in the lanes of the mask, 0 in the others. */
  static IntVector fromMask(VectorMask<Integer> mask) {
    return IntVector.zero(Species.INT).blend(1, mask);
  }

  /** The lanes that are not 0: those of a BOOL in memory that are true. */
  static VectorMask<Integer> nonZero(IntVector a) {
    return a.compare(VectorOperators.NE, 0);
  }

  /** The lanes whose lowest bit is set. */
  static VectorMask<Integer> toMask(IntVector a) {
    return a.and(1).compare(VectorOperators.NE, 0);
  }

  static FloatVector asFloat(IntVector a) {
    return a.reinterpretAsFloats();
  }

  static FloatVector s2f(IntVector a) {
    return (FloatVector) a.convertShape(VectorOperators.I2F, Species.FLOAT, 0);
  }

  /** Half of a large number, its lost bit kept as the lowest so that rounding sees it, twice. */
  static FloatVector u2f(IntVector a) {
    FloatVector half = s2f(lshrBy(a, 1).or(a.and(1)));
    return FloatOps.blend(s2f(a), half.add(half), a.compare(VectorOperators.LT, 0));
  }

  static LongVector sextLow(IntVector a) {
    return (LongVector) a.convertShape(VectorOperators.I2L, Species.LONG, 0);
  }

  static LongVector sextHigh(IntVector a) {
    return (LongVector) a.convertShape(VectorOperators.I2L, Species.LONG, 1);
  }

  static LongVector zextLow(IntVector a) {
    return LongOps.unsignedLow(sextLow(a));
  }

  static LongVector zextHigh(IntVector a) {
    return LongOps.unsignedLow(sextHigh(a));
  }

  /** Half-precision bits in the low halves of the lanes; exact. */
  static FloatVector halfToFloat(IntVector a) {
    IntVector magnitude = shlBy(a.and(0x7FFF), 13);
    FloatVector number = magnitude.reinterpretAsFloats().mul(0x1p112f);
    IntVector special = magnitude.or(0x7F80_0000);
    IntVector result =
        number
            .reinterpretAsInts()
            .blend(special, a.and(0x7C00).compare(VectorOperators.EQ, 0x7C00));
    return result.or(shlBy(a.and(0x8000), 16)).reinterpretAsFloats();
  }
}
