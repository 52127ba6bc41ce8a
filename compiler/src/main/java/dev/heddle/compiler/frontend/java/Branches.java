package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.util.List;

/** Ends blocks: jumps, conditional branches, switches and exceptions. */
final class Branches {
  /** Cases of a switch; each is a comparison. */
  private static final int MAX_CASES = 256;

  private final MethodLifter method;
  private final Lifting lifting;
  private final Operators operators;

  Branches(MethodLifter method, Operators operators) {
    this.method = method;
    this.lifting = method.lifting;
    this.operators = operators;
  }

  void jump(Block to, State state) {
    settle(state);
    lifting.end(new Node.Jump(method.edge(to, state)));
  }

  private void settle(State state) {
    state.stack.replaceAll(operators::settled);
  }

  void branch(Block block, BranchInstruction branch, State state) {
    Block taken = method.code.at(branch.target());
    Opcode opcode = branch.opcode();
    switch (opcode) {
      case GOTO, GOTO_W -> jump(taken, state);
      case IFEQ, IFNE, IFLT, IFLE, IFGT, IFGE -> {
        Operand operand = state.pop();
        Long known =
            operand instanceof Operand.Scalar scalar ? lifting.known(scalar.value()) : null;
        if (known != null) {
          jump(holds(opcode, known, 0) ? taken : block.successors.getFirst(), state);
        } else {
          fork(operators.test(opcode, operand), taken, block.successors.getFirst(), state);
        }
      }
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPLE, IF_ICMPGT, IF_ICMPGE -> {
        Value right = operators.number(state.pop());
        Value left = operators.number(state.pop());
        fork(operators.test(opcode, left, right), taken, block.successors.getFirst(), state);
      }
      case IFNULL, IFNONNULL -> {
        boolean isNull = state.pop() instanceof Operand.Null;
        jump(isNull == (opcode == Opcode.IFNULL) ? taken : block.successors.getFirst(), state);
      }
      case IF_ACMPEQ, IF_ACMPNE -> {
        boolean same = state.pop().equals(state.pop());
        jump(same == (opcode == Opcode.IF_ACMPEQ) ? taken : block.successors.getFirst(), state);
      }
      default -> throw new Refusal("the instruction " + opcode + " is not supported");
    }
  }

  private static boolean holds(Opcode opcode, long left, long right) {
    CompareOp op =
        switch (opcode) {
          case IFEQ -> CompareOp.EQ;
          case IFNE -> CompareOp.NE;
          case IFLT -> CompareOp.SLT;
          case IFLE -> CompareOp.SLE;
          case IFGT -> CompareOp.SGT;
          default -> CompareOp.SGE;
        };
    return Arithmetic.compare(op, Type.I64, left, right);
  }

  private void fork(Value condition, Block taken, Block other, State state) {
    settle(state);
    if (taken == other) {
      lifting.end(new Node.Jump(method.edge(other, state)));
      return;
    }
    Node.Edge yes = method.edge(taken, state);
    Node.Edge no = method.edge(other, state);
    lifting.end(new Node.Branch(condition, yes, no));
  }

  /** Compares with one case after the other. */
  void choose(List<SwitchCase> cases, Label otherwise, Value selector, State state) {
    settle(state);
    Long known = lifting.known(selector);
    if (known != null) {
      Label target =
          cases.stream()
              .filter(c -> c.caseValue() == known)
              .map(SwitchCase::target)
              .findFirst()
              .orElse(otherwise);
      jump(method.code.at(target), state);
      return;
    }
    List<SwitchCase> own = cases.stream().filter(c -> !c.target().equals(otherwise)).toList();
    if (own.size() > MAX_CASES) {
      throw new Refusal("a switch of over " + MAX_CASES + " cases; use a table");
    }
    for (SwitchCase one : own) {
      Value wanted = lifting.constant(Type.I32, one.caseValue());
      Value matches = lifting.compare(CompareOp.EQ, selector, wanted);
      Node.Edge yes = method.edge(method.code.at(one.target()), state);
      Node.Edge no = new Node.Edge(lifting.newNode());
      lifting.end(new Node.Branch(matches, yes, no));
      lifting.begin(no.to);
    }
    jump(method.code.at(otherwise), state);
  }

  /** Ends the work-item with a fault that says what was thrown. */
  void raise(Operand operand) {
    if (!(operand instanceof Operand.Throwing thrown)) {
      throw new Refusal("it throws an exception that it did not make");
    }
    lifting.raise(new Thrown(thrown.type, thrown.message), lifting.constant(Type.I64, 1));
    lifting.end(new Node.End());
  }

  /** Sets all elements to zero. */
  void clear(Operand.Array array) {
    for (int i = 0; i < array.length(); i++) {
      Value zero = lifting.constant(array.element().type(), 0);
      Type element = array.element().type();
      Value offset = lifting.constant(Type.I64, (long) i * element.bytes());
      lifting.ir.store(
          new Access(array.root(), offset, element, 1, element.bytes(), Access.Guard.CHECKED),
          List.of(zero));
    }
  }
}
