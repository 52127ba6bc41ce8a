package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;

/** An integer of 32 or 64 bits in a sequence that is being written. */
record Int(IrBuilder builder, Value value) {
  private Int binary(BinaryOp op, Int b) {
    return new Int(builder, builder.binary(op, value, b.value));
  }

  /** A constant of this integer's type. */
  Int constant(long constant) {
    return new Int(builder, builder.constant(value.type(), constant));
  }

  static long signBit(Format format) {
    return 1L << (format.bits() - 1);
  }

  Int plus(Int b) {
    return binary(BinaryOp.ADD, b);
  }

  Int plus(long b) {
    return plus(constant(b));
  }

  Int minus(Int b) {
    return binary(BinaryOp.SUB, b);
  }

  Int minus(long b) {
    return minus(constant(b));
  }

  Int times(Int b) {
    return binary(BinaryOp.MUL, b);
  }

  /** The high half of the unsigned product. */
  Int timesHigh(Int b) {
    return binary(BinaryOp.UMULHI, b);
  }

  Int and(long b) {
    return and(constant(b));
  }

  Int and(Int b) {
    return binary(BinaryOp.AND, b);
  }

  Int or(Int b) {
    return binary(BinaryOp.OR, b);
  }

  Int or(long b) {
    return or(constant(b));
  }

  Int xor(Int b) {
    return binary(BinaryOp.XOR, b);
  }

  Int shiftLeft(int count) {
    return shiftLeft(constant(count));
  }

  Int shiftLeft(Int count) {
    return binary(BinaryOp.SHL, count);
  }

  /** Shifts right, filling with zeros. */
  Int shiftRight(int count) {
    return shiftRight(constant(count));
  }

  Int shiftRight(Int count) {
    return binary(BinaryOp.LSHR, count);
  }

  private Condition compare(CompareOp op, Int b) {
    return new Condition(builder, builder.compare(op, value, b.value));
  }

  Condition equalTo(long b) {
    return compare(CompareOp.EQ, constant(b));
  }

  Condition lessThanUnsigned(Int b) {
    return compare(CompareOp.ULT, b);
  }

  Condition isNegative() {
    return compare(CompareOp.SLT, constant(0));
  }

  /** Whether any of these bits is set. */
  Condition hasBits(long mask) {
    return and(mask).compare(CompareOp.NE, constant(0));
  }

  private Type number() {
    return value.type() == Type.I32 ? Type.F32 : Type.F64;
  }

  private Num convert(ConvertOp op) {
    return new Num(builder, builder.convert(op, number(), value));
  }

  /** The number of the same width with these bits. */
  Num asNum() {
    return convert(ConvertOp.BITCAST);
  }

  /** The number nearest to this signed integer. */
  Num toNum() {
    return convert(ConvertOp.S_TO_F);
  }

  /** The number nearest to this unsigned integer. */
  Num toNumUnsigned() {
    return convert(ConvertOp.U_TO_F);
  }
}
