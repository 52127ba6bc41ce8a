package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.Span;
import java.util.List;
import java.util.stream.Stream;

/**
 * A builtin function: how its arguments are typed, and what it becomes.
 *
 * @param cheap whether it may be computed in vain: no effect, no fault, little work
 */
record Builtin(String name, Rule rule, Emit emit, boolean cheap) {
  /** Whether it moves or converts values, halves too, rather than computing with them. */
  boolean movesHalves() {
    return Stream.of("vload", "vstore", "convert_", "as_", "async_", "prefetch", "shuffle")
        .anyMatch(name::startsWith);
  }

  /** Types a call; the arguments are values. */
  @FunctionalInterface
  interface Rule {
    Expr type(Typing typing, Builtin builtin, List<Expr> arguments, Span span);
  }

  /** Lowers a call. */
  @FunctionalInterface
  interface Emit {
    Lowered emit(ExpressionLowering lowering, Expr.BuiltinCall call);
  }
}
