package dev.heddle.compiler.frontend.java;

import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.verify.Verifier;
import java.lang.classfile.Attributes;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes kernels from Java methods. */
public final class JavaCompiler {
  /** Elements of a block of a reduction, and lanes that share them. */
  private static final int BLOCK = 4096;

  private static final int LANES = 64;

  private final Lifting lifting;
  private final JavaMethod method;

  private JavaCompiler(JavaMethod method, MethodHandles.@Nullable Lookup lookup) {
    this.method = method;
    this.lifting = new Lifting(lookup);
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
      case KernelShape.WorkItems items -> {
        lifting.group();
        call(List.of(new Operand.WorkItem()));
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
      case KernelShape.ReduceLanes lanes -> reduceLanes(lanes.element());
      case KernelShape.ReducePairs pairs -> reducePairs(pairs.element());
      case KernelShape.MethodCall call -> calls();
    }
  }

  private Value index(int dimension, boolean wide) {
    Value id = lifting.ir.query(QueryOp.GLOBAL_ID, dimension);
    return wide ? id : lifting.convert(ConvertOp.TRUNC, Type.I32, id);
  }

  /** Calls the method with what was captured and these arguments. */
  private @Nullable Operand call(List<Operand> arguments) {
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
    Source source = Source.captured(number);
    boolean simple = type.isPrimitive() || type.isArray() && type.componentType().isPrimitive();
    if (!simple) {
      lifting.inputs.nameCapture(number, captureName(number));
      return new Operand.HostObject(source, type, true);
    }
    return switch (lifting.inputs.at(source, captureName(number), type)) {
      case dev.heddle.compiler.ir.Parameter.Scalar scalar ->
          new Operand.Scalar(lifting.widen(scalar.element(), scalar.value()));
      case dev.heddle.compiler.ir.Parameter.Pointer pointer -> Inputs.array(pointer);
    };
  }

  private void store(Operand.Array to, Value index, @Nullable Operand result) {
    lifting.store(to, index, adapted(to, result));
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

  /** What the method returned, as wide as an element. */
  private Value adapted(Operand.Array to, @Nullable Operand result) {
    Value value = new Operators(lifting).number(Objects.requireNonNull(result));
    Type element = to.element().type();
    return lifting.widened(value, element.isInteger() && element != Type.I64 ? Type.I32 : element);
  }

  private void reduceLanes(ElementType element) {
    Operand.Array in = lifting.inputs.array("in", element);
    Operand.Array out = lifting.inputs.array("out", element);
    Value identity = lifting.inputs.scalar("identity", element);
    Value id = index(0, true);
    Value block = lifting.ir.binary(BinaryOp.ASHR, id, lifting.constant(Type.I64, 6));
    Value lane = lifting.ir.binary(BinaryOp.AND, id, lifting.constant(Type.I64, LANES - 1));
    Value start = lifting.ir.binary(BinaryOp.MUL, block, lifting.constant(Type.I64, BLOCK));
    Value first = lifting.ir.binary(BinaryOp.ADD, start, lane);
    Value end = lifting.ir.binary(BinaryOp.ADD, start, lifting.constant(Type.I64, BLOCK));
    Value size = lifting.size(in);
    Value stop = lifting.ir.binary(BinaryOp.SMIN, end, size);

    Node.Edge into = new Node.Edge(lifting.newNode());
    Value at = parameter(into.to, Type.I64);
    Value sum = parameter(into.to, element.type());
    into.values = List.of(first, identity);
    lifting.end(new Node.Jump(into));
    lifting.begin(into.to);
    Node.Edge more = new Node.Edge(lifting.newNode());
    Node.Edge done = new Node.Edge(lifting.newNode());
    Value total = parameter(done.to, element.type());
    done.values = List.of(sum);
    lifting.end(new Node.Branch(lifting.compare(CompareOp.SLT, at, stop), more, done));

    lifting.begin(more.to);
    Operand left = new Operand.Scalar(sum);
    Operand right = new Operand.Scalar(lifting.load(in, at));
    Value next = adapted(in, call(List.of(left, right)));
    Node.Edge again = new Node.Edge(into.to);
    Value step = lifting.constant(Type.I64, LANES);
    again.values = List.of(lifting.ir.binary(BinaryOp.ADD, at, step), next);
    lifting.end(new Node.Jump(again));
    lifting.begin(done.to);
    lifting.store(out, id, total);
  }

  private Value parameter(Node node, Type type) {
    Value value = lifting.ir.fresh(type);
    node.parameters.add(value);
    return value;
  }

  private void reducePairs(ElementType element) {
    Operand.Array in = lifting.inputs.array("in", element);
    Operand.Array out = lifting.inputs.array("out", element);
    Value id = index(0, true);
    Value one = lifting.constant(Type.I64, 1);
    Value even = lifting.ir.binary(BinaryOp.SHL, id, one);
    Value odd = lifting.ir.binary(BinaryOp.ADD, even, one);
    Value left = lifting.load(in, even);
    Node.Edge pair = new Node.Edge(lifting.newNode());
    Node.Edge alone = new Node.Edge(lifting.newNode());
    Value result = parameter(alone.to, element.type());
    alone.values = List.of(left);
    lifting.end(
        new Node.Branch(lifting.compare(CompareOp.SLT, odd, lifting.size(in)), pair, alone));
    lifting.begin(pair.to);
    Operand right = new Operand.Scalar(lifting.load(in, odd));
    Value combined = adapted(in, call(List.of(new Operand.Scalar(left), right)));
    Node.Edge joined = new Node.Edge(alone.to);
    joined.values = List.of(combined);
    lifting.end(new Node.Jump(joined));
    lifting.begin(alone.to);
    lifting.store(out, id, result);
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
    Operand result = call(arguments);
    if (result != null) {
      ElementType element = Kinds.element(Classes.load(type.returnType(), method.owner()));
      store(lifting.inputs.array("result", element), id, result);
    }
  }
}
