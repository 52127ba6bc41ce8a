package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls: the functions that the IR has itself, and everything else lifted in place. */
final class Calls {
  private final MethodLifter method;
  private final Lifting lifting;
  private final Operators operators;

  Calls(MethodLifter method) {
    this.method = method;
    this.lifting = method.lifting;
    this.operators = new Operators(lifting);
  }

  void invoke(InvokeInstruction invoke, State state) {
    MethodTypeDesc type = invoke.typeSymbol();
    List<Operand> arguments = new ArrayList<>();
    for (int i = 0; i < type.parameterCount(); i++) {
      arguments.addFirst(operators.settled(state.pop()));
    }
    if (invoke.opcode() != Opcode.INVOKESTATIC) {
      arguments.addFirst(state.pop());
    }
    Operand result = call(invoke, arguments);
    if (result != null) {
      state.push(result);
    }
    method.resume();
  }

  private @Nullable Operand call(InvokeInstruction invoke, List<Operand> arguments) {
    String owner = invoke.owner().asInternalName();
    String name = invoke.name().stringValue();
    String descriptor = invoke.type().stringValue();
    if (invoke.opcode() == Opcode.INVOKESTATIC) {
      Operand known = Intrinsics.call(lifting, owner + "." + name + descriptor, arguments);
      if (known != null) {
        return known;
      }
      String strict = Intrinsics.strict(owner, name, descriptor);
      Class<?> type = Classes.load(strict == null ? owner : strict, method.owner);
      return lift(declaring(type, name, descriptor), invoke, arguments);
    }
    if (name.equals("<init>")) {
      construct(invoke, arguments);
      return null;
    }
    Operand receiver = arguments.getFirst();
    return switch (receiver) {
      case Operand.Composite made ->
          lift(declaring(made.type, name, descriptor), invoke, arguments);
      case Operand.HostObject object -> onHost(object, invoke, arguments);
      case Operand.WorkItem item -> new WorkItemCalls(lifting).call(name, arguments);
      case Operand.Text text -> describe(invoke);
      case Operand.Throwing exception -> throw new Refusal("it calls a method of an exception");
      case Operand.Null nothing -> throw new Refusal("it calls a method of null");
      case Operand.Array array -> throw new Refusal("it calls " + name + " of an array");
      case Operand.Scalar scalar -> throw new IllegalStateException("a method of a number");
      case Operand.Comparison comparison -> throw new IllegalStateException("no receiver");
    };
  }

  private static Class<?> declaring(Class<?> type, String name, String descriptor) {
    return Classes.declaring(type, name, descriptor)
        .orElseThrow(
            () -> new Refusal("the code of " + type.getName() + "." + name + " can't be found"));
  }

  private @Nullable Operand lift(
      Class<?> owner, InvokeInstruction invoke, List<Operand> arguments) {
    return MethodLifter.lift(
        lifting,
        owner,
        invoke.name().stringValue(),
        invoke.type().stringValue(),
        arguments,
        method);
  }

  private void construct(InvokeInstruction invoke, List<Operand> arguments) {
    switch (arguments.getFirst()) {
      case Operand.Composite made -> {
        if (!invoke.owner().asInternalName().equals("java/lang/Record")) {
          lift(Classes.load(invoke.owner().asInternalName(), method.owner), invoke, arguments);
        }
      }
      case Operand.Throwing exception -> {
        if (arguments.size() == 2 && arguments.get(1) instanceof Operand.Text text) {
          exception.message = text.text();
        }
      }
      default -> {}
    }
  }

  /** Strings are followed only as far as messages of exceptions need it. */
  private @Nullable Operand describe(InvokeInstruction invoke) {
    if (invoke.typeSymbol().returnType().isPrimitive()) {
      throw new Refusal("it calls " + invoke.name().stringValue() + " of a string");
    }
    return new Operand.Text(null);
  }

  private @Nullable Operand onHost(
      Operand.HostObject object, InvokeInstruction invoke, List<Operand> arguments) {
    String name = invoke.name().stringValue();
    if (DeviceArray.class.isAssignableFrom(object.type())) {
      return onArray(object, name, arguments);
    }
    if (SegmentCalls.isSegment(object.type())) {
      return new SegmentCalls(lifting).call(object, name, arguments);
    }
    Class<?> owner = declaring(object.type(), name, invoke.type().stringValue());
    boolean fixed =
        object.exact()
            || invoke.opcode() == Opcode.INVOKESPECIAL
            || Modifier.isFinal(object.type().getModifiers())
            || ClassCode.of(owner)
                    .flatMap(code -> code.method(name, invoke.type().stringValue()))
                    .map(m -> m.flags().flagsMask() & (Modifier.FINAL | Modifier.PRIVATE))
                    .orElse(0)
                != 0;
    if (!fixed) {
      throw new Refusal(
          "it calls "
              + owner.getName()
              + "."
              + name
              + ", which a subclass may override; make the method private, static or final");
    }
    return lift(owner, invoke, arguments);
  }

  private @Nullable Operand onArray(
      Operand.HostObject object, String name, List<Operand> arguments) {
    DeviceArray.Of element = object.type().getAnnotation(DeviceArray.Of.class);
    if (element == null) {
      throw new Refusal("a variable of type " + object.type().getName() + "; use a subclass");
    }
    Operand.Array array = lifting.inputs.deviceArray(object.source(), element.value());
    return switch (name) {
      case "get" -> new Operand.Scalar(lifting.load(array, operators.number(arguments.get(1))));
      case "set" -> {
        Value index = operators.number(arguments.get(1));
        lifting.store(array, index, operators.number(arguments.get(2)));
        yield null;
      }
      case "size" -> new Operand.Scalar(lifting.size(array));
      default -> throw new Refusal("it calls " + name + " of an array; use get, set and size");
    };
  }

  /** Records have their accessors in bytecode; their other methods and strings are made here. */
  void invokeDynamic(InvokeDynamicInstruction invoke, State state) {
    String bootstrap = invoke.bootstrapMethod().methodName();
    for (int i = 0; i < invoke.typeSymbol().parameterCount(); i++) {
      state.pop();
    }
    if (!bootstrap.startsWith("makeConcat")) {
      throw new Refusal(
          "it makes a lambda or uses "
              + Objects.requireNonNull(bootstrap)
              + "; a kernel calls methods directly");
    }
    state.push(new Operand.Text(null));
  }
}
