package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;

/** A number in a sequence that is being written; arithmetic with it adds ops. */
record Num(IrBuilder builder, Value value) {
  Format format() {
    return Format.of(value.type());
  }

  private Num of(Value result) {
    return new Num(builder, result);
  }

  private Num binary(BinaryOp op, Num b) {
    return of(builder.binary(op, value, b.value));
  }

  private Num unary(UnaryOp op) {
    return of(builder.unary(op, value));
  }

  /** A constant of this number's type, which must be representable in it. */
  Num constant(double constant) {
    return of(builder.constant(value.type(), format().bits(constant)));
  }

  Num plus(Num b) {
    return binary(BinaryOp.FADD, b);
  }

  Num plus(double b) {
    return plus(constant(b));
  }

  Num minus(Num b) {
    return binary(BinaryOp.FSUB, b);
  }

  Num minus(double b) {
    return minus(constant(b));
  }

  Num times(Num b) {
    return binary(BinaryOp.FMUL, b);
  }

  Num times(double b) {
    return times(constant(b));
  }

  Num over(Num b) {
    return binary(BinaryOp.FDIV, b);
  }

  /** {@code this * b + c}, rounded once. */
  Num timesPlus(Num b, Num c) {
    return of(builder.fma(value, b.value, c.value));
  }

  Num timesPlus(double b, Num c) {
    return timesPlus(constant(b), c);
  }

  Num timesPlus(Num b, double c) {
    return timesPlus(b, constant(c));
  }

  Num timesPlus(double b, double c) {
    return timesPlus(constant(b), constant(c));
  }

  Num squared() {
    return times(this);
  }

  Num negated() {
    return unary(UnaryOp.FNEG);
  }

  Num abs() {
    return unary(UnaryOp.FABS);
  }

  Num sqrt() {
    return unary(UnaryOp.SQRT);
  }

  Num rint() {
    return unary(UnaryOp.RINT);
  }

  Num truncated() {
    return unary(UnaryOp.FTRUNC);
  }

  /** The polynomial with these coefficients, that of the constant term first, by Horner's rule. */
  Num polynomial(double... coefficients) {
    Num sum = constant(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = timesPlus(sum, coefficients[i]);
    }
    return sum;
  }

  private Condition compare(CompareOp op, Num b) {
    return new Condition(builder, builder.compare(op, value, b.value));
  }

  Condition lessThan(Num b) {
    return compare(CompareOp.FLT, b);
  }

  Condition lessThan(double b) {
    return lessThan(constant(b));
  }

  Condition greaterThan(Num b) {
    return compare(CompareOp.FGT, b);
  }

  Condition greaterThan(double b) {
    return greaterThan(constant(b));
  }

  Condition atLeast(double b) {
    return compare(CompareOp.FGE, constant(b));
  }

  Condition equalTo(Num b) {
    return compare(CompareOp.FEQ, b);
  }

  Condition equalTo(double b) {
    return equalTo(constant(b));
  }

  Condition isNan() {
    return compare(CompareOp.FNE, this);
  }

  /** This number, but not below {@code low} or above {@code high}; a NaN stays. */
  Num clamped(double low, double high) {
    Num raised = lessThan(low).select(constant(low), this);
    return raised.greaterThan(high).select(constant(high), raised);
  }

  /** The same bits as an integer. */
  Int bits() {
    return new Int(builder, builder.convert(ConvertOp.BITCAST, format().word(), value));
  }

  /** Rounded toward zero to a signed integer of the same width. */
  Int toInt() {
    return new Int(builder, builder.convert(ConvertOp.F_TO_S, format().word(), value));
  }

  /** This number with its sign turned where that of {@code b} is set. */
  Num signFlippedBy(Num b) {
    return bits().xor(b.bits().and(Int.signBit(format()))).asNum();
  }
}
