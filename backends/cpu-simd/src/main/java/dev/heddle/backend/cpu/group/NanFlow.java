package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Value;

/**
 * Where NaNs have to be made canonical. Arithmetic yields one NaN by definition; the hardware yields
 * several. A NaN in a <em>loose</em> value (a computed one) stands for the canonical NaN whatever
 * its bits are; in any other value its bits count. Emitters make a loose value canonical where its
 * bits become visible and nowhere else.
 */
public final class NanFlow {
  public NanFlow(Function function) {}

  /** Whether NaNs in this value stand for the canonical NaN. Integers and BOOL: never. */
  public boolean loose(Value value) {
    return value.type().isFloat();
  }

  /**
   * Whether {@code operand} has to be made canonical when it is moved or sign-changed into {@code
   * result}: by a select, an FNEG or FABS, or as a yielded, broken or continued value that becomes a
   * result or parameter. For stores and bit casts {@link #loose} alone decides.
   */
  public boolean canonicalInto(Value operand, Value result) {
    return loose(operand);
  }
}
