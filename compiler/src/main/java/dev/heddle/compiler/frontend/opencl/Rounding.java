package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;

/** The rounding that a conversion's name asks for (OpenCL C 1.2, 6.2.3.2). */
enum Rounding {
  NONE(""),
  NEAREST("_rte"),
  ZERO("_rtz"),
  UP("_rtp"),
  DOWN("_rtn");

  private static final double TWO_63 = 0x1p63;

  private final String suffix;

  Rounding(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }

  /** Whether it may differ from what the conversion of the IR gives, to nearest. */
  boolean directed() {
    return this == ZERO || this == UP || this == DOWN;
  }

  /** A wider float, rounded to a narrower one. */
  Value narrow(Code code, Value exact, Type to) {
    Value nearest = code.builder().convert(ConvertOp.F_TRUNC, to, exact);
    if (!directed()) {
      return nearest;
    }
    Value back = code.builder().convert(ConvertOp.F_EXTEND, exact.type(), nearest);
    Value above = code.compare(CompareOp.FGT, back, exact);
    Value below = code.compare(CompareOp.FLT, back, exact);
    Value negative = code.compare(CompareOp.FLT, exact, code.zero(exact.type()));
    return moved(code, nearest, above, below, negative);
  }

  /** A 64-bit integer as a float. */
  Value ofLong(Code code, Value exact, boolean signed, Type to) {
    ConvertOp there = signed ? ConvertOp.S_TO_F : ConvertOp.U_TO_F;
    Value nearest = code.builder().convert(there, to, exact);
    if (!directed()) {
      return nearest;
    }
    ConvertOp andBack = signed ? ConvertOp.F_TO_S : ConvertOp.F_TO_U;
    Value back = code.builder().convert(andBack, Type.I64, nearest);
    // what is rounded up to the first float beyond the integers comes back saturated
    double beyond = signed ? TWO_63 : 2 * TWO_63;
    Value over = code.compare(CompareOp.FGE, nearest, number(code, to, beyond));
    CompareOp greater = signed ? CompareOp.SGT : CompareOp.UGT;
    CompareOp less = signed ? CompareOp.SLT : CompareOp.ULT;
    Value above = code.binary(BinaryOp.OR, over, code.compare(greater, back, exact));
    Value below = code.binary(BinaryOp.AND, code.not(over), code.compare(less, back, exact));
    Value negative =
        signed
            ? code.compare(CompareOp.SLT, exact, code.zero(Type.I64))
            : code.constant(Type.BOOL, 0);
    return moved(code, nearest, above, below, negative);
  }

  private static Value number(Code code, Type type, double value) {
    return type == Type.F32
        ? code.constant(type, Float.floatToRawIntBits((float) value) & 0xffffffffL)
        : code.constant(type, Double.doubleToRawLongBits(value));
  }

  /** The nearest value or its neighbour on the side that is asked for. */
  private Value moved(Code code, Value nearest, Value above, Value below, Value negative) {
    Type bits = Code.bitsOf(nearest.type());
    Value same = code.bitcast(nearest, bits);
    Value one = code.constant(bits, 1);
    Value outward = code.binary(BinaryOp.ADD, same, one);
    Value inward = code.binary(BinaryOp.SUB, same, one);
    Value sign = code.compare(CompareOp.SLT, same, code.zero(bits));
    Value up = code.select(sign, inward, outward);
    Value down = code.select(sign, outward, inward);
    Value result =
        switch (this) {
          case NONE, NEAREST -> same;
          case UP -> code.select(below, up, same);
          case DOWN -> code.select(above, down, same);
          case ZERO ->
              code.select(negative, code.select(below, up, same), code.select(above, down, same));
        };
    return code.bitcast(result, nearest.type());
  }
}
