package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes kernels from Java methods. */
public final class JavaCompiler {
  private final Lifting lifting = new Lifting();
  private final JavaMethod method;

  private JavaCompiler(JavaMethod method) {
    this.method = method;
  }

  /**
   * A kernel in which each work-item calls the method once.
   *
   * @throws LiftException if the code is not supported, saying which class and line, and why
   */
  public static JavaKernel compile(JavaMethod method, KernelShape shape) {
    return new JavaCompiler(method).run(shape);
  }

  private JavaKernel run(KernelShape shape) {
    try {
      lifting.begin(lifting.newNode());
      write(shape);
      lifting.end(new Node.End());
      Region body = Structurer.structure(lifting.ir, lifting.entry(), lifting.nodes().size());
      Function function =
          new Function(
              name(),
              true,
              lifting.inputs.parameters(),
              lifting.objects,
              List.of(),
              Optional.empty(),
              body,
              body.ops().isEmpty()
                  ? dev.heddle.compiler.ir.Span.NONE
                  : body.ops().getLast().span());
      Verifier.verify(function);
      return new JavaKernel(function, lifting.inputs.sources(), lifting.thrown());
    } catch (Refusal refusal) {
      throw new LiftException(method.owner().getName() + "." + method.name(), refusal.getMessage());
    }
  }

  /** The class's simple name and the method's. */
  private String name() {
    String owner = method.owner().getName();
    String simple = owner.substring(owner.lastIndexOf('.') + 1);
    return (simple + "_" + method.name()).replaceAll("[^A-Za-z0-9_]", "_");
  }

  private void write(KernelShape shape) {
    switch (shape) {
      case KernelShape.ForEach each -> {
        List<Operand> ids = new ArrayList<>();
        for (int i = 0; i < each.dimensions(); i++) {
          ids.add(new Operand.Scalar(index(i, each.wide())));
        }
        call(ids);
      }
      case KernelShape.Elements elements -> {
        List<Operand.Array> inputs = new ArrayList<>();
        for (int i = 0; i < elements.inputs().size(); i++) {
          inputs.add(lifting.inputs.array("in" + i, elements.inputs().get(i)));
        }
        Operand.Array out = lifting.inputs.array("out", elements.output());
        Value id = index(0, false);
        List<Operand> arguments = new ArrayList<>();
        inputs.forEach(in -> arguments.add(new Operand.Scalar(lifting.load(in, id))));
        if (inputs.isEmpty()) {
          arguments.add(new Operand.Scalar(id));
        }
        store(out, id, call(arguments));
      }
      case KernelShape.MethodCall call -> calls();
    }
  }

  private Value index(int dimension, boolean wide) {
    Value id = lifting.ir.query(QueryOp.GLOBAL_ID, dimension);
    return wide ? id : lifting.convert(ConvertOp.TRUNC, Type.I32, id);
  }

  /** Calls the method with what was captured and these arguments. */
  private @Nullable Operand call(List<Operand> arguments) {
    List<Operand> all = new ArrayList<>();
    for (int i = 0; i < method.captures().size(); i++) {
      all.add(captured(i, method.captures().get(i)));
    }
    all.addAll(arguments);
    Class<?> owner =
        Classes.declaring(method.owner(), method.name(), method.descriptor())
            .orElse(method.owner());
    return MethodLifter.lift(lifting, owner, method.name(), method.descriptor(), all, null);
  }

  private Operand captured(int number, Class<?> type) {
    Source source = Source.captured(number);
    boolean simple = type.isPrimitive() || type.isArray() && type.componentType().isPrimitive();
    if (!simple) {
      return new Operand.HostObject(source, type, true);
    }
    return switch (lifting.inputs.at(source, "captured" + number, type)) {
      case dev.heddle.compiler.ir.Parameter.Scalar scalar ->
          new Operand.Scalar(lifting.widen(scalar.element(), scalar.value()));
      case dev.heddle.compiler.ir.Parameter.Pointer pointer -> Inputs.array(pointer);
    };
  }

  private void store(Operand.Array to, Value index, @Nullable Operand result) {
    Operators operators = new Operators(lifting);
    lifting.store(to, index, operators.number(Objects.requireNonNull(result)));
  }

  /** One buffer of arguments for each parameter, one of results; arrays are passed whole. */
  private void calls() {
    Value id = index(0, false);
    List<Operand> arguments = new ArrayList<>();
    var type = java.lang.constant.MethodTypeDesc.ofDescriptor(method.descriptor());
    for (int i = 0; i < type.parameterCount(); i++) {
      Class<?> parameter = Classes.load(type.parameterType(i), method.owner());
      Class<?> element = parameter.isArray() ? parameter.componentType() : parameter;
      Operand.Array array = lifting.inputs.array("p" + i, Kinds.element(element));
      arguments.add(parameter.isArray() ? array : new Operand.Scalar(lifting.load(array, id)));
    }
    Operand result = call(arguments);
    if (result != null) {
      ElementType element = Kinds.element(Classes.load(type.returnType(), method.owner()));
      store(lifting.inputs.array("result", element), id, result);
    }
  }
}
