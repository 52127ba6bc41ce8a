package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Single precision. A NaN that is computed here may have any bits. */
final class FloatOps {
  /** From here on every float is an integer. */
  private static final float INTEGERS = 0x1p23f;

  private FloatOps() {}

  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Species.FLOAT, value);
  }

  static FloatVector fadd(FloatVector a, FloatVector b) {
    return a.lanewise(VectorOperators.ADD, b);
  }

  static FloatVector fsub(FloatVector a, FloatVector b) {
    return a.lanewise(VectorOperators.SUB, b);
  }

  static FloatVector fmul(FloatVector a, FloatVector b) {
    return a.lanewise(VectorOperators.MUL, b);
  }

  static FloatVector fdiv(FloatVector a, FloatVector b) {
    return a.lanewise(VectorOperators.DIV, b);
  }

  static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return a.lanewise(VectorOperators.FMA, b, c);
  }

  static FloatVector sqrt(FloatVector a) {
    return a.lanewise(VectorOperators.SQRT);
  }

  static FloatVector fneg(FloatVector a) {
    return a.reinterpretAsInts()
        .lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
        .reinterpretAsFloats();
  }

  static FloatVector fabs(FloatVector a) {
    return a.reinterpretAsInts().and(Integer.MAX_VALUE).reinterpretAsFloats();
  }

  /** {@code a} where smaller, else {@code b}; then equal zeros, then a {@code b} that is NaN. */
  static FloatVector fmin(FloatVector a, FloatVector b) {
    FloatVector smaller = blend(b, a, flt(a, b));
    FloatVector both = a.reinterpretAsInts().or(b.reinterpretAsInts()).reinterpretAsFloats();
    return blend(blend(smaller, both, feq(a, b)), a, fne(b, b));
  }

  static FloatVector fmax(FloatVector a, FloatVector b) {
    FloatVector larger = blend(b, a, fgt(a, b));
    FloatVector both = a.reinterpretAsInts().and(b.reinterpretAsInts()).reinterpretAsFloats();
    return blend(blend(larger, both, feq(a, b)), a, fne(b, b));
  }

  /** {@link #fmin} for a {@code b} that is neither a zero nor NaN. */
  static FloatVector fminPlain(FloatVector a, FloatVector b) {
    return blend(b, a, flt(a, b));
  }

  /** {@link #fmax} for a {@code b} that is neither a zero nor NaN. */
  static FloatVector fmaxPlain(FloatVector a, FloatVector b) {
    return blend(b, a, fgt(a, b));
  }

  static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
    return fabs(magnitude)
        .reinterpretAsInts()
        .or(sign.reinterpretAsInts().and(Integer.MIN_VALUE))
        .reinterpretAsFloats();
  }

  /** To the nearest integer, ties to even, for magnitudes below {@link #INTEGERS}. */
  static FloatVector nearest(FloatVector a) {
    return withSign(fabs(a).add(INTEGERS).sub(INTEGERS), a);
  }

  static VectorMask<Integer> fractional(FloatVector a) {
    return flt(fabs(a), broadcast(INTEGERS));
  }

  static FloatVector rint(FloatVector a) {
    return blend(a, nearest(a), fractional(a));
  }

  static FloatVector floor(FloatVector a) {
    FloatVector near = nearest(a);
    return blend(a, blend(near, near.sub(1), fgt(near, a)), fractional(a));
  }

  static FloatVector ceil(FloatVector a) {
    FloatVector near = nearest(a);
    FloatVector up = withSign(blend(near, near.add(1), flt(near, a)), a);
    return blend(a, up, fractional(a));
  }

  static FloatVector ftrunc(FloatVector a) {
    FloatVector magnitude = fabs(a);
    FloatVector near = magnitude.add(INTEGERS).sub(INTEGERS);
    FloatVector down = blend(near, near.sub(1), fgt(near, magnitude));
    return blend(a, withSign(down, a), fractional(a));
  }

  static FloatVector blend(FloatVector otherwise, FloatVector value, VectorMask<Integer> where) {
    return otherwise.blend(value, where.cast(Species.FLOAT));
  }

  static FloatVector canonical(FloatVector a) {
    return a.blend(Float.NaN, a.compare(VectorOperators.NE, a));
  }

  static VectorMask<Integer> feq(FloatVector a, FloatVector b) {
    return a.compare(VectorOperators.EQ, b).cast(Species.INT);
  }

  static VectorMask<Integer> fne(FloatVector a, FloatVector b) {
    return a.compare(VectorOperators.NE, b).cast(Species.INT);
  }

  static VectorMask<Integer> flt(FloatVector a, FloatVector b) {
    return a.compare(VectorOperators.LT, b).cast(Species.INT);
  }

  static VectorMask<Integer> fle(FloatVector a, FloatVector b) {
    return a.compare(VectorOperators.LE, b).cast(Species.INT);
  }

  static VectorMask<Integer> fgt(FloatVector a, FloatVector b) {
    return a.compare(VectorOperators.GT, b).cast(Species.INT);
  }

  static VectorMask<Integer> fge(FloatVector a, FloatVector b) {
    return a.compare(VectorOperators.GE, b).cast(Species.INT);
  }

  static IntVector asInt(FloatVector a) {
    return a.reinterpretAsInts();
  }

  static IntVector f2s(FloatVector a) {
    return (IntVector) a.convertShape(VectorOperators.F2I, Species.INT, 0);
  }

  /** Large numbers shifted into the signed range and back; saturation carries over. */
  static IntVector f2u(FloatVector a) {
    IntVector small = f2s(a).max(0);
    IntVector large = f2s(a.sub(0x1p31f)).lanewise(VectorOperators.XOR, Integer.MIN_VALUE);
    return small.blend(large, fge(a, broadcast(0x1p31f)));
  }

  static LongVector f2sLow(FloatVector a) {
    return (LongVector) a.convertShape(VectorOperators.F2L, Species.LONG, 0);
  }

  static LongVector f2sHigh(FloatVector a) {
    return (LongVector) a.convertShape(VectorOperators.F2L, Species.LONG, 1);
  }

  static DoubleVector extendLow(FloatVector a) {
    return (DoubleVector) a.convertShape(VectorOperators.F2D, Species.DOUBLE, 0);
  }

  static DoubleVector extendHigh(FloatVector a) {
    return (DoubleVector) a.convertShape(VectorOperators.F2D, Species.DOUBLE, 1);
  }

  static LongVector f2uLow(FloatVector a) {
    return DoubleOps.f2u(extendLow(a));
  }

  static LongVector f2uHigh(FloatVector a) {
    return DoubleOps.f2u(extendHigh(a));
  }
}
