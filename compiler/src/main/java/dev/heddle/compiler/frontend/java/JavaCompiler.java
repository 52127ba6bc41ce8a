package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.verify.Verifier;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes kernels from Java methods. */
public final class JavaCompiler {
  private final Lifting lifting;
  private final JavaMethod method;
  private final Callee callee;

  private JavaCompiler(JavaMethod method, MethodHandles.@Nullable Lookup lookup) {
    this.method = method;
    this.lifting = new Lifting(lookup);
    this.callee = new Callee(lifting, method, 0);
  }

  /**
   * A kernel in which each work-item calls the method once.
   *
   * @throws LiftException if the code is not supported, saying which class and line, and why
   */
  public static JavaKernel compile(JavaMethod method, KernelShape shape) {
    return compile(method, shape, Optional.empty());
  }

  /**
   * The same.
   *
   * @param lookup reads fields of modules that are not open to this one
   * @throws LiftException if the code is not supported, saying which class and line, and why
   */
  public static JavaKernel compile(
      JavaMethod method, KernelShape shape, Optional<MethodHandles.Lookup> lookup) {
    return new JavaCompiler(method, lookup.orElse(null)).run(shape);
  }

  private JavaKernel run(KernelShape shape) {
    try {
      return kernel(lifting, name(), () -> write(shape));
    } catch (Refusal refusal) {
      throw refused(method, refusal);
    }
  }

  /**
   * The kernel of that name.
   *
   * @param write lifts its code
   */
  static JavaKernel kernel(Lifting lifting, String name, Runnable write) {
    lifting.begin(lifting.newNode());
    write.run();
    lifting.end(new Node.End());
    Region body = Structurer.structure(lifting.ir, lifting.entry(), lifting.nodes().size());
    Function function =
        new Function(
            name,
            true,
            lifting.inputs.parameters(),
            lifting.objects,
            List.of(),
            Optional.empty(),
            body,
            body.ops().isEmpty() ? dev.heddle.compiler.ir.Span.NONE : body.ops().getLast().span());
    Verifier.verify(function);
    return new JavaKernel(function, lifting.inputs.sources(), lifting.thrown());
  }

  /** A refusal that has no place of its own. */
  static LiftException refused(JavaMethod method, Refusal refusal) {
    return new LiftException(method.owner().getName() + "." + method.name(), refusal.getMessage());
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
        callee.call(ids);
      }
      case KernelShape.WorkItems items -> {
        lifting.group();
        callee.call(List.of(new Operand.WorkItem()));
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
        store(out, id, callee.call(arguments));
      }
      case KernelShape.ReduceLanes lanes -> {
        Operand.Array in = lifting.inputs.array("in", lanes.element());
        Operand.Array out = lifting.inputs.array("out", lanes.element());
        Value identity = lifting.inputs.scalar("identity", lanes.element());
        new Reduction(lifting, lanes.element(), callee)
            .lanes(out, identity, lifting.size(in), at -> lifting.load(in, at));
      }
      case KernelShape.ReducePairs pairs -> {
        Operand.Array in = lifting.inputs.array("in", pairs.element());
        Operand.Array out = lifting.inputs.array("out", pairs.element());
        new Reduction(lifting, pairs.element(), callee).pairs(in, out);
      }
      case KernelShape.MethodCall call -> calls();
    }
  }

  private Value index(int dimension, boolean wide) {
    Value id = lifting.ir.query(QueryOp.GLOBAL_ID, dimension);
    return wide ? id : lifting.convert(ConvertOp.TRUNC, Type.I32, id);
  }

  private void store(Operand.Array to, Value index, @Nullable Operand result) {
    lifting.store(to, index, callee.element(to.element(), result));
  }

  /** One buffer of arguments for each parameter, one of results; arrays are passed whole. */
  private void calls() {
    Value id = index(0, false);
    List<Operand> arguments = new ArrayList<>();
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(method.descriptor());
    for (int i = 0; i < type.parameterCount(); i++) {
      Class<?> parameter = Classes.load(type.parameterType(i), method.owner());
      Class<?> element = parameter.isArray() ? parameter.componentType() : parameter;
      Operand.Array array = lifting.inputs.array("p" + i, Kinds.element(element));
      arguments.add(parameter.isArray() ? array : new Operand.Scalar(lifting.load(array, id)));
    }
    Operand result = callee.call(arguments);
    if (result != null) {
      ElementType element = Kinds.element(Classes.load(type.returnType(), method.owner()));
      store(lifting.inputs.array("result", element), id, result);
    }
  }
}
