package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;

/** A condition in a sequence that is being written. */
record Condition(IrBuilder builder, Value value) {
  Condition and(Condition b) {
    return new Condition(builder, builder.binary(BinaryOp.AND, value, b.value));
  }

  Condition or(Condition b) {
    return new Condition(builder, builder.binary(BinaryOp.OR, value, b.value));
  }

  Condition not() {
    return new Condition(builder, builder.unary(UnaryOp.NOT, value));
  }

  /** Whether both hold or neither. */
  Condition equalTo(Condition b) {
    return new Condition(builder, builder.binary(BinaryOp.XOR, value, b.value)).not();
  }

  Pair select(Pair ifTrue, Pair ifFalse) {
    return new Pair(select(ifTrue.high(), ifFalse.high()), select(ifTrue.low(), ifFalse.low()));
  }

  Num select(Num ifTrue, Num ifFalse) {
    return new Num(builder, builder.select(value, ifTrue.value(), ifFalse.value()));
  }

  Num select(double ifTrue, Num ifFalse) {
    return select(ifFalse.constant(ifTrue), ifFalse);
  }

  Num select(Num ifTrue, double ifFalse) {
    return select(ifTrue, ifTrue.constant(ifFalse));
  }

  Int select(Int ifTrue, Int ifFalse) {
    return new Int(builder, builder.select(value, ifTrue.value(), ifFalse.value()));
  }
}
