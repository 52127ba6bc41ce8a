package dev.heddle.compiler.frontend.java;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Local variables and operand stack at one point of a method. */
final class State {
  final @Nullable Operand[] locals;
  final List<Operand> stack;

  State(int maxLocals) {
    this(new Operand[maxLocals], new ArrayList<>());
  }

  private State(@Nullable Operand[] locals, List<Operand> stack) {
    this.locals = locals;
    this.stack = stack;
  }

  State copy() {
    return new State(locals.clone(), new ArrayList<>(stack));
  }

  void push(Operand operand) {
    stack.add(operand);
  }

  Operand pop() {
    return stack.removeLast();
  }
}
