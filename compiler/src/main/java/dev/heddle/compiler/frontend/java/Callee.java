package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Attributes;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The method of a lambda, called in the graph that is being lifted with what it captured. */
final class Callee {
  private final Lifting lifting;
  private final JavaMethod method;
  private final int firstCapture;

  /**
   * @param firstCapture the number of its first captured value among those that the host gives
   */
  Callee(Lifting lifting, JavaMethod method, int firstCapture) {
    this.lifting = lifting;
    this.method = method;
    this.firstCapture = firstCapture;
  }

  /** Calls the method with what was captured and these arguments. */
  @Nullable Operand call(List<Operand> arguments) {
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(method.descriptor());
    List<Operand> all = new ArrayList<>();
    for (int i = 0; i < method.captures().size(); i++) {
      all.add(captured(i, method.captures().get(i)));
    }
    int first = all.size() - (method.isStatic() ? 0 : 1);
    for (int i = 0; i < arguments.size(); i++) {
      Class<?> wanted = Classes.load(type.parameterType(first + i), method.owner());
      all.add(adapted(arguments.get(i), wanted));
    }
    String owner = method.owner().getName().replace('.', '/');
    if (method.isStatic()) {
      Operand known =
          Intrinsics.call(lifting, owner + "." + method.name() + method.descriptor(), all);
      if (known != null) {
        return known;
      }
    }
    return MethodLifter.lift(
        lifting, declaring(owner), method.name(), method.descriptor(), all, null);
  }

  /** Calls it for an element; gives what the JVM computes with in place of one. */
  Value element(ElementType element, List<Value> arguments) {
    List<Operand> operands = new ArrayList<>();
    arguments.forEach(argument -> operands.add(new Operand.Scalar(argument)));
    return element(element, call(operands));
  }

  /** What the method returned, as wide as an element. */
  Value element(ElementType element, @Nullable Operand result) {
    Value value = new Operators(lifting).number(Objects.requireNonNull(result));
    Type type = element.type();
    return lifting.widened(value, type.isInteger() && type != Type.I64 ? Type.I32 : type);
  }

  private Class<?> declaring(String owner) {
    String strict = Intrinsics.strict(owner, method.name(), method.descriptor());
    if (strict != null) {
      return StrictMath.class;
    }
    return Classes.declaring(method.owner(), method.name(), method.descriptor())
        .orElse(method.owner());
  }

  /** A method reference may name a method that takes wider numbers. */
  private Operand adapted(Operand operand, Class<?> wanted) {
    return operand instanceof Operand.Scalar scalar && wanted.isPrimitive()
        ? new Operand.Scalar(lifting.widened(scalar.value(), Kinds.computed(wanted)))
        : operand;
  }

  private Operand captured(int number, Class<?> type) {
    int place = firstCapture + number;
    Source source = Source.captured(place);
    boolean simple = type.isPrimitive() || type.isArray() && type.componentType().isPrimitive();
    if (!simple) {
      lifting.inputs.nameCapture(place, captureName(number));
      return new Operand.HostObject(source, type, true);
    }
    return switch (lifting.inputs.at(source, captureName(number), type)) {
      case Parameter.Scalar scalar ->
          new Operand.Scalar(lifting.widen(scalar.element(), scalar.value()));
      case Parameter.Pointer pointer -> Inputs.array(pointer);
    };
  }

  /** The name of the local variable that was captured, where the class file tells it. */
  private String captureName(int number) {
    int slot = 0;
    for (Class<?> type : method.captures().subList(0, number)) {
      slot += type == long.class || type == double.class ? 2 : 1;
    }
    int wanted = slot;
    return ClassCode.of(method.owner())
        .flatMap(code -> code.method(method.name(), method.descriptor()))
        .flatMap(java.lang.classfile.MethodModel::code)
        .flatMap(code -> code.findAttribute(Attributes.localVariableTable()))
        .flatMap(
            table ->
                table.localVariables().stream()
                    .filter(v -> v.slot() == wanted && v.startPc() == 0)
                    .map(v -> v.name().stringValue())
                    .findFirst())
        .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"))
        .orElse("captured" + number);
  }
}
