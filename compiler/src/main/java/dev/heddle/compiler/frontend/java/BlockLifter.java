package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDesc;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lifts the instructions of one block after the other. */
final class BlockLifter {
  /** Elements of a local array that are set to zero one by one; a longer one is refused. */
  private static final int MAX_ARRAY_BYTES = 1 << 16;

  private final MethodLifter method;
  private final Lifting lifting;
  private final Operators operators;
  private final Branches branches;
  private final Fields fields;
  private final Calls calls;
  private State state = new State(0);
  private Block block;

  BlockLifter(MethodLifter method) {
    this.method = method;
    this.lifting = method.lifting;
    this.operators = new Operators(lifting);
    this.branches = new Branches(method, operators);
    this.fields = new Fields(method);
    this.calls = new Calls(method);
    this.block = method.code.blocks.getFirst();
  }

  void lift(Block next, State entry) {
    block = next;
    state = entry;
    for (Block.Step step : next.steps) {
      method.line(step.line());
      lift(step.instruction());
      if (!lifting.isOpen()) {
        return;
      }
    }
    branches.jump(block.successors.getFirst(), state);
  }

  private void lift(Instruction instruction) {
    switch (instruction) {
      case LoadInstruction load ->
          state.push(Objects.requireNonNull(state.locals[load.slot()], "unset local variable"));
      case StoreInstruction store -> state.locals[store.slot()] = operators.settled(state.pop());
      case IncrementInstruction increment -> increment(increment);
      case ConstantInstruction constant -> state.push(constant(constant.constantValue()));
      case OperatorInstruction operator -> operator(operator);
      case ConvertInstruction convert -> state.push(operators.convert(convert, number()));
      case ArrayLoadInstruction load -> arrayLoad();
      case ArrayStoreInstruction store -> arrayStore();
      case StackInstruction shuffle -> shuffle(shuffle.opcode());
      case BranchInstruction branch -> branches.branch(block, branch, state);
      case LookupSwitchInstruction choice ->
          branches.choose(choice.cases(), choice.defaultTarget(), number(), state);
      case TableSwitchInstruction choice ->
          branches.choose(choice.cases(), choice.defaultTarget(), number(), state);
      case ReturnInstruction end ->
          method.returns(end.opcode() == Opcode.RETURN ? null : operators.settled(state.pop()));
      case FieldInstruction access -> field(access);
      case InvokeInstruction invoke -> calls.invoke(invoke, state);
      case InvokeDynamicInstruction invoke -> calls.invokeDynamic(invoke, state);
      case NewObjectInstruction made -> state.push(fields.made(made));
      case NewPrimitiveArrayInstruction made -> state.push(newArray(made));
      case TypeCheckInstruction check -> typeCheck(check);
      case ThrowInstruction thrown -> branches.raise(state.pop());
      case NewReferenceArrayInstruction made -> throw new Refusal("it makes an array of objects");
      case NewMultiArrayInstruction made ->
          throw new Refusal("it makes an array of arrays; use one array and compute the index");
      case MonitorInstruction monitor -> throw new Refusal("it is synchronized");
      case NopInstruction nothing -> {}
      default -> throw new Refusal("the instruction " + instruction.opcode() + " is not supported");
    }
  }

  /** The number on top of the stack. */
  private Value number() {
    return operators.number(state.pop());
  }

  private void increment(IncrementInstruction increment) {
    Value old = operators.number(Objects.requireNonNull(state.locals[increment.slot()]));
    state.locals[increment.slot()] = operators.plus(old, increment.constant());
  }

  private Operand constant(@Nullable ConstantDesc constant) {
    return switch (constant) {
      case Integer number -> lifting.integer(number);
      case Long number -> new Operand.Scalar(lifting.constant(Type.I64, number));
      case Float number ->
          new Operand.Scalar(lifting.constant(Type.F32, Float.floatToRawIntBits(number)));
      case Double number ->
          new Operand.Scalar(lifting.constant(Type.F64, Double.doubleToRawLongBits(number)));
      case String text -> new Operand.Text(text);
      case null -> new Operand.Null();
      default ->
          constant.equals(java.lang.constant.ConstantDescs.NULL)
              ? new Operand.Null()
              : new Operand.Text(constant.toString());
    };
  }

  private void operator(OperatorInstruction operator) {
    if (operator.opcode() == Opcode.ARRAYLENGTH) {
      state.push(new Operand.Scalar(lifting.length(array(state.pop()))));
      return;
    }
    if (operators.isUnary(operator.opcode())) {
      state.push(operators.negate(operator.opcode(), number()));
      return;
    }
    Value right = number();
    Value left = number();
    state.push(operators.binary(operator.opcode(), left, right));
  }

  // ---- arrays

  static Operand.Array array(Operand operand) {
    return switch (operand) {
      case Operand.Array array -> array;
      case Operand.Null nothing -> throw new Refusal("an array that is null");
      case Operand.HostObject object ->
          throw new Refusal(
              "an array of objects ("
                  + object.type().getTypeName()
                  + "); use an array of a primitive type");
      case Operand.Composite made -> throw new Refusal("an array of " + made.type.getName());
      case Operand.WorkItem item -> throw new Refusal("the work-item as an array");
      case Operand.Text text -> throw new Refusal("a string as an array");
      case Operand.Throwing exception -> throw new Refusal("an exception as an array");
      case Operand.Scalar scalar -> throw new IllegalStateException("a number as an array");
      case Operand.Comparison comparison -> throw new IllegalStateException("no array");
    };
  }

  private void arrayLoad() {
    Value index = number();
    state.push(new Operand.Scalar(lifting.load(array(state.pop()), index)));
  }

  private void arrayStore() {
    Value value = number();
    Value index = number();
    lifting.store(array(state.pop()), index, value);
  }

  private Operand newArray(NewPrimitiveArrayInstruction made) {
    ElementType element = Kinds.element(made.typeKind());
    Long length = lifting.known(number());
    if (length == null) {
      throw new Refusal("it makes an array whose length is not a constant");
    }
    if (length < 0 || length * element.type().bytes() > MAX_ARRAY_BYTES) {
      throw new Refusal(
          "it makes an array of "
              + length
              + " elements; a work-item's own arrays have at most "
              + MAX_ARRAY_BYTES
              + " bytes");
    }
    Operand.Array array = lifting.localArray(element, length.intValue());
    // memory never written reads as zero, but in a loop the array was there before
    if (!block.headers.isEmpty() || method.caller != null) {
      branches.clear(array);
    }
    return array;
  }

  // ---- objects

  private void field(FieldInstruction access) {
    switch (access.opcode()) {
      case GETFIELD -> state.push(fields.get(state.pop(), access));
      case PUTFIELD -> {
        Operand value = operators.settled(state.pop());
        fields.put(state.pop(), access, value);
      }
      case GETSTATIC -> state.push(fields.getStatic(access));
      default ->
          throw new Refusal(
              "it writes the static field "
                  + access.name().stringValue()
                  + "; a kernel writes arrays");
    }
  }

  private void typeCheck(TypeCheckInstruction check) {
    if (check.opcode() == Opcode.INSTANCEOF) {
      throw new Refusal("it asks for the type of an object (instanceof)");
    }
    if (state.stack.getLast() instanceof Operand.HostObject object) {
      Class<?> wanted = Classes.load(check.type().asInternalName(), method.owner);
      if (!wanted.isAssignableFrom(object.type())) {
        throw new Refusal("it casts an object to " + wanted.getTypeName());
      }
    }
  }

  // ---- the stack

  private boolean wide(int fromTop) {
    return MethodLifter.isWide(state.stack.get(state.stack.size() - 1 - fromTop));
  }

  private void shuffle(Opcode opcode) {
    switch (opcode) {
      case POP -> state.pop();
      case POP2 -> {
        if (!MethodLifter.isWide(state.pop())) {
          state.pop();
        }
      }
      case DUP -> copyDown(1, 0);
      case DUP_X1 -> copyDown(1, 1);
      case DUP_X2 -> copyDown(1, wide(1) ? 1 : 2);
      case DUP2 -> copyDown(wide(0) ? 1 : 2, 0);
      case DUP2_X1 -> copyDown(wide(0) ? 1 : 2, 1);
      case DUP2_X2 -> {
        int count = wide(0) ? 1 : 2;
        copyDown(count, wide(count) ? 1 : 2);
      }
      case SWAP -> {
        Operand top = state.pop();
        Operand below = state.pop();
        state.push(top);
        state.push(below);
      }
      default -> throw new IllegalStateException(opcode.toString());
    }
  }

  /** Inserts a copy of the uppermost {@code count} operands below them and {@code skip} more. */
  private void copyDown(int count, int skip) {
    int size = state.stack.size();
    List<Operand> copied = List.copyOf(state.stack.subList(size - count, size));
    state.stack.addAll(size - count - skip, copied);
  }
}
