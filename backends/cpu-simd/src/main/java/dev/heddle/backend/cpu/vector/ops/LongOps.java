package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** 64-bit integers, half the lanes at a time. */
final class LongOps {
  private LongOps() {}

  static LongVector broadcast(long value) {
    return LongVector.broadcast(Species.LONG, value);
  }

  static LongVector linear(long base, long stride) {
    return LongVector.zero(Species.LONG).addIndex(1).mul(stride).add(base);
  }

  static LongVector signedLow(LongVector a) {
    return a.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.ASHR, 32);
  }

  static LongVector unsignedLow(LongVector a) {
    return a.and(0xFFFF_FFFFL);
  }

  static LongVector add(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.ADD, b);
  }

  static LongVector sub(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.SUB, b);
  }

  static LongVector mul(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.MUL, b);
  }

  static LongVector neg(LongVector a) {
    return a.lanewise(VectorOperators.NEG);
  }

  static LongVector not(LongVector a) {
    return a.lanewise(VectorOperators.NOT);
  }

  static LongVector and(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.AND, b);
  }

  static LongVector or(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.OR, b);
  }

  static LongVector xor(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.XOR, b);
  }

  static LongVector shl(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.LSHL, b.and(63));
  }

  static LongVector ashr(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.ASHR, b.and(63));
  }

  static LongVector lshr(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.LSHR, b.and(63));
  }

  static LongVector shlBy(LongVector a, int count) {
    return a.lanewise(VectorOperators.LSHL, count);
  }

  static LongVector ashrBy(LongVector a, int count) {
    return a.lanewise(VectorOperators.ASHR, count);
  }

  static LongVector lshrBy(LongVector a, int count) {
    return a.lanewise(VectorOperators.LSHR, count);
  }

  static LongVector rotl(LongVector a, LongVector b) {
    LongVector count = b.and(63);
    return shl(a, count).or(lshr(a, count.neg()));
  }

  static LongVector rotlBy(LongVector a, int count) {
    return a.lanewise(VectorOperators.ROL, count);
  }

  static LongVector smin(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.MIN, b);
  }

  static LongVector smax(LongVector a, LongVector b) {
    return a.lanewise(VectorOperators.MAX, b);
  }

  static LongVector umin(LongVector a, LongVector b) {
    return b.blend(a, ult(a, b));
  }

  static LongVector umax(LongVector a, LongVector b) {
    return b.blend(a, ugt(a, b));
  }

  /** By the four products of halves (Warren, Hacker's Delight, 8-2). */
  static LongVector umulhi(LongVector a, LongVector b) {
    LongVector a0 = unsignedLow(a);
    LongVector a1 = lshrBy(a, 32);
    LongVector b0 = unsignedLow(b);
    LongVector b1 = lshrBy(b, 32);
    LongVector t = a1.mul(b0).add(lshrBy(a0.mul(b0), 32));
    LongVector middle = unsignedLow(t).add(a0.mul(b1));
    return a1.mul(b1).add(lshrBy(t, 32)).add(lshrBy(middle, 32));
  }

  static LongVector smulhi(LongVector a, LongVector b) {
    return umulhi(a, b).sub(ashrBy(a, 63).and(b)).sub(ashrBy(b, 63).and(a));
  }

  static LongVector clz(LongVector a) {
    return a.lanewise(VectorOperators.LEADING_ZEROS_COUNT);
  }

  static LongVector ctz(LongVector a) {
    return a.lanewise(VectorOperators.TRAILING_ZEROS_COUNT);
  }

  static LongVector popcount(LongVector a) {
    return a.lanewise(VectorOperators.BIT_COUNT);
  }

  static LongVector blend(LongVector otherwise, LongVector value, VectorMask<Long> where) {
    return otherwise.blend(value, where);
  }

  static VectorMask<Long> eq(LongVector a, LongVector b) {
    return a.compare(VectorOperators.EQ, b);
  }

  static VectorMask<Long> ne(LongVector a, LongVector b) {
    return a.compare(VectorOperators.NE, b);
  }

  static VectorMask<Long> slt(LongVector a, LongVector b) {
    return a.compare(VectorOperators.LT, b);
  }

  static VectorMask<Long> sle(LongVector a, LongVector b) {
    return a.compare(VectorOperators.LE, b);
  }

  static VectorMask<Long> sgt(LongVector a, LongVector b) {
    return a.compare(VectorOperators.GT, b);
  }

  static VectorMask<Long> sge(LongVector a, LongVector b) {
    return a.compare(VectorOperators.GE, b);
  }

  static VectorMask<Long> ult(LongVector a, LongVector b) {
    return a.compare(VectorOperators.ULT, b);
  }

  static VectorMask<Long> ule(LongVector a, LongVector b) {
    return a.compare(VectorOperators.ULE, b);
  }

  static VectorMask<Long> ugt(LongVector a, LongVector b) {
    return a.compare(VectorOperators.UGT, b);
  }

  static VectorMask<Long> uge(LongVector a, LongVector b) {
    return a.compare(VectorOperators.UGE, b);
  }

  static LongVector fromMask(VectorMask<Long> mask) {
    return LongVector.zero(Species.LONG).blend(1, mask);
  }

  static VectorMask<Long> toMask(LongVector a) {
    return a.and(1).compare(VectorOperators.NE, 0);
  }

  /** The low halves of two vectors, in one. */
  static IntVector trunc(LongVector low, LongVector high) {
    IntVector first = (IntVector) low.convertShape(VectorOperators.L2I, Species.INT, 0);
    IntVector second = (IntVector) high.convertShape(VectorOperators.L2I, Species.INT, -1);
    return first.or(second);
  }

  static DoubleVector asDouble(LongVector a) {
    return a.reinterpretAsDoubles();
  }

  static DoubleVector s2d(LongVector a) {
    return (DoubleVector) a.convertShape(VectorOperators.L2D, Species.DOUBLE, 0);
  }

  static FloatVector s2f(LongVector low, LongVector high) {
    FloatVector first = (FloatVector) low.convertShape(VectorOperators.L2F, Species.FLOAT, 0);
    FloatVector second = (FloatVector) high.convertShape(VectorOperators.L2F, Species.FLOAT, -1);
    return first.reinterpretAsInts().or(second.reinterpretAsInts()).reinterpretAsFloats();
  }

  static LongVector halved(LongVector a) {
    return lshrBy(a, 1).or(a.and(1));
  }

  static DoubleVector u2d(LongVector a) {
    DoubleVector half = s2d(halved(a));
    return DoubleOps.blend(s2d(a), half.add(half), a.compare(VectorOperators.LT, 0));
  }

  static FloatVector u2f(LongVector low, LongVector high) {
    FloatVector half = s2f(halved(low), halved(high));
    VectorMask<Integer> large =
        MaskOps.join(low.compare(VectorOperators.LT, 0), high.compare(VectorOperators.LT, 0));
    return FloatOps.blend(s2f(low, high), half.add(half), large);
  }
}
