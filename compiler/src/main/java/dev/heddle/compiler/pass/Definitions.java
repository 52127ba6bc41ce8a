package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which op defines which value, as far as code was emitted. */
final class Definitions {
  private final Map<Value, Op> ops = new HashMap<>();

  void record(Op op) {
    for (Value result : op.results()) {
      ops.put(result, op);
    }
  }

  /** The op that defines {@code value}; null for parameters of functions and loops. */
  @Nullable Op of(Value value) {
    return ops.get(value);
  }

  boolean isConstant(Value value) {
    return ops.get(value) instanceof Op.Constant;
  }

  /** Whether {@code value} is the constant with those bits. */
  boolean is(Value value, long bits) {
    return ops.get(value) instanceof Op.Constant constant && constant.bits() == bits;
  }

  boolean isAllOnes(Value value) {
    return is(value, mask(value.type()));
  }

  /** The bits of a constant. */
  long bits(Value value) {
    return ((Op.Constant) Objects.requireNonNull(ops.get(value))).bits();
  }

  static long mask(Type type) {
    return type.bits() == 64 ? -1L : (1L << type.bits()) - 1;
  }
}
