package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Double precision, half the lanes at a time. A NaN that is computed here may have any bits. */
final class DoubleOps {
  /** From here on every double is an integer. */
  private static final double INTEGERS = 0x1p52;

  private DoubleOps() {}

  static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(Species.DOUBLE, value);
  }

  static DoubleVector fadd(DoubleVector a, DoubleVector b) {
    return a.lanewise(VectorOperators.ADD, b);
  }

  static DoubleVector fsub(DoubleVector a, DoubleVector b) {
    return a.lanewise(VectorOperators.SUB, b);
  }

  static DoubleVector fmul(DoubleVector a, DoubleVector b) {
    return a.lanewise(VectorOperators.MUL, b);
  }

  static DoubleVector fdiv(DoubleVector a, DoubleVector b) {
    return a.lanewise(VectorOperators.DIV, b);
  }

  static DoubleVector fma(DoubleVector a, DoubleVector b, DoubleVector c) {
    return a.lanewise(VectorOperators.FMA, b, c);
  }

  static DoubleVector sqrt(DoubleVector a) {
    return a.lanewise(VectorOperators.SQRT);
  }

  static DoubleVector fneg(DoubleVector a) {
    return a.reinterpretAsLongs()
        .lanewise(VectorOperators.XOR, Long.MIN_VALUE)
        .reinterpretAsDoubles();
  }

  static DoubleVector fabs(DoubleVector a) {
    return a.reinterpretAsLongs().and(Long.MAX_VALUE).reinterpretAsDoubles();
  }

  static DoubleVector fmin(DoubleVector a, DoubleVector b) {
    DoubleVector smaller = b.blend(a, a.compare(VectorOperators.LT, b));
    DoubleVector both = a.reinterpretAsLongs().or(b.reinterpretAsLongs()).reinterpretAsDoubles();
    return smaller
        .blend(both, a.compare(VectorOperators.EQ, b))
        .blend(a, b.compare(VectorOperators.NE, b));
  }

  static DoubleVector fmax(DoubleVector a, DoubleVector b) {
    DoubleVector larger = b.blend(a, a.compare(VectorOperators.GT, b));
    DoubleVector both = a.reinterpretAsLongs().and(b.reinterpretAsLongs()).reinterpretAsDoubles();
    return larger
        .blend(both, a.compare(VectorOperators.EQ, b))
        .blend(a, b.compare(VectorOperators.NE, b));
  }

  static DoubleVector fminPlain(DoubleVector a, DoubleVector b) {
    return b.blend(a, a.compare(VectorOperators.LT, b));
  }

  static DoubleVector fmaxPlain(DoubleVector a, DoubleVector b) {
    return b.blend(a, a.compare(VectorOperators.GT, b));
  }

  static DoubleVector withSign(DoubleVector magnitude, DoubleVector sign) {
    return fabs(magnitude)
        .reinterpretAsLongs()
        .or(sign.reinterpretAsLongs().and(Long.MIN_VALUE))
        .reinterpretAsDoubles();
  }

  static DoubleVector nearest(DoubleVector a) {
    return withSign(fabs(a).add(INTEGERS).sub(INTEGERS), a);
  }

  static VectorMask<Double> fractional(DoubleVector a) {
    return fabs(a).compare(VectorOperators.LT, INTEGERS);
  }

  static DoubleVector rint(DoubleVector a) {
    return a.blend(nearest(a), fractional(a));
  }

  static DoubleVector floor(DoubleVector a) {
    DoubleVector near = nearest(a);
    return a.blend(near.blend(near.sub(1), near.compare(VectorOperators.GT, a)), fractional(a));
  }

  static DoubleVector ceil(DoubleVector a) {
    DoubleVector near = nearest(a);
    DoubleVector up = near.blend(near.add(1), near.compare(VectorOperators.LT, a));
    return a.blend(withSign(up, a), fractional(a));
  }

  static DoubleVector ftrunc(DoubleVector a) {
    DoubleVector magnitude = fabs(a);
    DoubleVector near = magnitude.add(INTEGERS).sub(INTEGERS);
    DoubleVector down = near.blend(near.sub(1), near.compare(VectorOperators.GT, magnitude));
    return a.blend(withSign(down, a), fractional(a));
  }

  static DoubleVector blend(DoubleVector otherwise, DoubleVector value, VectorMask<Long> where) {
    return otherwise.blend(value, where.cast(Species.DOUBLE));
  }

  static DoubleVector canonical(DoubleVector a) {
    return a.blend(Double.NaN, a.compare(VectorOperators.NE, a));
  }

  static VectorMask<Long> feq(DoubleVector a, DoubleVector b) {
    return a.compare(VectorOperators.EQ, b).cast(Species.LONG);
  }

  static VectorMask<Long> fne(DoubleVector a, DoubleVector b) {
    return a.compare(VectorOperators.NE, b).cast(Species.LONG);
  }

  static VectorMask<Long> flt(DoubleVector a, DoubleVector b) {
    return a.compare(VectorOperators.LT, b).cast(Species.LONG);
  }

  static VectorMask<Long> fle(DoubleVector a, DoubleVector b) {
    return a.compare(VectorOperators.LE, b).cast(Species.LONG);
  }

  static VectorMask<Long> fgt(DoubleVector a, DoubleVector b) {
    return a.compare(VectorOperators.GT, b).cast(Species.LONG);
  }

  static VectorMask<Long> fge(DoubleVector a, DoubleVector b) {
    return a.compare(VectorOperators.GE, b).cast(Species.LONG);
  }

  static LongVector asLong(DoubleVector a) {
    return a.reinterpretAsLongs();
  }

  static DoubleVector fromIntLow(IntVector a) {
    return (DoubleVector) a.convertShape(VectorOperators.I2D, Species.DOUBLE, 0);
  }

  static DoubleVector fromIntHigh(IntVector a) {
    return (DoubleVector) a.convertShape(VectorOperators.I2D, Species.DOUBLE, 1);
  }

  static DoubleVector fromUnsignedLow(IntVector a) {
    return fromIntLow(a.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)).add(0x1p31);
  }

  static DoubleVector fromUnsignedHigh(IntVector a) {
    return fromIntHigh(a.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)).add(0x1p31);
  }

  /** Toward zero; saturates; NaN gives 0. */
  static IntVector toInt(DoubleVector low, DoubleVector high) {
    IntVector first = (IntVector) low.convertShape(VectorOperators.D2I, Species.INT, 0);
    IntVector second = (IntVector) high.convertShape(VectorOperators.D2I, Species.INT, -1);
    return first.or(second);
  }

  static IntVector toUnsigned(DoubleVector low, DoubleVector high) {
    return LongOps.trunc(f2s(low).max(0).min(0xFFFF_FFFFL), f2s(high).max(0).min(0xFFFF_FFFFL));
  }

  static LongVector f2s(DoubleVector a) {
    return (LongVector) a.convertShape(VectorOperators.D2L, Species.LONG, 0);
  }

  static LongVector f2u(DoubleVector a) {
    LongVector small = f2s(a).max(0);
    LongVector large = f2s(a.sub(0x1p63)).lanewise(VectorOperators.XOR, Long.MIN_VALUE);
    return small.blend(large, a.compare(VectorOperators.GE, 0x1p63).cast(Species.LONG));
  }

  static FloatVector toFloat(DoubleVector low, DoubleVector high) {
    FloatVector first = (FloatVector) low.convertShape(VectorOperators.D2F, Species.FLOAT, 0);
    FloatVector second = (FloatVector) high.convertShape(VectorOperators.D2F, Species.FLOAT, -1);
    return first.reinterpretAsInts().or(second.reinterpretAsInts()).reinterpretAsFloats();
  }
}
