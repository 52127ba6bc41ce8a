package dev.heddle.conformance;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;

/**
 * One thing to compute for each work-item from three operands of one type.
 *
 * @param name as a user reads it in a finding: {@code fdiv}, {@code s2f to f32}
 * @param operand the type of the operands
 * @param operands how many of the three it uses, the first ones
 * @param result the type of the result
 */
public record Row(String name, Type operand, int operands, Type result, Emitter emitter) {
  /** Writes the operation. */
  @FunctionalInterface
  public interface Emitter {
    /**
     * @param cell memory of the work-item's own, where the result is going to be stored
     * @return the result
     */
    Value emit(IrBuilder ir, Access cell, Value a, Value b, Value c);
  }
}
